import { ofTheForm } from '../../../policy/index.js';
import type { PortalChangeWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { PortalFormSettings, PropertyDefinition } from '../portal.js';
import { keepLabels, labelFaults, repeated } from './definitions.js';

type Forms = NonNullable<PortalChangeWire['forms']>;

/** What a form depends on. */
interface Surroundings {
  readonly definitions: readonly PropertyDefinition[];
  readonly locale: string;
  readonly locales: readonly string[];
}

/** What the form sends of itself is no field of it. */
const canBeAsked = ({ definitions }: Surroundings, property: string): boolean =>
  !ofTheForm.includes(property) && definitions.some(({ name }) => name === property);

/**
 * What is kept of the owner's forms.
 *
 * @throws ApiError `invalid`, with the path of a field whose property the portal does not define (`unknown`), of an id or a
 *   field that comes twice (`repeated`), and of labels as in `readDefinitions`
 */
export function readForms(forms: Forms, around: Surroundings): readonly PortalFormSettings[] {
  const faults = forms.flatMap(({ label, fields }, at) => {
    const path = `forms.${at}`;
    return [
      ...repeated(forms, at, ({ id }) => id, `${path}.id`),
      ...labelFaults(label, `${path}.label`, around),
      ...fields.flatMap(({ property }, place) => {
        const field = `${path}.fields.${place}.property`;
        return canBeAsked(around, property)
          ? repeated(fields, place, (one) => one.property, field)
          : [{ path: field, code: 'unknown' }];
      }),
    ];
  });
  if (faults.length > 0) throw new ApiError('invalid', { fields: faults });
  return forms.map(({ id, label, fields }) => ({ id, label, fields: fields.map(fieldOf) }));
}

/**
 * The forms with those fields and languages that the portal still has, as `keepDefinitions`.
 *
 * @param before the portal's own language until now
 */
export const keepForms = (
  forms: readonly PortalFormSettings[],
  around: Surroundings,
  before: string,
): readonly PortalFormSettings[] =>
  forms.map(({ id, label, fields }) => ({
    id,
    label: keepLabels(label, around, before),
    fields: fields.filter(({ property }) => canBeAsked(around, property)).map(fieldOf),
  }));

const fieldOf = ({ property, required }: PortalFormSettings['fields'][number]) => ({ property, required });
