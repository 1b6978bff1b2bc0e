import { scenarioOf } from '../../src/testing/scenarios/index.js';
import { find } from './dom.js';
import { pageLanguage, startPage } from './page.js';
import { createAxePanel } from './qa/axe-panel.js';
import { createChecksPanel } from './qa/checks-panel.js';
import type { Outcome, Stage } from './qa/contract.js';
import { createControls } from './qa/controls.js';
import { copyText } from './qa/copy.js';
import { createFrame, stageAddress } from './qa/frame.js';
import { createLogs } from './qa/log-panels.js';
import type { PageWorlds } from './qa/page-worlds.js';
import { cssOf } from './qa/parts.js';
import { createPartsPanel } from './qa/parts-panel.js';
import { createPicker } from './qa/picker.js';
import { bugReport } from './qa/report.js';
import { createReset } from './qa/reset.js';
import { createRouteStatus } from './qa/route-status.js';
import { createSharePanel } from './qa/share-panel.js';
import { snippetOf } from './qa/snippet.js';
import { formatState, needsRemaking, parseState, type QaState } from './qa/state.js';
import { createTabs } from './qa/tabs.js';
import { trustScripts } from './qa/trust.js';
import { say } from './qa/words.js';

/**
 * Every element in every scenario, for people who test by hand. The address is the state; each control changes the address,
 * and everything on the page follows it.
 */

let state = parseState(location.search);
let stage: Stage | null = null;
let outcome: Outcome | null = null;
let worlds: Promise<PageWorlds> | undefined;

trustScripts();

const copy = (what: 'link' | 'snippet' | 'report' | 'css' | 'list', text: string) => void copyText(say(what), text);

const frame = createFrame(find<HTMLElement>('[data-frame]'), change);
const controls = createControls(find<HTMLElement>('form.controls'), change);
const routes = createRouteStatus(find<HTMLElement>('[data-route-status]'), change);
const picker = createPicker(find<HTMLElement>('.picker'), change);
const tabs = createTabs(find<HTMLElement>('[role=tablist]'), change);
const logs = createLogs(find<HTMLElement>('#network'), find<HTMLElement>('#events'));
const axe = createAxePanel(find<HTMLElement>('#axe'), () => stage);
const parts = createPartsPanel(
  find<HTMLElement>('#parts'),
  () => stage,
  (part) => copy('css', cssOf(part)),
);
const checks = createChecksPanel(find<HTMLElement>('#checks'), (text) => copy('list', text));
const share = createSharePanel(find<HTMLElement>('#share'));
const reset = createReset(find<HTMLButtonElement>('[data-reset]'), {
  state: () => state,
  worlds: () => worlds ?? null,
  onDone: open,
});

window.qaHost = {
  attach(next) {
    stage = next;
    // Its address knows nothing of what only this page has, such as the panel that is open.
    next.apply(state);
  },
  request: logs.request,
  event: logs.event,
  reached(next) {
    outcome = next;
    showOutcome();
    parts.refresh();
    if (state.panel === 'axe') void axe.look();
  },
  spent: () => change({ fail: 'none' }),
  pointed: parts.point,
  picked: (part) => copy('css', cssOf(part)),
  worlds() {
    worlds ??= import('./qa/page-worlds.js').then(({ createPageWorlds }) => createPageWorlds());
    return worlds;
  },
};

function change(patch: Partial<QaState>): void {
  const before = state;
  state = { ...before, ...patch };
  const address = formatState(state);
  history.replaceState(history.state, '', address || location.pathname);
  show();
  if (needsRemaking(before, state)) return open();
  stage?.apply(state);
  if (before.panel === state.panel) return;
  if (state.panel === 'parts') parts.refresh();
  if (state.panel === 'axe' && axe.findings === null) void axe.look();
}

/** Puts the scenario on the stage anew; what was logged belongs to the one before. */
function open(): void {
  stage = null;
  outcome = null;
  logs.clear();
  axe.forget();
  showOutcome();
  frame.open(state);
}

function show(): void {
  const { id, title } = scenarioOf(state.scenario);
  find('[data-scenario-id]').textContent = id;
  find('[data-scenario-title]').textContent = title;
  find<HTMLAnchorElement>('a[data-alone]').href = stageAddress(state);
  for (const part of [controls, routes, picker, tabs, checks, share, reset]) part.show(state);
  frame.fit(state);
  const hints = [say('here'), scenarioOf(state.scenario).world ? say('world') : ''];
  find('[data-hint]').textContent = state.server === 'here' ? hints.join(' ') : '';
}

function showOutcome(): void {
  const place = find<HTMLElement>('[data-outcome]');
  place.dataset['outcome'] = outcome === null ? 'opening' : outcome.reached ? 'reached' : 'missed';
  place.textContent =
    outcome === null ? say('opening') : outcome.reached ? say('reached') : `${say('missed')} ${outcome.why}`;
}

const actions: Readonly<Record<string, () => void>> = {
  link: () => copy('link', location.href),
  snippet: () => copy('snippet', snippetOf(state, document.baseURI)),
  report: () => {
    const window = { width: innerWidth, height: innerHeight, ratio: devicePixelRatio };
    const facts = { state, address: location.href, browser: navigator.userAgent, window, outcome };
    const { requests, events } = logs;
    copy(
      'report',
      bugReport({ ...facts, scenario: scenarioOf(state.scenario), requests, events, findings: axe.findings }),
    );
  },
};
for (const button of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  button.addEventListener('click', () => actions[button.dataset['copy'] ?? '']?.());
}
find('[data-again]').addEventListener('click', open);

startPage(() => {
  document.title = find<HTMLElement>('title').dataset[pageLanguage()] ?? document.title;
  state = { ...state, lang: pageLanguage() };
  history.replaceState(history.state, '', formatState(state) || location.pathname);
  show();
  showOutcome();
  logs.rename();
  axe.rename();
  parts.point(null);
});
controls.offerServer(await reset.findServer());
show();
open();
