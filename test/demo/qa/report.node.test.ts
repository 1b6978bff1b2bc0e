import { describe, expect, test } from 'vitest';

import type { EventEntry, RequestEntry } from '../../../demo/scripts/qa/log.js';
import { bugReport, type ReportFacts } from '../../../demo/scripts/qa/report.js';
import { initialState } from '../../../demo/scripts/qa/state.js';
import { scenarioOf } from '../../../src/testing/scenarios/table.js';

const at = Date.UTC(2026, 10, 29, 8, 15, 30, 250);

const request = (change: Partial<RequestEntry> = {}): RequestEntry => ({
  id: 1,
  at,
  method: 'GET',
  path: '/tickets?state=all&q=…',
  status: '200',
  ms: 41,
  size: 5200,
  fault: null,
  ...change,
});

const event = (change: Partial<EventEntry> = {}): EventEntry => ({
  at,
  name: 'portal-ticket-select',
  detail: { ticketId: 'NbRon_yrwBwBrRvgfTPuyQ' },
  path: 'ticket-list::part(subject)',
  canceled: false,
  ...change,
});

const facts = (change: Partial<ReportFacts> = {}): ReportFacts => ({
  state: initialState,
  address: 'http://localhost:4400/demo/qa.html',
  browser: 'Mozilla/5.0 (X11) Test/1',
  window: { width: 1280, height: 860, ratio: 2 },
  scenario: scenarioOf('ticket-list/ready'),
  outcome: { reached: true },
  requests: [],
  events: [],
  findings: null,
  ...change,
});

describe('a bug report', () => {
  test('has all that somebody needs who was not there', () => {
    const report = bugReport(
      facts({
        state: { ...initialState, latency: 300, status: { reply: '500' }, language: 'pl' },
        requests: [request(), request({ method: 'POST', path: '/tickets', status: '429', fault: '429', size: null })],
        events: [event({ canceled: true })],
        findings: [
          {
            rule: 'color-contrast',
            impact: 'serious',
            help: 'Elements must meet minimum color contrast',
            helpUrl: 'https://example.com/',
            targets: [['ticket-list', '.meta']],
          },
        ],
      }),
    );
    expect(report).toBe(`## ticket-list/ready: Tickets of one’s own

**What happened:** 

**What should have happened:** 

- Address: http://localhost:4400/demo/qa.html
- Browser: Mozilla/5.0 (X11) Test/1
- Window: 1280 × 860 px, 2 device pixels each
- State: \`ready\`, reached
- Changed controls: latency \`300\`, status \`reply.500\`, language \`pl\`

### Requests

\`\`\`
08:15:30.250  GET /tickets?state=all&q=…  200  41 ms  5200 B
08:15:30.250  POST /tickets  429  41 ms  by wish: 429
\`\`\`

### Events

\`\`\`
08:15:30.250  portal-ticket-select  {"ticketId":"NbRon_yrwBwBrRvgfTPuyQ"}  ticket-list::part(subject)  canceled
\`\`\`

### axe

- **color-contrast** (serious): Elements must meet minimum color contrast
  - \`ticket-list .meta\`
`);
  });

  test('has the last fifty of each log, and says how many there were', () => {
    const requests = Array.from({ length: 60 }, (_, index) => request({ id: index, path: `/tickets/${index}` }));
    const report = bugReport(facts({ requests, events: [event()] }));
    expect(report).toContain('### Requests, the last 50 of 60');
    expect(report).not.toContain('/tickets/9 ');
    expect(report.match(/GET \/tickets\/\d+ /g)).toHaveLength(50);
    expect(report).toContain('/tickets/59 ');
    expect(report).toContain('### Events\n');
  });

  test('tells apart what was not asked, not found and not reached', () => {
    expect(bugReport(facts())).toContain('### axe\n\nNot asked.');
    expect(bugReport(facts({ findings: [] }))).toContain('### axe\n\nNo problem.');
    expect(bugReport(facts({ outcome: null }))).toContain('on its way');
    const missed = { reached: false, why: 'ticket-list/ready: row never came' } as const;
    expect(bugReport(facts({ outcome: missed }))).toContain('not reached: ticket-list/ready: row never came');
  });
});
