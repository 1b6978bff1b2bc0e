import type { Scenario } from '../../../src/testing/scenarios/index.js';
import type { Finding } from './axe.js';
import type { Outcome } from './contract.js';
import type { EventEntry, RequestEntry } from './log.js';
import { initialState, parameters, type QaKey, type QaState } from './state.js';

/** All that a bug report is made of. */
export interface ReportFacts {
  readonly state: QaState;
  /** Of the QA page, as it stands. */
  readonly address: string;
  /** `navigator.userAgent`. */
  readonly browser: string;
  /** Of the window, in CSS pixels. */
  readonly window: { readonly width: number; readonly height: number; readonly ratio: number };
  readonly scenario: Scenario;
  /** `null` while it is being opened. */
  readonly outcome: Outcome | null;
  readonly requests: readonly RequestEntry[];
  readonly events: readonly EventEntry[];
  /** `null` when nobody has asked axe. */
  readonly findings: readonly Finding[] | null;
}

/** Lines of each log that are worth reading. */
const most = 50;

/**
 * A bug report in Markdown, in English, for the people who mend it. It has addresses, ids, codes and times; no token, nothing
 * that somebody has typed, no message.
 */
export function bugReport(facts: ReportFacts): string {
  const { state, scenario, outcome, window } = facts;
  return [
    `## ${scenario.id}: ${scenario.title}`,
    '',
    '**What happened:** ',
    '',
    '**What should have happened:** ',
    '',
    `- Address: ${facts.address}`,
    `- Browser: ${facts.browser}`,
    `- Window: ${window.width} × ${window.height} px, ${window.ratio} device pixels each`,
    `- State: \`${scenario.state}\`, ${outcomeText(outcome)}`,
    `- Changed controls: ${changedControls(state) || 'none'}`,
    '',
    ...section('Requests', facts.requests, requestLine),
    ...section('Events', facts.events, eventLine),
    ...problems(facts.findings),
  ].join('\n');
}

const outcomeText = (outcome: Outcome | null): string =>
  outcome === null ? 'on its way' : outcome.reached ? 'reached' : `not reached: ${outcome.why}`;

function changedControls(state: QaState): string {
  return (Object.keys(parameters) as QaKey[])
    .filter((key) => key !== 'scenario' && key !== 'panel' && state[key] !== initialState[key])
    .map((key) => [key, (parameters[key].format as (value: unknown) => string)(state[key])])
    .filter(([, text]) => text !== '')
    .map(([key, text]) => `${key} \`${text}\``)
    .join(', ');
}

const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 23);

const requestLine = ({ at, method, path, status, ms, size, fault }: RequestEntry): string =>
  [
    `${timeOf(at)}  ${method} ${path}  ${status ?? '…'}`,
    ms === null ? '' : `${ms} ms`,
    size === null ? '' : `${size} B`,
    fault === null ? '' : `by wish: ${fault}`,
  ]
    .filter(Boolean)
    .join('  ');

const eventLine = ({ at, name, detail, path, canceled }: EventEntry): string =>
  `${timeOf(at)}  ${name}  ${JSON.stringify(detail)}  ${path}${canceled ? '  canceled' : ''}`;

function section<Entry>(title: string, entries: readonly Entry[], lineOf: (entry: Entry) => string): string[] {
  const shown = entries.slice(-most);
  const count = shown.length < entries.length ? `, the last ${most} of ${entries.length}` : '';
  if (shown.length === 0) return [`### ${title}`, '', 'None.', ''];
  return [`### ${title}${count}`, '', '```', ...shown.map(lineOf), '```', ''];
}

function problems(findings: readonly Finding[] | null): string[] {
  if (findings === null) return ['### axe', '', 'Not asked.', ''];
  if (findings.length === 0) return ['### axe', '', 'No problem.', ''];
  const lines = findings.flatMap(({ rule, impact, help, targets }) => [
    `- **${rule}** (${impact}): ${help}`,
    ...targets.map((path) => `  - \`${path.join(' ')}\``),
  ]);
  return ['### axe', '', ...lines, ''];
}
