import { html, nothing } from 'lit';

import type { TicketProperty } from '../model/index.js';
import type { Translate } from './templates.js';

/** One property in a form. */
export interface PropertyField {
  readonly property: TicketProperty;
  readonly value: string;
  /** What is wrong with it, in words. */
  readonly problem: string | undefined;
  readonly disabled: boolean;
  /** Where that is said of each. */
  readonly required?: boolean;
}

/** What `<support-form>` sends of itself, and nobody fills in. */
export const ofTheForm: readonly string[] = ['articleUrl', 'articleTitle'];

/** By which a field is found. */
export const fieldId = (name: string): string => `detail-${name}`;

/**
 * A labelled native control by the property's type.
 *
 * @param typed hears of every change
 */
export function renderField(t: Translate, field: PropertyField, typed: (event: Event) => void): unknown {
  const { property, problem } = field;
  const id = fieldId(property.name);
  return html`<div part="field">
    <label part="label" for=${id} dir="auto">${field.required === false ? t('asked.optional', { label: property.label }) : property.label}</label>
    ${property.type === 'choice' || property.type === 'boolean' ? renderSelect(t, field, typed) : renderInput(field, typed)}
    ${problem ? html`<p part="error" id="${id}-problem">${problem}</p>` : nothing}
  </div>`;
}

const problemOf = ({ property, problem }: PropertyField) => (problem ? `${fieldId(property.name)}-problem` : nothing);

const kinds = { text: 'text', number: 'number', date: 'date' } as const;

function renderInput(field: PropertyField, typed: (event: Event) => void): unknown {
  const { property, value, problem, disabled } = field;
  const { name, type } = property;
  return html`<input part="input" id=${fieldId(name)} name=${name} type=${kinds[type as keyof typeof kinds]} step=${type === 'number' ? 'any' : nothing}
    dir=${type === 'text' ? 'auto' : nothing} autocomplete="off" .value=${value} aria-required=${field.required || nothing} ?readonly=${disabled} aria-invalid=${!!problem} aria-describedby=${problemOf(field)} @input=${typed} />`;
}

function renderSelect(t: Translate, field: PropertyField, typed: (event: Event) => void): unknown {
  const { property, value, problem, disabled } = field;
  const known = property.options ?? [
    { value: 'true', label: t('yes') },
    { value: 'false', label: t('no') },
  ];
  // What it was before the portal had these choices stays, until another one is chosen.
  const former = value && !known.some((option) => option.value === value) ? [{ value, label: value }] : [];
  return html`<select part="input" id=${fieldId(property.name)} name=${property.name} ?disabled=${disabled} aria-required=${field.required || nothing} aria-invalid=${!!problem} aria-describedby=${problemOf(field)} @change=${typed}>
    ${[{ value: '', label: t(field.required ? 'asked.choose' : 'details.none') }, ...known, ...former].map(
      (option) => html`<option value=${option.value} .selected=${option.value === value}>${option.label}</option>`,
    )}
  </select>`;
}
