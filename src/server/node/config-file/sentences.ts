import type * as z from 'zod/mini';
import type { FieldError } from '../../api-error.js';

/** What is wrong with one part of a file, for the person who has written it. */
export interface Fault {
  /** `portals.0.permission.groups.0.0.value`; empty for the whole file. */
  readonly path: string;
  readonly sentence: string;
}

type Issue = z.core.$ZodIssue;

const language = 'must be a language tag such as "pl" or "pt-BR".';
const colour = 'must be a colour as six hexadecimal digits, such as "#2f5fd0".';
const picture = 'must be a picture as "data:image/png;base64,…"; PNG, JPEG, WebP and ICO are taken.';
const emailDomain = 'must be a domain in small letters, as addresses have it after the @, such as "acme.example".';

const word = 'must be 1 to 40 small letters, digits and hyphens, and begin and end without a hyphen.';

/** What a text must look like, by the last name of its path. */
const forms: Readonly<Record<string, string>> = {
  slug: 'must be 1 to 63 small letters, digits and hyphens, begin and end without a hyphen, and not be a word that the server keeps for itself.',
  id: word,
  locale: language,
  locales: language,
  label: language,
  ticket: language,
  origins: 'must be scheme and host of a page, without a path, such as "https://docs.acme.example".',
  emailDomains: emailDomain,
  accent: colour,
  accentDark: colour,
  background: colour,
  text: colour,
  font: 'must be the name of a font alone: letters, digits, spaces and hyphens.',
  logo: picture,
  icon: picture,
};

/** By operator: only these compare more than texts. */
const values: Readonly<Record<string, string>> = {
  greater: 'must be a number in quotation marks, such as "12" or "2.5".',
  less: 'must be a number in quotation marks, such as "12" or "2.5".',
  before: 'must be a date such as "2026-01-31".',
  after: 'must be a date such as "2026-01-31".',
};

const kinds: Readonly<Record<string, string>> = {
  string: 'a text in quotation marks',
  array: 'a list in square brackets',
  object: 'an object in curly brackets',
  record: 'an object in curly brackets',
  boolean: 'true or false',
  null: 'null, or left out',
};

/** Faults that the schema of the file has found. */
export function faultsOf(issues: readonly Issue[], file: unknown): Fault[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].join('.'),
          sentence: 'is no setting that there is here.',
        }))
      : [{ path: issue.path.join('.'), sentence: sentenceOf(issue, file) }],
  );
}

function sentenceOf(issue: Issue, file: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      if (valueAt(file, issue.path) === undefined) return 'is missing.';
      return `must be ${kinds[issue.expected] ?? 'of another type'}.`;
    case 'invalid_value':
      return mustBe(issue.values, valueAt(file, issue.path));
    case 'invalid_union':
      return 'options' in issue && issue.options
        ? mustBe(issue.options, valueAt(file, issue.path))
        : 'is none of the forms that there are.';
    case 'too_small':
      return `must have at least ${count(Number(issue.minimum), issue.origin)}.`;
    case 'too_big':
      return `must have at most ${count(Number(issue.maximum), issue.origin)}.`;
    case 'invalid_key':
      return nameOf(issue.path.slice(0, -1)) in forms ? language : 'has a name that none of these may have.';
    case 'invalid_format':
      return formOf(issue, file);
    default:
      return 'is not as it must be.';
  }
}

function formOf(issue: Extract<Issue, { code: 'invalid_format' }>, file: unknown): string {
  const { pattern } = issue as { readonly pattern?: string };
  if (pattern === String.raw`/\S/`) return 'must not be empty.';
  if (pattern === String.raw`/^\S(.*\S)?$/s`) {
    return valueAt(file, issue.path) === '' ? 'must not be empty.' : 'must have no space before or after it.';
  }
  if (pattern?.includes(String.raw`\0`)) return 'has a character that no text can be kept with.';
  const { operator } = (valueAt(file, issue.path.slice(0, -1)) ?? {}) as { readonly operator?: string };
  return values[operator ?? ''] ?? forms[nameOf(issue.path)] ?? 'is not written as it must be.';
}

/** The last part of a path that is not a place in a list. */
const nameOf = (path: readonly PropertyKey[]): string => String(path.findLast((key) => typeof key === 'string') ?? '');

const valueAt = (file: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], file);

const mustBe = (options: readonly unknown[], value: unknown) =>
  value === undefined ? `is missing; it must be ${oneOf(options)}.` : `must be ${oneOf(options)}.`;

const oneOf = (options: readonly unknown[]) =>
  options.length === 1 ? JSON.stringify(options[0]) : `one of ${options.map((one) => JSON.stringify(one)).join(', ')}`;

const count = (number: number, origin: string) => {
  const unit = origin === 'string' ? ['character', 'characters'] : ['entry', 'entries'];
  return `${number} ${number === 1 ? unit[0] : unit[1]}`;
};

/** By code, and by the end of the path where the same code means several things there. */
const refusals: readonly (readonly [code: string, path: RegExp, sentence: string])[] = [
  [
    'unknown',
    /^account$/,
    'is the name of no account on this server; `portico start` prints a link that makes the first.',
  ],
  ['missing', /^account$/, 'is missing: the server has several accounts.'],
  ['ambiguous', /^account$/, 'is the name of several accounts.'],
  ['unknown', /\.domain$/, 'is no domain of the account; name it under "domains" first, or write "system".'],
  ['desk', /^inboxes\./, "is no queue of the company's own help desk, and inboxes are made there."],
  ['taken', /^inboxes\./, 'is taken: another inbox has this name, in other letters.'],
  ['malformed', /^statuses\.\d+\.id$/, word],
  ['too-many', /^statuses\./, 'is one too many: an account has at most 50 statuses.'],
  ['desk', /^statuses\.\d+\.id$/, "is no status of the company's own help desk, and statuses are made there."],
  ['desk', /^statuses\.\d+\.inboxes$/, "cannot be set: behind the account is the company's own help desk."],
  ['in-use', /^statuses\.\d+\.inboxes$/, 'leaves out an inbox that has tickets of this status.'],
  ['last', /^statuses\./, 'would leave none of its category that every inbox has, and each category needs one.'],
  ['missing', /^statuses\.\d+\.label$/, 'must have a text in one language at least.'],
  ['fixed', /^contactProperties\./, 'is not the type that the property was made with, which is for good.'],
  ['reserved', /^contactProperties\./, 'is the name of a column that tables of people have for something else.'],
  ['too-many', /^contactProperties\./, 'is one too many: an account has at most 100 contact properties.'],
  ['unknown', /\.inboxes\.\d+$/, 'is the name of no inbox of the account.'],
  ['ambiguous', /\.inboxes\.\d+$/, 'is the name of several inboxes of the account.'],
  ['missing', /\.inboxes$/, 'is missing: the account has no inbox.'],
  ['unknown', /\.locale$/, 'must be one of the portal\'s "locales".'],
  ['follows-domain', /./, 'must be the language of its domain alone, or "followsDomain" be false.'],
  ['unknown', /\.words\.ticket\.[^.]+$/, 'is a language that the portal does not have.'],
  ['unknown', /\.words\./, 'is a form that its language does not count with.'],
  ['missing', /\.words\./, 'is missing: its language counts with it.'],
  ['unknown', /\.propertyDefinitions\.\d+\.name$/, 'is not among the "properties" of the portal.'],
  ['unknown', /\.fields\.\d+\.property$/, 'is not among the "propertyDefinitions" of the portal.'],
  ['unknown', /\.label\.[^.]+$/, 'is a language that the portal does not have.'],
  ['missing', /\.label\.[^.]+$/, "is missing: it is the portal's own language."],
  ['unknown', /\.consent\.text\./, 'is a language that the portal does not have.'],
  ['missing', /\.consent\.text\./, 'is missing: the portal has this language, and the notice is asked.'],
  ['repeated', /./, 'is there twice.'],
  ['contrast', /\.brand\.(background|text)$/, 'makes text that is too faint on its ground: less than 4.5 : 1.'],
  ['kind', /\.brand\./, 'is no picture of the type that it names.'],
  ['too_big', /\.brand\./, 'is larger than 64 KiB.'],
  ['taken', /\.slug$/, 'is taken: another portal has this address.'],
  ['taken', /\.host$/, 'is taken: another account has this domain.'],
  ['missing', /\.host$/, 'is empty.'],
  ['space', /\.host$/, 'must be without a space.'],
  ['scheme', /\.host$/, 'must be a host alone, without "https://".'],
  ['path', /\.host$/, 'must be a host alone, without a path.'],
  ['ip', /\.host$/, 'must be a name and no IP address.'],
  ['port', /\.host$/, 'must be a host alone, without a port.'],
  ['trailing-dot', /\.host$/, 'must be without the dot at its end.'],
  ['local', /\.host$/, 'is a name of this machine; write "system" for the server\'s own name.'],
  ['no-dot', /\.host$/, 'must have a dot in it, such as "help.acme.example".'],
  ['too-long', /\.host$/, 'is longer than a host can be.'],
  ['character', /\.host$/, 'has a character that no host can have.'],
  ['system', /\.host$/, 'is the server\'s own name; write "system".'],
];

/** Faults that the server has found, with the file at hand. */
export const refusalsOf = (fields: readonly FieldError[]): Fault[] =>
  fields.map(({ path, code }) => ({
    path,
    sentence: refusals.find(([one, at]) => one === code && at.test(path))?.[2] ?? `is refused: ${code}.`,
  }));
