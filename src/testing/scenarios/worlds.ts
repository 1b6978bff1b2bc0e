import { demoWorld } from '../../world/demo-world.js';
import { says, sets, ticket } from '../../world/tickets/ticket.js';
import type { World, WorldTicket } from '../../world/world.js';

/** What the help desk of a scenario holds: the demo world's people, and tickets to try an element's limits with. */

const worldWith = (name: string, tickets: readonly WorldTicket[], changes: Partial<World> = {}): World => ({
  ...demoWorld,
  account: `scenario-${name}`,
  tickets,
  ...changes,
});

const count = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));

/** One that has no place to break, wider than a phone. */
const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const address = `https://console.tarnfield.example/sites/${'a1b2c3d4'.repeat(12)}/hubs?tab=log`;

const renamed = (names: Readonly<Record<string, string>>): World['contacts'] =>
  demoWorld.contacts.map((contact) => ({ ...contact, name: names[contact.id] ?? contact.name }));

const longWords = () =>
  worldWith(
    'long-words',
    [
      ticket({
        number: 987_654_321,
        from: 'alice',
        of: ['acme'],
        subject: `${longWord} ${longWord}`,
        properties: { articleUrl: address, articleTitle: longWord },
        unreadBy: ['alice'],
        thread: [
          says('alice', '3d', `${longWord}\n\n${address}`, {
            files: [{ name: `${longWord.toLowerCase()}-${longWord}.txt`, type: 'text/plain', text: 'log' }],
          }),
          says('noor', '2d', `${address} ${longWord} ${'x'.repeat(400)}`),
        ],
      }),
      ticket({
        number: 2,
        from: 'bob',
        of: ['acme'],
        contacts: ['alice'],
        subject: address,
        thread: [says('bob', '5d', `${longWord} `.repeat(40))],
      }),
    ],
    {
      contacts: renamed({ alice: `Alice ${longWord}-Moreau`, bob: longWord }),
      companies: demoWorld.companies.map((company) => ({
        ...company,
        name: `${company.name} ${longWord} GmbH & Co. KG`,
      })),
      statuses: demoWorld.statuses.map((status) => ({
        ...status,
        label: { en: `${status.label.en}, ${longWord}`, pl: status.label.pl },
      })),
    },
  );

const rightToLeft = () =>
  worldWith(
    'right-to-left',
    [
      ticket({
        number: 11,
        from: 'alice',
        of: ['acme'],
        subject: 'המפזר מנותק בכל לילה (Hub 2) מאז יום שני',
        unreadBy: ['alice'],
        thread: [
          says('alice', '2d 3h', 'שלום,\n\nהמפזר (Hub 2, גרסה 4.1.7) מתנתק בכל לילה ב-02:00. מה עושים?', {
            files: [{ name: 'יומן-המפזר.txt', type: 'text/plain', text: '02:00 offline' }],
          }),
          says('noor', '2d 1h', 'שלום, האם אפשר לשלוח לנו את קובץ hub.log?\n\nתודה, Noor'),
        ],
      }),
      ticket({
        number: 12,
        from: 'alice',
        of: ['acme'],
        subject: 'الفاتورة رقم INV-2041 تظهر مرتين',
        thread: [
          says('alice', '9d', 'مرحبًا، الفاتورة رقم INV-2041 بمبلغ €140.00 تظهر مرتين في لوحة التحكم.'),
          says('tomasz', '8d', 'تم حذف النسخة الثانية. شكرًا لكم!', { then: 'solved' }),
          sets('tomasz', '2d', 'closed'),
        ],
      }),
      ticket({
        number: 13,
        from: 'alice',
        of: ['acme'],
        subject: 'Dial 3 shows “שגיאה 17” on its display',
        thread: [says('alice', '20d', 'It says שגיאה 17, then restarts.')],
      }),
    ],
    { contacts: renamed({ alice: 'אליס מורו', noor: 'نور حداد' }) },
  );

const sentences = [
  'The Dial in the hall shows 31 °C, though it is cold there.',
  'I have restarted the hub; the ring is white again.',
  'Please compare it with a thermometer next to it.',
  'It happens every day at about four.',
  'We see the same in the log, and look into it.',
];

/** 500 messages, a change of status now and then. */
const longThread = () =>
  worldWith('long-thread', [
    ticket({
      number: 500,
      from: 'alice',
      of: ['acme'],
      subject: 'Five hundred messages about one room',
      thread: count(500, (index) =>
        says(
          index % 2 ? 'noor' : 'alice',
          `${500 - index}h`,
          `${index + 1}. ${sentences[index % sentences.length]}`,
          index % 50 === 1 ? {} : { then: 'open' },
        ),
      ),
    }),
  ]);

const manyTickets = () =>
  worldWith(
    'many-tickets',
    count(10_000, (index) =>
      ticket({
        number: index + 1,
        from: index % 3 ? 'alice' : 'bob',
        of: ['acme'],
        subject: `Room ${index + 1}: ${sentences[index % sentences.length]}`,
        unreadBy: index % 7 ? [] : ['alice', 'bob'],
        thread: [
          says('alice', `${10_000 - index}h`, sentences[index % sentences.length] ?? ''),
          ...(index % 4 ? [says('noor', `${10_000 - index}h`, 'We look into it.')] : []),
        ],
      }),
    ),
  );

/** Its owner asks by what a ticket is about. */
const withForms = () => {
  const fields = [
    { property: 'product', required: true },
    { property: 'serial', required: false },
    { property: 'installed', required: false },
  ];
  const forms = [
    { id: 'fault', label: { en: 'Something does not work', pl: 'Coś nie działa' }, fields },
    { id: 'question', label: { en: 'A question', pl: 'Pytanie' }, fields: [] },
  ];
  return worldWith('forms', demoWorld.tickets, { portal: { ...demoWorld.portal, forms } });
};

/** A portal that asks before a session starts. */
const consent = () =>
  worldWith('consent', [], {
    portal: {
      ...demoWorld.portal,
      consent: {
        en: [
          'Lumen Controls keeps what you write here, with your name and your e-mail address, for as long as you are our customer and two years after that.',
          'Our support staff reads it, and nobody else. You can have a copy of it, and have it deleted, at any time: write to privacy@lumen.example.',
          'More about it: https://lumen.example/privacy',
        ].join('\n\n'),
        pl: [
          'Lumen Controls przechowuje to, co tu napiszesz, wraz z Twoim imieniem, nazwiskiem i adresem e-mail, dopóki jesteś naszym klientem i przez dwa kolejne lata.',
          'Czytają to tylko nasi konsultanci. W każdej chwili możesz poprosić o kopię lub o usunięcie tych danych: privacy@lumen.example.',
          'Więcej informacji: https://lumen.example/privacy',
        ].join('\n\n'),
      },
    },
  });

const makers = {
  demo: () => demoWorld,
  consent,
  empty: () => worldWith('empty', []),
  /** Nothing is closed yet. */
  'one-open': () =>
    worldWith('one-open', [
      ticket({
        number: 1,
        from: 'alice',
        of: ['acme'],
        subject: 'How do I rename a room?',
        thread: [says('alice', '2h', 'I have looked for it everywhere.')],
      }),
    ]),
  'long-words': longWords,
  'right-to-left': rightToLeft,
  'long-thread': longThread,
  'many-tickets': manyTickets,
  forms: withForms,
};

export type WorldName = keyof typeof makers;

const made = new Map<WorldName, World>();

/** A world by its name, made when it is first asked for. */
export function worldOf(name: WorldName): World {
  const world = made.get(name) ?? makers[name]();
  made.set(name, world);
  return world;
}
