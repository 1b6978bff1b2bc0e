import { describe, expect, test } from 'vitest';

import { sheetCut, sheetHead, sheetLine } from '../../src/policy/index.js';

const ticket = {
  number: 7,
  subject: 'Cold',
  status: { id: 'new', category: 'open', label: 'New' },
  turn: 'support',
  requester: { id: 'a', name: 'Ann' },
  company: null,
  createdAt: '2026-11-01T09:00:00.000Z',
  updatedAt: '2026-11-02T10:30:59.999Z',
  properties: {} as Record<string, string>,
} as const;

const subjectOf = (subject: string) =>
  sheetLine({ ...ticket, subject }, [], 'en')
    .split(',New,')[0]
    ?.slice('7,'.length);

test('a ticket is one line of the columns that the head names', () => {
  const properties = [{ name: 'room', label: 'Room', options: null }];
  expect(sheetHead(properties, 'en')).toBe(
    '\ufeffNumber,Subject,Status,Whose turn,Requester,Company,Created (UTC),Updated (UTC),Room\r\n',
  );
  const line = sheetLine({ ...ticket, properties: { room: 'B 12', other: 'x' } }, properties, 'en');
  expect(line).toBe('7,Cold,New,Support,Ann,,2026-11-01 09:00:00,2026-11-02 10:30:59,B 12\r\n');
});

test('a value that was chosen goes by its name, and one that is no longer offered as it is', () => {
  const options = [{ value: 'hub', label: 'Hub 2' }];
  const cellOf = (product: string) =>
    sheetLine({ ...ticket, properties: { product } }, [{ name: 'product', label: 'Product', options }], 'en')
      .trimEnd()
      .split(',')
      .at(-1);
  expect(cellOf('hub')).toBe('Hub 2');
  expect(cellOf('lamp')).toBe('lamp');
});

test('its words are Polish to who reads that, English to everybody else', () => {
  expect(sheetHead([], 'pl')).toMatch(/^\ufeffNumer,Temat,Status,Czyja kolej,/);
  expect(sheetLine({ ...ticket, turn: 'contact' }, [], 'pl-PL')).toMatch(/^7,Cold,New,Twoja kolej,/);
  expect(sheetHead([], 'de')).toBe(sheetHead([], 'en'));
});

test('a list that goes on says so in a line as wide as the others', () => {
  const cells = (line: string) => line.replace('50,000', '').replace('"', '').split(',').length;
  const properties = [{ name: 'room', label: 'Room', options: null }];
  expect(sheetCut(50_000, properties, 'en')).toMatch(
    /^"The list goes on: this file ends after 50,000 tickets\.",+\r\n$/,
  );
  expect(cells(sheetCut(50_000, properties, 'en'))).toBe(cells(sheetLine(ticket, properties, 'en')));
});

describe('a cell', () => {
  test.each([
    ['Plain, with a comma', '"Plain, with a comma"'],
    ['"quoted"', '"""quoted"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['zażółć 👩‍👩‍👧 שלום', 'zażółć 👩‍👩‍👧 שלום'],
    ['a = b', 'a = b'],
    ['1-2', '1-2'],
    ['-5', '-5'],
    ['-5.25', '-5.25'],
  ])('%j is %j', (text, cell) => {
    expect(subjectOf(text)).toBe(cell);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+48 123 456 789', "'+48 123 456 789"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r'=1"`],
    ['\n=1', `"\n'=1"`],
    ['＝1+1', "'＝1+1"],
    ['=cmd|"/C calc"!A0', `"'=cmd|""/C calc""!A0"`],
    // Parted by semicolons, the second cell would be a formula.
    ['x;=cmd|" /C calc"!A0;y', `"x;'=cmd|"" /C calc""!A0;y"`],
    ['x,=1+1', '"x,=1+1"'],
  ])('%j does not run: it is %j', (text, cell) => {
    expect(subjectOf(text)).toBe(cell);
  });

  test('of whatever somebody else has named does not run either', () => {
    const bad = '=1+1';
    const named = { id: 'a', name: bad };
    const line = sheetLine(
      {
        ...ticket,
        status: { ...ticket.status, label: bad },
        requester: named,
        company: named,
        properties: { [bad]: bad },
      },
      [{ name: bad, label: bad, options: null }],
      'en',
    );
    expect(line.match(/(?<=,)=/g)).toBeNull();
    expect(line.match(/'=1\+1/g)).toHaveLength(4);
    expect(sheetHead([{ name: bad, label: bad, options: null }], 'en')).toContain(",'=1+1\r\n");
  });
});
