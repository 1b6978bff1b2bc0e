import { html, nothing } from 'lit';

import type { PortalBackend } from '../../../backend/portal-backend.js';
import { type BrandLook, brandTokens, declarationsOf, groundOf, type Scheme } from '../../../brand/brand.js';
import { loadCode } from '../../../load-code.js';
import type { RoomHost } from '../room.js';
import { renderImage } from './brand-fields.js';
import type { Pictures } from './pictures.js';

const schemes: readonly Scheme[] = ['light', 'dark'];

const sheetOf = (brand: BrandLook, scheme: Scheme): string => {
  const { background, text } = groundOf(brand, scheme);
  const own = { 'color-scheme': scheme, background, color: text, 'font-family': 'var(--portal-font-family)' };
  return `[part~='sample-${scheme}'] {\n${declarationsOf({ ...own, ...brandTokens(brand, scheme) })}}\n`;
};

/** How the hosted page looks with a brand, on light and on dark: real elements over a help desk that is none. */
export class BrandPreview {
  readonly #host: RoomHost;
  readonly #pictures: Pictures;
  /** In place of inline styles, which the policy of our pages forbids. */
  readonly #sheet = new CSSStyleSheet();
  /** `undefined` until the elements are there, and where they cannot be loaded. */
  #backend: PortalBackend | undefined;

  constructor(host: RoomHost, pictures: Pictures, name: string) {
    this.#host = host;
    this.#pictures = pictures;
    (host.renderRoot as ShadowRoot).adoptedStyleSheets.push(this.#sheet);
    void this.#load(name);
  }

  render(name: string, brand: BrandLook & { readonly logo?: string | undefined }): unknown {
    const { t } = this.#host;
    this.#sheet.replaceSync(schemes.map((scheme) => sheetOf(brand, scheme)).join(''));
    const logo = this.#pictures.of(brand.logo);
    return html`<section part="group" aria-label=${t('brand.preview')}>
      <p part="label">${t('brand.preview')}</p>
      <div part="samples">${schemes.map(
        (scheme) => html`<figure part="preview">
          <figcaption class="meta">${t(`brand.preview-${scheme}`)}</figcaption>
          <div part="sample sample-${scheme}" inert>
            <p part="sample-head">${logo ? renderImage(logo, 'sample-logo') : nothing}<b dir="auto">${name}</b></p>
            ${this.#backend ? html`<customer-portal routing="none" .backend=${this.#backend}></customer-portal>` : nothing}
          </div>
        </figure>`,
      )}</div>
    </section>`;
  }

  leave(): void {
    const root = this.#host.renderRoot as ShadowRoot;
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }

  async #load(name: string): Promise<void> {
    try {
      const { sampleBackend } = await loadCode(() => import('./brand-sample.js'));
      this.#backend = sampleBackend(this.#host.t, name);
      this.#host.requestUpdate();
    } catch {
      // Colours and name are seen without it.
    }
  }
}
