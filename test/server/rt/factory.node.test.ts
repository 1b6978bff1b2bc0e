import { expect, test } from 'vitest';
import { parseRtSettings } from '../../../src/server/connectors/rt/rt-factory.js';

const settings = { url: 'https://rt.example/rt/', user: 'bot', queues: ['Support'] };
const secret = { password: 'secret' };

test('settings have defaults, and an address no slash at its end', () => {
  expect(parseRtSettings({ settings, secret })).toEqual({
    url: 'https://rt.example/rt',
    user: 'bot',
    password: 'secret',
    queues: ['Support'],
    company: 'organization',
    replyAs: 'service',
    tokens: new Map(),
  });
});

test('beside the password the secret has tokens by address', () => {
  const { password, tokens } = parseRtSettings({
    settings: { ...settings, replyAs: 'contact-token' },
    secret: { ...secret, 'Alice@Acme.example': '1-14-abc' },
  });
  expect(password).toBe('secret');
  expect(tokens).toEqual(new Map([['alice@acme.example', '1-14-abc']]));
});

test.each([
  ['url', { ...settings, url: 'rt.example' }, secret],
  ['url', { ...settings, url: 'file:///etc' }, secret],
  ['queues', { ...settings, queues: [] }, secret],
  ['replyAs', { ...settings, replyAs: 'pigeon' }, secret],
  ['statuses.stalled', { ...settings, statuses: { stalled: 'asleep' } }, secret],
  ['queue', { ...settings, queue: 'Support' }, secret],
  ['password', settings, {}],
  ['alice', settings, { ...secret, alice: '1-14-abc' }],
  ['a@x, b@x', settings, { ...secret, 'a@x, b@x': '1-14-abc' }],
  ['a@x', settings, { ...secret, 'a@x': '' }],
  ['a@x', settings, { ...secret, 'a@x': '1-14-abc\r\nx: y' }],
  ['a@x', settings, { ...secret, 'A@x': '1-14-abc', 'a@x': '1-14-def' }],
])('what does not fit is named: %s', (name, wrong, hidden: Record<string, string>) => {
  expect(() => parseRtSettings({ settings: wrong, secret: hidden })).toThrow(
    expect.objectContaining({ kind: 'misconfigured', detail: `settings of RT: ${name} does not fit` }),
  );
});
