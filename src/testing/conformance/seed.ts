import type { TicketPermission } from '../../policy/index.js';
import { statuses } from '../../world/statuses.js';
import type { World, WorldContact, WorldMessage, WorldProperty, WorldTicket } from '../../world/world.js';
import type { ConformanceCase, PersonName } from './world.js';

/** Words that only internal notes contain; no customer may ever meet them. */
export const secret = 'periwinkle';
/** A word in a public message of ticket 1, and in no subject. */
export const publicWord = 'Thermocouple';
/** Content of the one file that customers may see. It is on ticket 1. */
export const fileText = 'sensor;reading\nhall;21.5\n';

/** The HTML of the message with that word, as a mail brings it: what it would run, ask for and look like has to go. */
const mail = [
  '<style>body{display:none}</style><script>document.title="owned"</script><title>Mail</title>',
  `<div class="portal-login" id="reply" style="position:fixed">The <b onclick="alert(1)">${publicWord}</b> reads nothing.</div>`,
  '<p><a href="javascript:alert(2)">here</a> <a href="/admin">there</a> <a href="https://example.com/manual">the manual</a></p>',
  '<img src="x" onerror="alert(3)"><img src="data:image/svg+xml,<svg onload=alert(4)>"><img src="https://example.com/hall.png" alt="The hall">',
  '<form action="https://example.com/steal"><input name="password" autofocus onfocus="alert(5)"></form>',
  '<svg><animate onbegin="alert(6)" attributeName="x"></animate></svg><iframe src="https://example.com/frame"></iframe>',
].join('');

export const managersSeeTheirCompany: TicketPermission = {
  kind: 'company-if',
  groups: [[{ property: 'role', operator: 'is', value: 'manager' }]],
};

const both = (en: string, pl: string) => ({ en, pl });

/** One property of each type. Tickets have `batch` as well, which customers do not see. */
const propertyDefinitions: readonly WorldProperty[] = [
  {
    name: 'product',
    type: 'choice',
    label: both('Product', 'Produkt'),
    options: [
      { value: 'hub', label: both('Hub', 'Centrala') },
      { value: 'sensor', label: both('Sensor', 'Czujnik') },
    ],
  },
  { name: 'serial', type: 'text', label: both('Serial number', 'Numer seryjny'), options: null },
  { name: 'units', type: 'number', label: both('Units', 'Sztuki'), options: null },
  { name: 'installed', type: 'date', label: both('Installed', 'Zamontowano'), options: null },
  { name: 'urgent', type: 'boolean', label: both('Urgent', 'Pilne'), options: null },
];

const hour = 60;

/**
 * The portal of one case. Small, so that a case can name every ticket that a person sees; ids begin with `tag`, so that
 * many cases fit into one database.
 */
export function seedOf(
  tag: string,
  { permission = managersSeeTheirCompany, forms = [], consent }: Partial<ConformanceCase> = {},
): World {
  const id = (name: string) => `${tag}-${name}`;
  const ids = (names: readonly string[]) => names.map(id);

  const contact = (name: PersonName, companies: readonly string[], more: Partial<WorldContact> = {}): WorldContact => ({
    id: id(name),
    name: name[0]?.toUpperCase() + name.slice(1),
    email: `${name}@example.com`,
    locale: 'en',
    companies: ids(companies),
    primaryCompany: companies[0] === undefined ? null : id(companies[0]),
    properties: {},
    enabled: true,
    verified: true,
    hint: { en: '', pl: '' },
    ...more,
  });

  /** What is written in the seed's ticket: public text by the requester first, then what `more` says. */
  const ticket = (
    number: number,
    requester: PersonName,
    companies: readonly string[],
    { contacts = [], participants = [], messages = [], ...more }: Partial<WorldTicket> = {},
  ): WorldTicket => ({
    id: id(`t-${number}`),
    number,
    inbox: id('support'),
    subject: `Subject of ticket ${number}`,
    status: 'open',
    requester: id(requester),
    contacts: ids(contacts),
    participants: ids(participants),
    companies: ids(companies),
    deleted: false,
    properties: {},
    messages: [
      { id: id(`m-${number}`), kind: 'public', author: id(requester), minutesAgo: (20 - number) * hour, text: 'Hello' },
      ...messages,
    ],
    readBy: [],
    ...more,
  });

  /** The place of a message in its ticket makes its id and time. */
  const message = (
    number: number,
    place: number,
    kind: 'public' | 'note',
    author: string,
    text: string,
    more: Partial<WorldMessage> = {},
  ): WorldMessage => ({
    id: id(`m-${number}-${place}`),
    kind,
    author: id(author),
    minutesAgo: (20 - number) * hour - place,
    text,
    ...more,
  });

  const change = (number: number, place: number, to: string): WorldMessage => ({
    id: id(`m-${number}-${place}`),
    kind: 'status',
    author: id('mia'),
    minutesAgo: (20 - number) * hour - place,
    text: '',
    status: { from: 'open', to },
  });

  return {
    // As long as every public id.
    account: tag.padEnd(22, '-'),
    password: 'conformance-2026',
    portal: {
      slug: tag,
      name: 'Conformance',
      locale: 'en',
      locales: ['en', 'pl'],
      permission,
      actions: {},
      inboxes: [id('support')],
      properties: ['articleUrl', 'articleTitle', ...propertyDefinitions.map(({ name }) => name)],
      propertyDefinitions,
      forms,
      ...(consent && { consent }),
    },
    inboxes: [
      { id: id('support'), name: 'Support' },
      { id: id('internal'), name: 'Internal' },
    ],
    statuses,
    companies: [
      { id: id('acme'), name: 'Acme' },
      { id: id('globex'), name: 'Globex' },
    ],
    contacts: [
      contact('alice', ['acme']),
      contact('bob', ['acme'], { properties: { role: 'manager' } }),
      contact('carol', ['globex'], { properties: { role: 'manager' } }),
      contact('dave', []),
      contact('erin', ['globex', 'acme']),
      contact('frank', ['acme'], { enabled: false, properties: { role: 'manager' } }),
      contact('grace', ['acme'], { verified: false, properties: { role: 'manager' } }),
      contact('heidi', ['acme'], { properties: { role: 'manager' } }),
    ],
    staff: [{ id: id('mia'), name: 'Mia' }],
    accessGroup: {
      name: 'Customers',
      members: ids(['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace']),
    },
    tickets: [
      ticket(1, 'alice', ['acme'], {
        properties: {
          product: 'hub',
          serial: 'TF-1042',
          units: '4',
          installed: '2026-03-01',
          urgent: 'true',
          batch: '7',
        },
        messages: [
          message(1, 1, 'public', 'alice', `The ${publicWord} in the hall reads nothing`, {
            html: mail,
            attachments: [{ id: id('f-1'), name: 'readings.csv', type: 'text/csv', text: fileText }],
          }),
          message(1, 2, 'note', 'mia', `Known ${secret} in this batch`, {
            attachments: [{ id: id('f-2'), name: `${secret}.txt`, type: 'text/plain', text: secret }],
          }),
        ],
      }),
      ticket(2, 'alice', ['acme'], {
        status: 'solved',
        properties: { product: 'sensor', serial: 'tf-2000', units: '12', installed: '2026-03-31' },
        messages: [change(2, 1, 'solved')],
      }),
      ticket(3, 'bob', ['acme'], {
        status: 'waiting',
        properties: { product: 'hub', units: '4.5', installed: '2026-04-01', urgent: 'false' },
        messages: [message(3, 1, 'public', 'mia', 'Which model is it?'), change(3, 2, 'waiting')],
      }),
      ticket(4, 'carol', ['globex'], { properties: { product: 'hub' } }),
      ticket(5, 'dave', [], { participants: ['erin'] }),
      // No number, and no date.
      ticket(6, 'erin', ['acme'], { properties: { units: 'many', installed: 'soon' } }),
      ticket(7, 'alice', ['acme'], { inbox: id('internal') }),
      ticket(8, 'alice', ['acme'], { deleted: true }),
      ticket(9, 'bob', ['acme', 'globex'], { properties: { product: 'sensor', serial: 'Łódź 9' } }),
      ticket(10, 'dave', [], { contacts: ['alice'] }),
      ticket(11, 'bob', ['acme'], { participants: ['dave'] }),
      ticket(12, 'carol', []),
    ],
  };
}
