import { indent, printMarkup, type Style } from './print.js';
import { hasTag, sheetOf, type Snippet } from './snippet.js';

/** The snippet as a single-file component of Vue 3, over the package. */
export function toVue(snippet: Snippet): string {
  const { portal, sheet, rules, markup } = snippet;
  const hasDetail = hasTag(snippet, 'ticket-detail');
  const keepsTicket = hasDetail && hasTag(snippet, 'ticket-list');
  const inside = markup.map(({ tag }) => tag);
  const style: Style = {
    selfClosing: true,
    extra: (tag) => [
      ...(inside.includes(tag) ? [`backend="${portal}"`] : []),
      ...(tag === 'ticket-detail' ? [':ticket-id="ticketId"'] : []),
      ...(tag === 'ticket-list' && keepsTicket ? ['@portal-ticket-select="open"'] : []),
    ],
  };
  const css = [...(sheet ? [`@import url("${sheet}");`] : []), ...sheetOf(rules)];
  return [
    '<script setup lang="ts">',
    ...(keepsTicket ? ["import type { PortalTicketSelectEvent } from '@portico/elements';"] : []),
    "import { define } from '@portico/elements/define';",
    "import type {} from '@portico/elements/vue';",
    ...(keepsTicket ? ["import { ref } from 'vue';"] : []),
    '',
    'define();',
    ...(keepsTicket ? ['', ...state] : []),
    ...(hasDetail && !keepsTicket ? ['defineProps<{ readonly ticketId: string }>();'] : []),
    '</script>',
    '',
    '<template>',
    ...indent(markup.flatMap((one) => printMarkup(one, style))),
    '</template>',
    ...(css.length > 0 ? ['', '<style>', ...css, '</style>'] : []),
  ].join('\n');
}

const state = [
  "const ticketId = ref('');",
  'function open(event: PortalTicketSelectEvent) {',
  '  event.preventDefault();',
  '  ticketId.value = event.ticketId;',
  '}',
];
