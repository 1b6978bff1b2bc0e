import { describe, expect, test } from 'vitest';

import type { Mail, MailContent } from '../../../src/server/mail/mail.js';
import { composeMail } from '../../../src/server/mail/templates/compose.js';
import { link } from './mail-world.js';

const code = { code: 'K7QM3XN4', link, minutes: 10 };
const contents: readonly MailContent[] = [
  { kind: 'sign-in', ...code },
  { kind: 'register', ...code },
  { kind: 'known', ...code },
  { kind: 'reset', ...code },
  { kind: 'password-changed', link },
  { kind: 'invitation', link, days: 7 },
];
const mailOf = (more: Partial<Mail> = {}) => ({
  to: { email: 'ann@example.com', name: 'Ann' },
  locale: 'en',
  portal: 'Small Support',
  content: contents[0]!,
  ...more,
});

describe.each(['en', 'pl'])('in %s', (locale) => {
  test.each(contents.map((content) => [content.kind, content] as const))(
    '%s says all that it has to',
    async (_, content) => {
      const { subject, text, html, from, language } = await composeMail(mailOf({ locale, content }));
      expect([from, language]).toEqual(['Small Support', locale]);
      expect(subject).toContain('Small Support');
      expect(subject).not.toMatch(/K7QM|3XN4/);
      expect(text).toContain(`\n${link}\n`);
      expect(html).toContain(`<a href="${link}"`);
      expect(html).toContain(`>${link}</a>`);
      expect(html).toContain(`<html lang="${locale}" dir="ltr">`);
      expect(html).toContain(`<div lang="${locale}" dir="ltr"`);
      expect(html).not.toMatch(/undefined|null|\[object|NaN/);
      expect(text).not.toMatch(/undefined|null|\[object|NaN/);
      if ('code' in content) {
        expect(text).toMatch(/^K7QM-3XN4 .*Small Support.*\n/);
        expect(text).toContain('\n    K7QM-3XN4\n');
        expect(html).toContain('>K7QM-3XN4</p>');
      }
    },
  );

  test.each(contents.map((content) => [content.kind, content] as const))(
    '%s loads and runs nothing',
    async (_, content) => {
      const { html } = await composeMail(mailOf({ locale, content }));
      expect(html).not.toMatch(/<(img|script|link|iframe|form|base|object|svg)\b|url\(|@import|\son\w+=|src=/i);
      const addresses = [...html.matchAll(/https?:[^"<\s]+/g)].map(([address]) => address);
      expect(new Set(addresses)).toEqual(new Set([link]));
    },
  );
});

test('languages that we have no words in are English, and forms of ours are ours', async () => {
  const languages = ['fr', 'de-AT', '', 'PL', 'pl-PL', 'pl_PL', 'en-GB'].map(
    async (locale) => (await composeMail(mailOf({ locale }))).language,
  );
  expect(await Promise.all(languages)).toEqual(['en', 'en', 'en', 'pl', 'pl', 'pl', 'en']);
});

test.each([
  [1, '1 minute '],
  [2, '2 minutes '],
  [15, '15 minutes '],
])('%i in English', async (minutes, expected) => {
  expect((await composeMail(mailOf({ content: { kind: 'reset', ...code, minutes } }))).text).toContain(
    `valid for ${expected}`,
  );
});

test.each([
  [1, '1 minutę', '1 dzień'],
  [2, '2 minuty', '2 dni'],
  [5, '5 minut', '5 dni'],
  [12, '12 minut', '12 dni'],
  [15, '15 minut', '15 dni'],
  [22, '22 minuty', '22 dni'],
])('%i in Polish', async (count, minutes, days) => {
  const say = async (content: MailContent) => (await composeMail(mailOf({ locale: 'pl', content }))).text;
  expect(await say({ kind: 'sign-in', ...code, minutes: count })).toMatch(new RegExp(`przez ${minutes} i `, 'u'));
  expect(await say({ kind: 'invitation', link, days: count })).toContain(`przez ${days}, `);
});

describe('names', () => {
  const nasty = `<img src=x onerror="alert('1')"> & "Co"`;

  test('are text in HTML', async () => {
    const { html, text, from, subject } = await composeMail(
      mailOf({ to: { email: 'a@example.com', name: nasty }, portal: nasty }),
    );
    expect(html).not.toContain('<img');
    expect(html).toContain('Hello &lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; &quot;Co&quot;,');
    expect(text).toContain(`Hello ${nasty},`);
    expect([from, subject]).toEqual([nasty, `Sign in to ${nasty}`]);
  });

  test('are one line that runs one way', async () => {
    const name = ' Eve\r\nBcc: x\u2028y\u202ez\u0000 ';
    const { to, from, subject, text } = await composeMail(
      mailOf({ to: { email: 'a@example.com', name }, portal: name }),
    );
    expect([to.name, from, subject]).toEqual(['Eve Bcc: x y z', 'Eve Bcc: x y z', 'Sign in to Eve Bcc: x y z']);
    expect(text).toContain('Hello Eve Bcc: x y z,');
  });

  test('are cut, never in the middle of a sign', async () => {
    const { to, subject } = await composeMail(
      mailOf({ to: { email: 'a@example.com', name: '🌡'.repeat(99) }, portal: '🌡'.repeat(99) }),
    );
    expect([to.name, subject]).toEqual(['🌡'.repeat(60), `Sign in to ${'🌡'.repeat(80)}`]);
  });

  test.each(['Win at https://evil.example', 'www.evil', 'write to a@evil', 'evil.example now', '', ' '])(
    'that bring a link along are not said: %j',
    async (name) => {
      const { to, text, html } = await composeMail(mailOf({ to: { email: 'a@example.com', name } }));
      expect(to).toEqual({ email: 'a@example.com', name: null });
      expect(text).toContain('\nHello,\n');
      expect(html).not.toContain('evil');
    },
  );

  test.each(['J. R. Tolkien', 'St. John', 'O’Brien', 'Anna-Maria (Ola)'])('that bring none are: %s', async (name) => {
    expect((await composeMail(mailOf({ to: { email: 'a@example.com', name } }))).text).toContain(`Hello ${name},`);
  });

  test('of who registers are said to nobody: anybody could be written to so', async () => {
    const { to, text, html } = await composeMail(
      mailOf({ content: contents[1]!, to: { email: 'a@example.com', name: 'Call 555 now' } }),
    );
    expect(to.name).toBeNull();
    expect(text + html).not.toContain('555');
  });
});
