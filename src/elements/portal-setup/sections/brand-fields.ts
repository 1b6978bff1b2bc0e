import { html, nothing, type TemplateResult } from 'lit';

import { renderError } from '../fields.js';
import type { Shown } from './pictures.js';

const renderHint = (name: string, hint: unknown) => html`<p class="meta" part="hint" id="${name}-hint">${hint}</p>`;

/** A picture of the owner's. @param alt empty where the words beside it say it */
export const renderImage = ({ src, width, height }: Shown, part: string, alt = ''): TemplateResult =>
  html`<img part=${part} src=${src} width=${width} height=${height} alt=${alt} />`;

export interface ColourField {
  readonly name: string;
  readonly label: string;
  /** What was typed; empty for ours. */
  readonly value: string;
  /** What the page has, whatever was typed: `#rrggbb`. */
  readonly shown: string;
  /** What the button is called that opens the browser's own choice of colours. */
  readonly pick: string;
  readonly hint: unknown;
  readonly error: string | undefined;
  readonly onInput: (value: string) => void;
}

/** A colour, to be picked or written. */
export const renderColour = ({ name, label, value, shown, pick, hint, error, onInput }: ColourField): unknown => {
  const heard = ({ target }: Event) => onInput((target as HTMLInputElement).value);
  return html`<div part="field">
    <label part="label" for=${name}>${label}</label>
    ${renderHint(name, hint)}
    <div part="colour">
      <input part="input" type="color" aria-label=${pick} .value=${shown} @input=${heard} />
      <input part="input" id=${name} name=${name} .value=${value} placeholder=${shown} maxlength="20" autocomplete="off"
        autocapitalize="none" spellcheck="false" dir="ltr" aria-invalid=${!!error}
        aria-describedby="${name}-hint ${name}-error" @input=${heard} />
    </div>
    ${renderError(name, error)}
  </div>`;
};

export interface RangeField {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly onInput: (value: number) => void;
}

/** So many pixels. */
export const renderPixels = ({ name, label, value, max, onInput }: RangeField): unknown => html`<div part="field">
    <label part="label" for=${name}>${label}</label>
    <div part="colour">
      <input part="input" id=${name} name=${name} type="range" min="0" max=${max} .value=${`${value}`}
        aria-valuetext="${value} px" @input=${({ target }: Event) => onInput((target as HTMLInputElement).valueAsNumber)} />
      <output for=${name}>${value} px</output>
    </div>
  </div>`;

export interface PictureField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly choose: string;
  readonly remove: string;
  /** `undefined` where there is none. */
  readonly picture: Shown | undefined;
  readonly error: string | undefined;
  readonly onFile: (file: File) => void;
  readonly onRemove: () => void;
}

/** A small picture: chosen, seen, taken away. */
export const renderPicture = (field: PictureField): unknown => {
  const { name, label, hint, choose, remove, picture, error, onFile, onRemove } = field;
  const open = ({ currentTarget }: Event) =>
    (currentTarget as HTMLElement).parentElement?.querySelector<HTMLInputElement>('[type=file]')?.click();
  const chosen = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    const [file] = input.files ?? [];
    // The same file, changed meanwhile, can be chosen again.
    input.value = '';
    if (file) onFile(file);
  };
  return html`<fieldset part="field" aria-describedby="${name}-hint ${name}-error">
    <legend part="label">${label}</legend>
    ${renderHint(name, hint)}
    <div part="actions">
      ${picture ? renderImage(picture, 'picture', label) : nothing}
      <button part="button choose-${name}" id=${name} type="button" aria-describedby="${name}-hint ${name}-error" @click=${open}>${choose}</button>
      <input type="file" hidden accept=".png,.jpg,.jpeg,.webp,.ico,image/png,image/jpeg,image/webp,image/x-icon"
        aria-label=${choose} @change=${chosen} />
      ${
        picture
          ? html`<button part="button button-plain remove" type="button" @click=${onRemove}>${remove}</button>`
          : nothing
      }
    </div>
    ${renderError(name, error)}
  </fieldset>`;
};
