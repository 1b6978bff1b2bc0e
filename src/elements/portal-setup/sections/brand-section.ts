import { html, nothing } from 'lit';

import type { Brand, PortalChange } from '../../../backend/setup/setup-backend.js';
import { accentOf, groundOf, isFontStack, type Scheme } from '../../../brand/brand.js';
import { contrastOf, leastContrast, textOn } from '../../../brand/contrast.js';
import { type BrandImage, imageAddress, imageBytes } from '../../../brand/image.js';
import { renderSelect, renderTextField } from '../fields.js';
import type { SetupStep, StepPlace } from '../steps/step.js';
import { renderColour, renderPicture, renderPixels } from './brand-fields.js';
import { BrandPreview } from './brand-preview.js';
import { Pictures } from './pictures.js';

const colours = ['accent', 'accentDark', 'background', 'text'] as const;
type Colour = (typeof colours)[number];

const fonts = ['system', 'rounded', 'serif', 'mono', 'own'] as const;
/** Ours, where the owner has none. */
const ownRadius = 6;

type FieldName = Colour | BrandImage | 'family';

/** `#rrggbb` of what somebody writes for it; `null` for what is no colour, `undefined` for nothing. */
function colourOf(text: string): string | null | undefined {
  const [, digits] = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim()) ?? [];
  if (!digits) return text.trim() ? null : undefined;
  return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`.toLowerCase();
}

const isFamily = (text: string): boolean => /^[A-Za-z0-9]+([ -][A-Za-z0-9]+)*$/.test(text) && text.length <= 60;

/** The look of the portal's own page, with what becomes of it shown live. */
export class BrandSection implements SetupStep {
  readonly values: Record<Colour | BrandImage | 'family', string> & { font: (typeof fonts)[number]; radius: number };
  place: StepPlace;
  readonly #pictures = new Pictures();
  readonly #preview: BrandPreview;
  readonly #errors: Partial<Record<FieldName, string>> = {};

  constructor(place: StepPlace) {
    this.place = place;
    const brand: Brand = place.portal?.brand ?? {};
    const { accent = '', accentDark = '', background = '', text = '', logo = '', icon = '', font = 'system' } = brand;
    const choice = fonts.find((one) => one === font && isFontStack(one)) ?? 'own';
    const family = choice === 'own' ? font : '';
    const radius = brand.radius ?? ownRadius;
    this.values = { accent, accentDark, background, text, logo, icon, font: choice, family, radius };
    this.#preview = new BrandPreview(place.host, this.#pictures, place.portal?.name ?? '');
  }

  render(): unknown {
    const { t } = this.place.host;
    return html`<p part="notice">${t('brand.note')}</p>
    ${this.#preview.render(this.place.portal?.name ?? '', this.#brand)}
    <fieldset part="swatches">
      <legend part="label">${t('brand.colours')}</legend>
      ${this.#renderColour('accent', this.#accentHint('light'))}
      ${this.#renderColour('accentDark', this.#accentHint('dark'))}
      ${this.#renderColour('background', t('brand.background-hint'))}
      ${this.#renderColour('text', t('brand.text-hint', { ratio: this.#ratio(this.#textRatio) }))}
    </fieldset>
    ${this.#renderFont()}
    ${renderPixels({
      name: 'radius',
      label: t('brand.radius'),
      value: this.values.radius,
      max: 24,
      onInput: (radius) => this.#change({ radius }),
    })}
    ${this.#renderPicture('logo')}
    ${this.#renderPicture('icon')}`;
  }

  read(): PortalChange | null {
    for (const name of colours) {
      this.#errors[name] = colourOf(this.values[name]) === null ? this.place.host.t('brand.colour-invalid') : '';
    }
    const { font, family } = this.values;
    const isWrong = font === 'own' && !isFamily(family.trim());
    this.#errors.family = isWrong ? this.place.host.t('brand.family-invalid') : '';
    if (!this.#errors.background && !this.#errors.text && this.#textRatio < leastContrast) this.#refuseText();
    const wrong = ([...colours, 'family'] as const).find((name) => this.#errors[name]);
    if (!wrong) return { brand: this.#brand };
    this.#show(wrong);
    return null;
  }

  refuse(path: string, code: string): boolean {
    const [area, name] = path.split('.');
    const { t } = this.place.host;
    if (area !== 'brand' || !name) return false;
    if (name === 'logo' || name === 'icon') {
      const kilobytes = Math.ceil((this.values[name].length * 3) / 4 / 1024);
      this.#errors[name] = code === 'too_big' ? t('brand.image-size', { size: kilobytes }) : t('brand.image-kind');
      this.#show(name);
      return true;
    }
    const field = name === 'font' ? 'family' : colours.find((one) => one === name);
    if (!field) return false;
    if (code === 'contrast') this.#refuseText();
    else this.#errors[field] = t(field === 'family' ? 'brand.family-invalid' : 'brand.colour-invalid');
    this.#show(code === 'contrast' ? 'text' : field);
    return true;
  }

  leave(): void {
    this.#preview.leave();
    this.#pictures.release();
  }

  /** As it would be saved: what cannot be, is ours. */
  get #brand(): Brand {
    const { font, family, radius, logo, icon } = this.values;
    const chosen = colours.flatMap((name) => {
      const colour = colourOf(this.values[name]);
      return colour ? [[name, colour] as const] : [];
    });
    const named = font === 'own' ? family.trim() : font;
    return {
      ...Object.fromEntries(chosen),
      ...(named !== 'system' && isFamily(named) && { font: named }),
      ...(radius !== ownRadius && { radius }),
      ...(logo && { logo }),
      ...(icon && { icon }),
    };
  }

  get #textRatio(): number {
    const { background, text } = groundOf(this.#brand, 'light');
    return contrastOf(background, text);
  }

  /** Never rounded up to what would be enough. */
  #ratio(value: number): string {
    const floor = Math.floor(value * 10) / 10;
    return new Intl.NumberFormat(this.place.host.locale, { minimumFractionDigits: 1 }).format(floor);
  }

  /** What stands on the accent, and what becomes of links in it: both by their contrast. */
  #accentHint(scheme: Scheme): unknown {
    const { t } = this.place.host;
    const brand = this.#brand;
    const accent = accentOf(brand, scheme);
    const { background } = groundOf(brand, scheme);
    const on = textOn(accent);
    const asLink = contrastOf(accent, background);
    const words = on === '#ffffff' ? 'brand.on-accent-white' : 'brand.on-accent-black';
    return html`${t(`brand.accent-hint-${scheme}`)} ${t(words, { ratio: this.#ratio(contrastOf(on, accent)) })}
      ${asLink < leastContrast ? t('brand.link-drawn', { ratio: this.#ratio(asLink) }) : nothing}`;
  }

  #renderColour(name: Colour, hint: unknown): unknown {
    const { t } = this.place.host;
    const brand = this.#brand;
    const shown = {
      ...groundOf(brand, 'light'),
      accent: accentOf(brand, 'light'),
      accentDark: accentOf(brand, 'dark'),
    }[name];
    const label = t(`brand.${name}`);
    return renderColour({
      name,
      label,
      value: this.values[name],
      shown,
      pick: t('brand.pick', { name: label }),
      hint,
      error: this.#errors[name] || undefined,
      onInput: (value) => this.#change({ [name]: value }),
    });
  }

  #renderFont(): unknown {
    const { t } = this.place.host;
    const { font, family } = this.values;
    return html`${renderSelect(
      'font',
      t('brand.font'),
      fonts.map((value) => ({ value, label: t(`brand.font-${value}`) })),
      font,
      (value) => this.#change({ font: value as (typeof fonts)[number] }),
    )}
    ${
      font === 'own'
        ? renderTextField({
            name: 'family',
            label: t('brand.family'),
            value: family,
            hint: t('brand.family-hint'),
            error: this.#errors.family || undefined,
            onInput: (value) => this.#change({ family: value }),
          })
        : nothing
    }`;
  }

  #renderPicture(name: BrandImage): unknown {
    const { t } = this.place.host;
    return renderPicture({
      name,
      label: t(`brand.${name}`),
      hint: t(`brand.${name}-hint`),
      choose: t(`brand.choose-${name}`),
      remove: t(`brand.remove-${name}`),
      picture: this.#pictures.of(this.values[name]),
      error: this.#errors[name] || undefined,
      onFile: (file) => void this.#take(name, file),
      onRemove: () => {
        this.#change({ [name]: '' });
        this.place.host.focusOn(`#${name}`);
      },
    });
  }

  async #take(name: BrandImage, file: File): Promise<void> {
    const { t } = this.place.host;
    if (file.size > imageBytes) {
      this.#errors[name] = t('brand.image-size', { size: Math.ceil(file.size / 1024) });
      return this.#show(name);
    }
    const address = imageAddress(new Uint8Array(await file.arrayBuffer()));
    if (address) return this.#change({ [name]: address });
    this.#errors[name] = t('brand.image-kind');
    this.#show(name);
  }

  #refuseText(): void {
    this.#errors.text = this.place.host.t('brand.too-faint', { ratio: this.#ratio(this.#textRatio) });
  }

  #show(name: FieldName): void {
    this.place.host.requestUpdate();
    this.place.host.focusOn(`#${name}`);
  }

  #change(values: Partial<BrandSection['values']>): void {
    Object.assign(this.values, values);
    for (const name of Object.keys(values)) delete this.#errors[name as FieldName];
    if ('background' in values) delete this.#errors.text;
    this.place.host.requestUpdate();
  }
}
