import { html, type TemplateResult } from 'lit';

import type { PortalChange } from '../../../backend/setup/setup-backend.js';
import { renderTextField } from '../fields.js';
import { renderImage } from '../sections/brand-fields.js';
import { Pictures } from '../sections/pictures.js';
import type { SetupStep, StepPlace } from './step.js';

/** What the portal is called. */
export class NameStep implements SetupStep {
  readonly values: { name: string };
  place: StepPlace;
  readonly #pictures = new Pictures();
  #isMissing = false;

  constructor(place: StepPlace) {
    this.place = place;
    this.values = { name: place.portal?.name ?? '' };
  }

  render(): unknown {
    const { host } = this.place;
    const { t } = host;
    return html`${renderTextField({
      name: 'name',
      label: t('setup.name'),
      value: this.values.name,
      hint: t('setup.name-hint'),
      error: this.#isMissing ? t('setup.name-missing') : undefined,
      onInput: (value) => {
        this.values.name = value;
        this.#isMissing = false;
        host.requestUpdate();
      },
    })}
    <figure part="preview">
      <figcaption class="meta">${t('setup.name-tab')}</figcaption>
      <div part="tab">${this.#renderIcon()}<span dir="auto">${this.values.name.trim() || t('setup.name')}</span></div>
    </figure>`;
  }

  read(): PortalChange | null {
    const name = this.values.name.trim();
    if (!name) return this.#miss();
    return { name };
  }

  refuse(path: string): boolean {
    if (path === 'name') this.#miss();
    return path === 'name';
  }

  leave(): void {
    this.#pictures.release();
  }

  #renderIcon(): TemplateResult {
    const icon = this.#pictures.of(this.place.portal?.brand.icon);
    return icon ? renderImage(icon, 'tab-icon') : html`<i aria-hidden="true"></i>`;
  }

  #miss(): null {
    this.#isMissing = true;
    this.place.host.requestUpdate();
    this.place.host.focusOn('#name');
    return null;
  }
}
