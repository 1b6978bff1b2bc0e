import type { Context, Hono } from 'hono';

import { brandSheet } from '../../brand/brand.js';
import { type BrandImage, readImage } from '../../brand/image.js';
import { ApiError } from '../api-error.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { pagePolicy } from '../http/headers.js';
import { directionOf, pageLanguage } from '../http/language.js';
import { findPortal, type PortalSettings } from '../settings/portal.js';
import { hashOf } from '../settings/short-hash.js';

const imageOf: Statement = { name: 'brand_image', text: 'SELECT brand_image($1, $2, $3) AS address' };

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** What the links to other languages are, for who does not see them. */
const languagesWord: Readonly<Record<string, string>> = {
  ar: 'اللغة',
  de: 'Sprache',
  en: 'Language',
  pl: 'Język',
};

/** A language by its own name. */
function nameOf(locale: string): string {
  try {
    const name = new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' }).of(locale) ?? locale;
    return name.replace(/^./u, (letter) => letter.toLocaleUpperCase(locale));
  } catch {
    // It looks like a language tag and is none.
    return locale;
  }
}

/** Links to the same page in each of the portal's languages; nothing where there is one alone. */
function languageLinks({ locales }: PortalSettings, language: string, asked: string): string {
  if (locales.length < 2) return '';
  const links = locales.map((locale) => {
    const query = new URLSearchParams(asked);
    query.set('lang', locale);
    const current = locale === language ? ' aria-current="true"' : '';
    return `<a href="?${escapeHtml(String(query))}" lang="${locale}" hreflang="${locale}"${current}>${escapeHtml(nameOf(locale))}</a>`;
  });
  const word = languagesWord[language.split('-')[0] ?? ''] ?? languagesWord['en'];
  return `<nav aria-label="${word}">${links.join('')}</nav>`;
}

/** What the page says of the portal's look. One that is not open yet shows its name, and nothing else. */
function lookOf(portal: PortalSettings) {
  const { logo, icon } = portal.open ? portal.brand : {};
  return {
    sheet: portal.open ? '<link rel="stylesheet" href="brand.css" />' : '',
    icon: icon && `<link rel="icon" href="icon/${icon.hash}" type="${icon.type}" />`,
    // The name stands beside it.
    logo: logo ? `<img src="logo/${logo.hash}" width="${logo.width}" height="${logo.height}" alt="" />` : '',
  };
}

/** `page` is the built one: its own style sheet first, so that the brand's has the last word. */
function writePage(page: string, portal: PortalSettings, language: string, asked: string): string {
  const { sheet, icon, logo } = lookOf(portal);
  return page
    .replace(/<link rel="icon"[^>]*>/, (own) => icon ?? own)
    .replace('</head>', () => `${sheet}</head>`)
    .replaceAll('__PORTICO_LOCALE__', () => escapeHtml(language))
    .replaceAll('__PORTICO_DIR__', () => directionOf(language))
    .replace('<!--__PORTICO_LOGO__-->', () => logo)
    .replace('<!--__PORTICO_LANGUAGES__-->', () => languageLinks(portal, language, asked))
    .replaceAll('__PORTICO_NAME__', () => escapeHtml(portal.name));
}

/** `https://<domain>/<slug>/`, for owners without a site: the page, and what it wears. */
export function mountHostedPage(app: Hono, deps: AppDeps): void {
  /** @throws ApiError `not-found`, `not-open` */
  async function openPortal(c: Context): Promise<PortalSettings> {
    const portal = await findPortal(deps.database, deps.caller(c.req.raw), c.req.param('slug') ?? '');
    if (!portal) throw new ApiError('not-found');
    if (!portal.open) throw new ApiError('not-open', { retryAfter: 60 });
    return portal;
  }

  app.get('/:slug/', async (c) => {
    const portal = await findPortal(deps.database, deps.caller(c.req.raw), c.req.param('slug'));
    const page = portal && (await deps.assets.read('hosted.html'));
    if (!page) return c.notFound();
    const language = pageLanguage(c, portal);
    return c.html(writePage(new TextDecoder().decode(page.bytes), portal, language, new URL(c.req.url).search), 200, {
      'content-security-policy': pagePolicy,
      'content-language': language,
      'cache-control': 'no-cache',
      vary: 'accept-language',
    });
  });

  app.get('/:slug/brand.css', async (c) => {
    const { brand } = await openPortal(c);
    const sheet = brandSheet(brand);
    const etag = `"${await hashOf(new TextEncoder().encode(sheet))}"`;
    const headers = { 'cache-control': 'no-cache', etag, 'content-type': 'text/css; charset=utf-8' };
    return c.req.header('if-none-match') === etag ? c.body(null, 304, headers) : c.body(sheet, 200, headers);
  });

  const serveImage = (kind: BrandImage) =>
    app.get(`/:slug/${kind}/:hash`, async (c) => {
      const { account, id, brand } = await openPortal(c);
      if (brand[kind]?.hash !== c.req.param('hash')) return c.notFound();
      const step = { statement: imageOf, params: [account, id, kind] };
      const [[row]] = (await deps.database.batch({ role: 'app' }, [step])) as [{ address: string | null }[]];
      const image = readImage(row?.address ?? '');
      if (!image) return c.notFound();
      const headers = { 'cache-control': 'public, max-age=31536000, immutable', 'content-type': image.type };
      return c.body(image.bytes, 200, headers);
    });
  serveImage('logo');
  serveImage('icon');
}
