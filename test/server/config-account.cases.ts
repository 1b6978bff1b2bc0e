import type { SettingRow } from './config-file.cases.js';

/** As `SettingRow`. What is `fixed` is another thing with another value: the file makes that, or refuses it. */
export interface FieldRow extends SettingRow {
  readonly fixed?: true;
}

/** What an inbox is in a file, field by field. */
export const inboxRows: Readonly<Record<string, FieldRow>> = {
  name: { values: ['Returns', 'Zwroty i reklamacje'], fixed: true },
};

/** Every field of a status but its id, which the file knows it by. */
export const statusRows: Readonly<Record<string, FieldRow>> = {
  category: { values: ['closed', 'waiting_on_contact'] },
  label: { values: [{ pl: 'Wstrzymane', en: 'Paused' }, { en: 'On hold' }] },
  inboxes: { values: [['Support', 'Sales'], null] },
  position: { values: [0, 3] },
};

export const propertyRows: Readonly<Record<string, FieldRow>> = {
  name: { values: ['tier', 'Service tier'], fixed: true },
  type: { values: ['number', 'date'], fixed: true },
  label: { values: ['Tier', 'Poziom obsługi'] },
  options: { values: [['gold', 'silver'], ['silver']], around: { type: 'choice', options: ['bronze'] } },
};

const onHold = { id: 'on-hold', category: 'open', label: { en: 'On hold' } };
const withStatus = (settings: object) => ({ statuses: [{ ...onHold, ...settings }] });
const tier = { name: 'tier', label: 'Tier', type: 'text' };
const withProperty = (settings: object) => ({ contactProperties: [{ ...tier, ...settings }] });
const word = 'must be 1 to 40 small letters, digits and hyphens, and begin and end without a hyphen.';
const last = 'would leave none of its category that every inbox has, and each category needs one.';

/** As `badFiles`. The account has an inbox "Support" with tickets, "Sales" without any, two called "Twice", and `seats`, a number. */
export const badAccountFiles: readonly (readonly [content: unknown, path: string, sentence: string])[] = [
  [{ inboxes: ['Support'] }, 'inboxes.0', 'must be an object in curly brackets.'],
  [{ inboxes: [{}] }, 'inboxes.0.name', 'is missing.'],
  [{ inboxes: [{ name: ' ' }] }, 'inboxes.0.name', 'must not be empty.'],
  [{ inboxes: [{ name: 'Support', desk: true }] }, 'inboxes.0.desk', 'is no setting that there is here.'],
  [{ inboxes: [{ name: 'Returns' }, { name: 'Returns ' }] }, 'inboxes.1.name', 'is there twice.'],
  [{ inboxes: [{ name: 'support' }] }, 'inboxes.0.name', 'is taken: another inbox has this name, in other letters.'],
  [{ statuses: {} }, 'statuses', 'must be a list in square brackets.'],
  [{ statuses: [{ category: 'open', label: { en: 'x' } }] }, 'statuses.0.id', 'is missing.'],
  [
    { statuses: [{ id: 'x', label: { en: 'x' } }] },
    'statuses.0.category',
    'is missing; it must be one of "open", "waiting_on_contact", "closed".',
  ],
  [{ statuses: [{ id: 'x', category: 'open' }] }, 'statuses.0.label', 'is missing.'],
  [withStatus({ position: 2 }), 'statuses.0.position', 'is no setting that there is here.'],
  [withStatus({ id: 'On hold' }), 'statuses.0.id', word],
  [withStatus({ id: 'x'.repeat(41) }), 'statuses.0.id', word],
  [
    withStatus({ category: 'pending' }),
    'statuses.0.category',
    'must be one of "open", "waiting_on_contact", "closed".',
  ],
  [withStatus({ label: 'On hold' }), 'statuses.0.label', 'must be an object in curly brackets.'],
  [withStatus({ label: {} }), 'statuses.0.label', 'must have a text in one language at least.'],
  [withStatus({ label: { en: 'On hold', pl: ' ' } }), 'statuses.0.label.pl', 'must not be empty.'],
  [
    withStatus({ label: { 'po polsku': 'x' } }),
    'statuses.0.label.po polsku',
    'must be a language tag such as "pl" or "pt-BR".',
  ],
  [withStatus({ inboxes: [] }), 'statuses.0.inboxes', 'must have at least 1 entry.'],
  [withStatus({ inboxes: ['Sales', 'Post'] }), 'statuses.0.inboxes.1', 'is the name of no inbox of the account.'],
  [withStatus({ inboxes: ['Twice'] }), 'statuses.0.inboxes.0', 'is the name of several inboxes of the account.'],
  [withStatus({ inboxes: ['Sales', 'Sales'] }), 'statuses.0.inboxes.1', 'is there twice.'],
  [{ statuses: [onHold, { ...onHold, label: { en: 'Paused' } }] }, 'statuses.1.id', 'is there twice.'],
  [
    withStatus({ id: 'new', inboxes: ['Sales'] }),
    'statuses.0.inboxes',
    'leaves out an inbox that has tickets of this status.',
  ],
  [withStatus({ id: 'waiting' }), 'statuses.0.category', last],
  [withStatus({ id: 'waiting', category: 'waiting_on_contact', inboxes: ['Sales'] }), 'statuses.0.category', last],
  [
    { statuses: Array.from({ length: 47 }, (_, at) => ({ ...onHold, id: `s-${at}` })) },
    'statuses.46.id',
    'is one too many: an account has at most 50 statuses.',
  ],
  [
    { contactProperties: [{ name: 'tier', label: 'Tier' }] },
    'contactProperties.0.type',
    'is missing; it must be one of "choice", "text", "number", "date", "boolean".',
  ],
  [
    withProperty({ type: 'list' }),
    'contactProperties.0.type',
    'must be one of "choice", "text", "number", "date", "boolean".',
  ],
  [withProperty({ required: true }), 'contactProperties.0.required', 'is no setting that there is here.'],
  [withProperty({ name: '' }), 'contactProperties.0.name', 'must not be empty.'],
  [withProperty({ name: 'tier ' }), 'contactProperties.0.name', 'must have no space before or after it.'],
  [withProperty({ label: ' Tier' }), 'contactProperties.0.label', 'must have no space before or after it.'],
  [withProperty({ type: 'choice' }), 'contactProperties.0.options', 'is missing.'],
  [withProperty({ options: ['a'] }), 'contactProperties.0.options', 'must be null, or left out.'],
  [withProperty({ type: 'choice', options: [] }), 'contactProperties.0.options', 'must have at least 1 entry.'],
  [withProperty({ type: 'choice', options: ['a', 'b', 'a'] }), 'contactProperties.0.options.2', 'is there twice.'],
  [
    withProperty({ name: 'Access groups' }),
    'contactProperties.0.name',
    'is the name of a column that tables of people have for something else.',
  ],
  [{ contactProperties: [tier, { ...tier, label: 'Level' }] }, 'contactProperties.1.name', 'is there twice.'],
  [
    withProperty({ name: 'seats', type: 'text' }),
    'contactProperties.0.type',
    'is not the type that the property was made with, which is for good.',
  ],
  [
    { contactProperties: Array.from({ length: 100 }, (_, at) => ({ ...tier, name: `p-${at}` })) },
    'contactProperties.99.name',
    'is one too many: an account has at most 100 contact properties.',
  ],
];
