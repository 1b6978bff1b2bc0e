import { cases } from './cases.js';

const tags = (
  'a abbr annotation-xml audio b base blockquote body br button center details dialog div embed font form foreignObject ' +
  'frameset h1 head html iframe image img input isindex keygen li link listing map marquee math meta mglyph mi mtext ' +
  'noembed noframes noscript object ol option p param plaintext pre script select slot source span style summary svg table ' +
  'tbody td template textarea th title tr u ul use video xmp customer-portal ticket-detail x-y'
).split(' ');
const names = (
  'href src srcset style class id name on\u0000error onerror onload onfocus ontoggle onanimationstart onpointerover formaction ' +
  'action xlink:href data srcdoc background poster content http-equiv is slot part title alt cite ping target rel type values to ' +
  'attributeName from begin encoding shadowrootmode autofocus contenteditable'
).split(' ');
const values = [
  'pwn()',
  'javascript:pwn()',
  'java\tscript:pwn()',
  '&#x6a;avascript:pwn()',
  'https://evil.example/g',
  '//evil.example/g',
  'data:text/html,<script>pwn()</script>',
  'data:image/svg+xml,<svg onload=pwn()>',
  'url(https://evil.example/g.gif)',
  'background:url(//evil.example/g.gif)',
  '"><img src=x onerror=pwn()>',
  '</style><img src=x onerror=pwn()>',
  '--><script>pwn()</script>',
  'text/html',
  'open',
  'x',
  '',
];
const crumbs = [
  '<',
  '>',
  '"',
  "'",
  '`',
  '/',
  '=',
  '\0',
  '&',
  '&lt;',
  '&#0;',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '</',
  '<?',
  '\n',
  '\t',
  ' ',
  'x',
];

/**
 * Makes fragments of HTML that mean ill: tags, attributes and addresses of all kinds, opened and closed in no order, with crumbs
 * in between and pieces of the cases written by hand.
 *
 * @param random numbers from 0 to 1
 */
export function generateFragments(random: Iterator<number, never>, count: number): string[] {
  const number = (below: number) => Math.floor(random.next().value * below);
  const oneOf = <T>(all: readonly T[]): T => all[number(all.length)] as T;
  const attribute = () => {
    const quote = oneOf(['"', "'", '', '', '`']);
    return `${oneOf([' ', '/', '\n'])}${oneOf(names)}=${quote}${oneOf(values)}${oneOf([quote, quote, quote, ''])}`;
  };
  const piece = () => {
    const kind = number(10);
    if (kind < 5)
      return `<${oneOf(tags)}${Array.from({ length: number(4) }, attribute).join('')}${oneOf(['>', '>', '>', '/>', ''])}`;
    if (kind < 7) return `</${oneOf(tags)}>`;
    if (kind < 8) return oneOf(cases);
    return oneOf(crumbs);
  };
  return Array.from({ length: count }, () => Array.from({ length: 2 + number(8) }, piece).join(''));
}
