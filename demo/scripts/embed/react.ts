import { indent, printMarkup, type Style } from './print.js';
import { hasTag, sheetOf, type Snippet } from './snippet.js';

/** The snippet as a component of React 19, over the package. */
export function toReact(snippet: Snippet): string {
  const { portal, sheet, rules, markup } = snippet;
  const keepsTicket = hasTag(snippet, 'ticket-detail') && hasTag(snippet, 'ticket-list');
  const inside = markup.map(({ tag }) => tag);
  const style: Style = {
    selfClosing: true,
    extra: (tag) => [
      ...(inside.includes(tag) ? [`backend="${portal}"`] : []),
      ...(tag === 'ticket-detail' ? ['ticket-id={ticketId}'] : []),
      ...(tag === 'ticket-list' && keepsTicket ? ['onportal-ticket-select={open}'] : []),
    ],
  };
  const elements = [
    ...(sheet ? [`<link rel="stylesheet" href="${sheet}" precedence="default" />`] : []),
    ...(rules.length > 0
      ? ['<style href="portico" precedence="default">', '  {`', ...indent(sheetOf(rules), 4), '  `}', '</style>']
      : []),
    ...markup.flatMap((one) => printMarkup(one, style)),
  ];
  const isOne = markup.length === 1 && !sheet && rules.length === 0;
  const body = isOne ? elements : ['<>', ...indent(elements), '</>'];
  const props = hasTag(snippet, 'ticket-detail') && !keepsTicket ? '{ ticketId }: { readonly ticketId: string }' : '';
  return [
    ...(keepsTicket ? ["import type { PortalTicketSelectEvent } from '@portico/elements';"] : []),
    "import { define } from '@portico/elements/define';",
    "import type {} from '@portico/elements/react';",
    ...(keepsTicket ? ["import { useState } from 'react';"] : []),
    '',
    'define();',
    '',
    `export function Support(${props}) {`,
    ...(keepsTicket ? indent(state) : []),
    '  return (',
    ...indent(body, 4),
    '  );',
    '}',
  ].join('\n');
}

const state = [
  "const [ticketId, setTicketId] = useState('');",
  'const open = (event: PortalTicketSelectEvent) => {',
  '  event.preventDefault();',
  '  setTicketId(event.ticketId);',
  '};',
];
