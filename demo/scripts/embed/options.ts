/** What the snippet can be told. A new attribute of an element is a row here, and nothing else. */

export type Tag = 'customer-portal' | 'portal-login' | 'ticket-list' | 'ticket-detail' | 'support-form';

/** Words in the languages of the demo's pages. */
export interface Words {
  readonly en: string;
  readonly pl: string;
}

const everyTag: readonly Tag[] = ['customer-portal', 'portal-login', 'ticket-list', 'ticket-detail', 'support-form'];

/** The elements that stand alone, in the order in which a page has them. */
export const parts: readonly { readonly tag: Tag; readonly label: Words }[] = [
  { tag: 'portal-login', label: { en: 'Sign-in', pl: 'Logowanie' } },
  { tag: 'ticket-list', label: { en: 'List of tickets', pl: 'Lista zgłoszeń' } },
  { tag: 'ticket-detail', label: { en: 'One ticket', pl: 'Jedno zgłoszenie' } },
  { tag: 'support-form', label: { en: 'Form for a new ticket', pl: 'Formularz nowego zgłoszenia' } },
];

/** An attribute with a few values; the first is what stands without the attribute. */
export interface Option {
  /** Its name in the address of the page. */
  readonly key: string;
  readonly attribute: string;
  /** The elements that have it. */
  readonly tags: readonly Tag[];
  readonly label: Words;
  readonly values: readonly { readonly value: string; readonly label: Words }[];
}

/** The name of a language, in itself. */
const inItself = (code: string): Words => {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return { en: name, pl: name };
};

const same = (text: string): Words => ({ en: text, pl: text });

export const options: readonly Option[] = [
  {
    key: 'state',
    attribute: 'state',
    tags: ['ticket-list'],
    label: { en: 'Tickets shown at first', pl: 'Zgłoszenia na początku' },
    values: [
      { value: 'all', label: { en: 'All', pl: 'Wszystkie' } },
      { value: 'open', label: { en: 'Open', pl: 'Otwarte' } },
      { value: 'closed', label: { en: 'Closed', pl: 'Zamknięte' } },
    ],
  },
  {
    key: 'language',
    attribute: 'lang',
    tags: everyTag,
    label: { en: 'Language', pl: 'Język' },
    values: [
      { value: 'page', label: { en: 'That of the page', pl: 'Taki jak na stronie' } },
      ...['en', 'pl', 'de', 'ar'].map((value) => ({ value, label: inItself(value) })),
    ],
  },
  {
    key: 'routing',
    attribute: 'routing',
    tags: ['customer-portal'],
    label: { en: 'A ticket’s address', pl: 'Adres zgłoszenia' },
    values: [
      { value: 'query', label: same('?ticket=…') },
      { value: 'hash', label: same('#ticket=…') },
      { value: 'none', label: { en: 'None', pl: 'Brak' } },
    ],
  },
  {
    key: 'level',
    attribute: 'heading-level',
    tags: everyTag,
    label: { en: 'Level of the first heading', pl: 'Poziom pierwszego nagłówka' },
    values: ['2', '3', '4', '5'].map((value) => ({ value, label: same(`h${value}`) })),
  },
];

/** What is on or off, with what stands when the address says nothing. */
export const switches = { fallback: true, space: true, integrity: false } as const;

export type Switch = keyof typeof switches;
