import { expect, test } from 'vitest';

import { readGuests } from '../../src/elements/portal-setup/people/guests.js';

const read: [what: string, text: string, guests: object[]][] = [
  [
    'an address a line',
    'pat@acme.example\n\n eve@globex.example ',
    [{ email: 'pat@acme.example' }, { email: 'eve@globex.example' }],
  ],
  [
    'addresses in one line',
    'a@x.example, b@x.example;c@x.example d@x.example',
    ['a', 'b', 'c', 'd'].map((name) => ({ email: `${name}@x.example` })),
  ],
  [
    'what a mail program copies',
    'Pat Lee <pat@acme.example>, "Lindqvist, Eve" <eve@globex.example>; <zoe@x.example>',
    [
      { email: 'pat@acme.example', name: 'Pat Lee' },
      { email: 'eve@globex.example', name: 'Lindqvist, Eve' },
      { email: 'zoe@x.example' },
    ],
  ],
  [
    'both in one line',
    'a@x.example, Pat Lee <pat@acme.example>, b@x.example',
    [{ email: 'a@x.example' }, { email: 'pat@acme.example', name: 'Pat Lee' }, { email: 'b@x.example' }],
  ],
  ['what is no address, to be told so', 'nobody', [{ email: 'nobody' }]],
  ['nothing', ' \n,\n', []],
];
test.each(read)('reads %s', (_, text, guests) => expect(readGuests(text)).toEqual(guests));
