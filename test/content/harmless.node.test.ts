import { expect, test } from 'vitest';

import { isHarmless } from '../../src/content/harmless.js';
import { createSanitise } from '../../src/server/node/sanitise.js';
import { demoWorld } from '../../src/world/demo-world.js';

test.each([
  '<p>Hello <b>you</b><br>there</p>',
  '<a href="https://a.example/?q=1">a</a><img src="cid:1" alt="x" width="3" height="4" />',
  'plain &amp; simple',
])('is harmless: %s', (html) => {
  expect(isHarmless(html)).toBe(true);
});

test.each([
  '<script>1</script>',
  '<p onclick="1">x</p>',
  '<p style="color:red">x</p>',
  '<a href="javascript:1">x</a>',
  '<a href="/admin">x</a>',
  '<img src="data:image/png,x">',
  '<img src="x" onerror="1">',
  '<svg></svg>',
  '<p title="a>b">x</p>',
  '<p title=x>x</p>',
  'a < b',
  '<!-- x -->',
  'x'.repeat(512 * 1024 + 1),
])('is not, or not known to be: %s', (html) => {
  expect(isHarmless(html)).toBe(false);
});

test('what the sanitiser makes is, and the mails of the demo are as they come', () => {
  const sanitise = createSanitise();
  const hostile =
    '<style>x</style><p class="x" onclick="1">a <a href="//x">b</a><img src="https://a.example/b.png"></p><svg>';
  expect(isHarmless(sanitise(hostile) ?? '<')).toBe(true);
  const mails = demoWorld.tickets.flatMap(({ messages }) => messages.flatMap(({ html }) => html ?? []));
  expect(mails.map(isHarmless)).toEqual(mails.map(() => true));
});
