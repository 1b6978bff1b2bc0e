import { indent, printMarkup, type Style } from './print.js';
import { hasTag, sheetOf, type Snippet } from './snippet.js';

const plain: Style = { selfClosing: false, extra: () => [] };

/** The snippet for a page. */
export function toHtml(snippet: Snippet): string {
  const { portal, sheet, rules, integrity, markup } = snippet;
  const proof = integrity ? ` integrity="${integrity}" crossorigin` : '';
  return [
    ...(sheet ? [`<link rel="stylesheet" href="${sheet}">`] : []),
    ...(rules.length > 0 ? ['<style>', ...indent(sheetOf(rules)), '</style>'] : []),
    `<script type="module" src="${portal}/embed.js"${proof}></script>`,
    ...markup.flatMap((one) => printMarkup(one, plain)),
    ...scriptFor(snippet),
  ].join('\n');
}

/** A ticket that stands alone is told which one: by the page's address, and by a list on the same page. */
function scriptFor(snippet: Snippet): string[] {
  if (!hasTag(snippet, 'ticket-detail')) return [];
  const fromList = [
    "document.querySelector('ticket-list').addEventListener('portal-ticket-select', (event) => {",
    '  event.preventDefault();',
    "  detail.setAttribute('ticket-id', event.ticketId);",
    '});',
  ];
  const lines = [
    "const detail = document.querySelector('ticket-detail');",
    "detail.setAttribute('ticket-id', new URL(location.href).searchParams.get('ticket') ?? '');",
    ...(hasTag(snippet, 'ticket-list') ? fromList : []),
  ];
  return ['<script type="module">', ...indent(lines), '</script>'];
}
