import { expect } from '@open-wc/testing';
import DOMPurify from 'dompurify';

import { readHtml } from '../../src/content/html-message.js';
import { sanitise } from '../../src/content/sanitise.js';

const sanitiseText = (html: string) => {
  const holder = document.implementation.createHTMLDocument('').createElement('div');
  holder.append(sanitise(html) ?? '');
  return holder.innerHTML;
};

const markup = (html: string) => {
  const holder = document.createElement('div');
  holder.append(...(readHtml(html)?.nodes ?? []));
  return holder.innerHTML;
};

describe('HTML of a message', () => {
  it('keeps words, lists, tables, links and pictures', () => {
    const html =
      '<p dir="rtl">a <b>b</b></p><ul><li>c</li></ul><table><tbody><tr><td colspan="2">d</td></tr></tbody></table>';
    expect(sanitiseText(html)).to.equal(html);
    const image = '<img src="cid:1" alt="e" width="300" height="20">';
    expect(sanitiseText(image)).to.equal(image);
  });

  it('is read alike where the page has told the same library otherwise', () => {
    DOMPurify.setConfig({ ALLOWED_TAGS: ['script'], RETURN_DOM: false });
    DOMPurify.addHook('afterSanitizeElements', (node) => (node as Element).remove?.());
    try {
      expect(sanitiseText('<p>a <b>b</b></p><script>1</script>')).to.equal('<p>a <b>b</b></p>');
      // And the page's own settings are as they were.
      expect(DOMPurify.sanitize('<p></p>')).to.equal('');
    } finally {
      DOMPurify.removeAllHooks();
      DOMPurify.clearConfig();
    }
  });

  for (const [what, html] of [
    ['scripts', '<script>1</script>'],
    ['handlers', '<img src="https://x.example/y" onerror="1">'],
    ['styles', '<style>*{}</style><p style="position:fixed">x</p>'],
    ['names', '<a id="x" name="x" class="x" slot="x" part="x" is="x" data-x="x" aria-label="x">x</a>'],
    ['addresses that run', '<a href="javascript:1">x</a><a href="data:text/html,1">x</a>'],
    ['addresses of the page itself', '<a href="/x">x</a><a href="//y.example">x</a><img src="/x.png"><img src="x">'],
    [
      'sizes of anything but pictures, and wild ones',
      '<td width="9"></td><p height="1">x</p><img src="cid:x" width="99999">',
    ],
    ['pictures in the address', '<img src="data:image/png;base64,AA">'],
    ['pictures that nobody can see', '<img src="https://x.example/open.gif" width="1" height="1">'],
    ['drawings and formulas', '<svg><a href="https://x.example">x</a></svg><math><mtext>x</mtext></math>'],
    ['forms', '<form action="https://x.example"><input><button>x</button></form>'],
    ['frames and media', '<iframe src="https://x.example"></iframe><video src="https://x.example"></video>'],
    ['elements that the page might know', '<customer-portal><x-y>x</x-y></customer-portal>'],
  ] as const) {
    it(`leaves out ${what}`, () => {
      expect(sanitiseText(`kept ${html}`)).not.to.match(
        /script|on\w+=|style|(?:id|name|class|slot|part|is|data-x|aria-label)=|javascript|data:|"\/|"x"|<svg|<math|<form|<input|<button|<iframe|<video|width|height|-/,
      );
    });
  }

  it('opens links elsewhere, and says where they lead when their words do not', () => {
    const rest = 'target="_blank" rel="noopener noreferrer nofollow ugc"';
    expect(markup('<a href="https://evil.example/x">https://bank.example</a>')).to.equal(
      `<a href="https://evil.example/x" ${rest}>https://bank.example<small> (evil.example)</small></a>`,
    );
    expect(markup('<a href="https://www.shop.example/x">shop.example</a>')).to.equal(
      `<a href="https://www.shop.example/x" ${rest}>shop.example</a>`,
    );
    expect(markup('<a href="mailto:a@b.example">write</a>')).to.equal(`<a href="mailto:a@b.example" ${rest}>write</a>`);
  });

  it('asks for no picture, and knows which there are', () => {
    const read = readHtml('<img src="https://x.example/1.png"><img src="cid:two%40mail" alt="Two">');
    expect(read?.remote.map(({ url }) => url)).to.deep.equal(['https://x.example/1.png']);
    expect(read?.inline.map(({ contentId }) => contentId)).to.deep.equal(['two@mail']);
    expect(
      [...(read?.remote ?? []), ...(read?.inline ?? [])].map(({ image }) => image.getAttribute('src')),
    ).to.deep.equal([null, null]);
  });

  it('folds the history below what was written, and no other quote', () => {
    expect(markup('<p>Yes.</p><div>Mia wrote:<blockquote>Is it?</blockquote></div>')).to.equal(
      '<p>Yes.</p><div>Mia wrote:<details><blockquote>Is it?</blockquote></details></div>',
    );
    for (const whole of ['<blockquote>Is it?</blockquote>', '<blockquote>Is it?</blockquote><p>Yes.</p>'])
      expect(markup(whole)).to.equal(whole);
  });

  it('adds no heading to the page', () => {
    expect(markup('<h1>Loud <i>words</i></h1>')).to.equal('<p><b>Loud <i>words</i></b></p>');
  });

  it('gives up on what is too long, too deep or of too many nodes', () => {
    expect(readHtml(`x${'<br>'.repeat(4999)}`)).not.to.equal(null);
    expect(readHtml(`x${'<br>'.repeat(5000)}`)).to.equal(null);
    expect(readHtml('x'.repeat(512 * 1024 + 1))).to.equal(null);
    expect(readHtml(`${'<div>'.repeat(99)}x`)).not.to.equal(null);
    expect(readHtml(`${'<div>'.repeat(101)}x`)).to.equal(null);
  });
});
