import type { PortalChangeWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { PropertyDefinition } from '../portal.js';

type Definitions = NonNullable<PortalChangeWire['propertyDefinitions']>;
export type Labels = Readonly<Record<string, string>>;

interface Languages {
  readonly locale: string;
  readonly locales: readonly string[];
}

/** What a definition depends on. */
interface Surroundings extends Languages {
  /** Names of the properties that customers see. */
  readonly properties: readonly string[];
}

/**
 * What is kept of the owner's definitions.
 *
 * @throws ApiError `invalid`, with the path of a name that customers do not see (`unknown`), of a name or a value that comes
 *   twice (`repeated`), of a label in a language that the portal does not have (`unknown`), and of one that is missing in the
 *   portal's own (`missing`)
 */
export function readDefinitions(definitions: Definitions, around: Surroundings): readonly PropertyDefinition[] {
  const fields = definitions.flatMap(({ name, label, options }, at) => {
    const path = `propertyDefinitions.${at}`;
    return [
      ...(around.properties.includes(name) ? [] : [{ path: `${path}.name`, code: 'unknown' }]),
      ...repeated(definitions, at, ({ name }) => name, `${path}.name`),
      ...labelFaults(label, `${path}.label`, around),
      ...(options ?? []).flatMap((option, place, all) => [
        ...repeated(all, place, ({ value }) => value, `${path}.options.${place}.value`),
        ...labelFaults(option.label, `${path}.options.${place}.label`, around),
      ]),
    ];
  });
  if (fields.length > 0) throw new ApiError('invalid', { fields });
  return definitions.map(({ name, type, label, options }) => ({ name, type, label, options: options ?? null }));
}

/**
 * The definitions of those properties and languages that the portal still has. What has no label in its own language keeps
 * the one that it had.
 *
 * @param before the portal's own language until now
 */
export function keepDefinitions(
  definitions: readonly PropertyDefinition[],
  { properties, locale, locales }: Surroundings,
  before: string,
): readonly PropertyDefinition[] {
  const kept = (label: Labels) => keepLabels(label, { locale, locales }, before);
  return definitions
    .filter(({ name }) => properties.includes(name))
    .map(({ name, type, label, options }) => ({
      name,
      type,
      label: kept(label),
      options: options?.map((option) => ({ value: option.value, label: kept(option.label) })) ?? null,
    }));
}

/** Of those languages that the portal still has; its own is the one that it was before where there is no other. */
export function keepLabels(label: Labels, { locale, locales }: Languages, before: string): Labels {
  const own = label[locale] ?? label[before];
  const rest = Object.entries(label).filter(([language]) => locales.includes(language));
  return { ...Object.fromEntries(rest), ...(own !== undefined && { [locale]: own }) };
}

/** Said of the second and of every further one. */
export const repeated = <T>(all: readonly T[], at: number, keyOf: (one: T) => string, path: string) =>
  all.findIndex((one) => keyOf(one) === keyOf(all[at] as T)) < at ? [{ path, code: 'repeated' }] : [];

export const labelFaults = (label: Labels, path: string, { locale, locales }: Languages) => [
  ...(label[locale] === undefined ? [{ path: `${path}.${locale}`, code: 'missing' }] : []),
  ...Object.keys(label)
    .filter((language) => !locales.includes(language))
    .map((language) => ({ path: `${path}.${language}`, code: 'unknown' })),
];
