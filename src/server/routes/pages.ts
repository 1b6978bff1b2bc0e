import type { Hono } from 'hono';
import { compress } from 'hono/compress';

import type { AppDeps } from '../deps.js';
import { pagePolicy } from '../http/headers.js';
import { describeError } from '../http/request-log.js';
import { findPortal } from '../settings/portal.js';
import { createSeenPages } from '../settings/seen-pages.js';
import { hashOf } from '../settings/short-hash.js';
import { mountHostedPage } from './hosted-page.js';

const forEverybody = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' } as const;

/** The place in built files where the server writes the portal's address. */
const addressMark = '__PORTICO_ADDRESS__';

/** The admin page, the hosted page, the loader with the portal's address in it, the chunks that it asks for, and themes for any page. */
export function mountPages(app: Hono, deps: AppDeps): void {
  const seePage = createSeenPages(deps);
  // Only what is the same for everybody: compressed private answers would tell of their content by their length.
  app.use('/:slug/embed.js', compress());
  app.use('/:slug/assets/*', compress());

  app.get('/', (c) => c.redirect('/admin/'));
  app.get('/admin', (c) => c.redirect('/admin/'));
  app.use('/admin/assets/*', compress());
  app.get('/admin/', async (c) => {
    const page = await deps.assets.read('admin/admin.html');
    if (!page) return c.notFound();
    const headers = { 'content-security-policy': pagePolicy, 'cache-control': 'no-cache' };
    return c.html(new TextDecoder().decode(page.bytes), 200, headers);
  });
  app.get('/admin/assets/:file', async (c) => {
    const file = await deps.assets.read(`admin/assets/${c.req.param('file')}`);
    if (!file) return c.notFound();
    const headers = { 'cache-control': 'public, max-age=31536000, immutable', 'content-type': file.type };
    return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, headers);
  });

  mountHostedPage(app, deps);

  app.get('/:slug/embed.js', async (c) => {
    const caller = deps.caller(c.req.raw);
    const portal = await findPortal(deps.database, caller, c.req.param('slug'));
    const loader = portal && (await deps.assets.read('embed.js'));
    if (!loader) return c.notFound();
    // Whoever waits for the loader need not know.
    await seePage(portal, c.req.raw, caller).catch((error: unknown) => {
      deps.log({ level: 'error', event: 'page-not-seen', ...describeError(error) });
    });
    const address = `${caller.base}/${portal.slug}`;
    const script = new TextDecoder().decode(loader.bytes).replaceAll(addressMark, () => address);
    const etag = `"${await hashOf(new TextEncoder().encode(script))}"`;
    const headers = { ...forEverybody, 'cache-control': 'no-cache', etag, 'content-type': loader.type };
    return c.req.header('if-none-match') === etag ? c.body(null, 304, headers) : c.body(script, 200, headers);
  });

  const serve = (folder: 'assets' | 'themes', cacheControl: string) =>
    app.get(`/:slug/${folder}/:file`, async (c) => {
      const file = await deps.assets.read(`${folder}/${c.req.param('file')}`);
      if (!file) return c.notFound();
      return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, {
        ...forEverybody,
        'cache-control': cacheControl,
        'content-type': file.type,
      });
    });
  serve('assets', 'public, max-age=31536000, immutable');
  // Their names say no version, and a page may wait for an hour until it wears the new one.
  serve('themes', 'public, max-age=3600');
}
