import { define } from '../../src/define.js';
import { dress, openScenario, play, scenarioOf } from '../../src/testing/scenarios/index.js';
import { find } from './dom.js';
import { findProblems } from './qa/axe.js';
import { backendMaker } from './qa/backends.js';
import { setClock } from './qa/clock.js';
import type { Outcome, StageHost } from './qa/contract.js';
import { listenToElements } from './qa/element-events.js';
import { createHighlight, elementAt, elementOfPart } from './qa/highlight.js';
import { createInspector } from './qa/inspector.js';
import { createRequestLog } from './qa/log.js';
import { applyLook, watchRoots } from './qa/look.js';
import { createNetwork } from './qa/network.js';
import { callsThrough } from './qa/over-methods.js';
import { fetchThrough } from './qa/over-http.js';
import { visibleParts } from './qa/parts.js';
import { parseState, type QaState } from './qa/state.js';
import { ignoreSteppingIn } from './qa/stepping-in.js';
import { trustScripts } from './qa/trust.js';
import { sayOnStage, stageWords } from './qa/words.js';

/**
 * One element in one scenario, as the address says: a page of its own with its own window, clock and registry, that the QA
 * page shows in a frame, that a phone opens, and that pictures are taken of.
 */

const alone: StageHost = {
  attach() {},
  request() {},
  event() {},
  reached() {},
  spent() {},
  pointed() {},
  picked() {},
  worlds: async () => (await import('./qa/page-worlds.js')).createPageWorlds(),
};

const host = (parent === window ? undefined : parent.qaHost) ?? alone;
const state = parseState(location.search);
const scenario = scenarioOf(state.scenario);
const place = find<HTMLElement>('[data-place]');

trustScripts();
setClock(state.clock || (scenario.clock ?? ''));
watchRoots();
if (host !== alone) ignoreSteppingIn();
leaveTicket();

const network = createNetwork(() => host.spent());
const log = createRequestLog((entry) => host.request(entry));
const highlight = createHighlight();
const inspector = createInspector(host, highlight);

function apply(next: QaState): void {
  network.set(next);
  applyLook(next);
  inspector.turn(next.panel === 'parts' && host !== alone);
}

/** A ticket that the address still names was opened by whoever was here before a reload. */
function leaveTicket(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('ticket')) return;
  address.searchParams.delete('ticket');
  history.replaceState(null, '', address);
}

/** @throws what kept the element from its state */
async function open(): Promise<void> {
  const broken = new Set<string>(scenario.faults?.map(({ call }) => call));
  const make = backendMaker(state, { fetch: fetchThrough(network, log, fetch), worlds });
  const contact = state.contact === 'nobody' ? null : state.contact;
  const asked = state.contact === 'scenario' ? scenario : { ...scenario, contact };
  const stage = await openScenario(asked, make);

  const backend =
    typeof stage.backend === 'string'
      ? stage.backend
      : callsThrough(stage.backend, {
          log,
          network: state.server === 'memory' ? network : null,
          isBroken: (call) => broken.has(call),
        });
  network.enter('steps');
  const element = document.createElement(scenario.element);
  dress(element, scenario);
  Object.assign(element, { backend });
  place.append(element);
  // After it stands there, as in any page: what is not on the page is loaded later.
  define();
  await customElements.whenDefined(scenario.element);
  await play(element, scenario, {
    ...stage,
    fault(fault) {
      broken.add(fault.call);
      stage.fault(fault);
    },
  }).finally(() => network.enter('open'));
}

/** Loading takes a while, and says so. */
async function worlds() {
  sayOnStage(stageWords[state.lang].loading);
  const loaded = await host.worlds();
  sayOnStage(stageWords[state.lang].writing);
  return loaded;
}

async function start(): Promise<Outcome> {
  try {
    await open();
    sayOnStage('');
    return { reached: true };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (!place.firstElementChild) sayOnStage(`${stageWords[state.lang].failed} ${why}`);
    else sayOnStage('');
    return { reached: false, why };
  }
}

listenToElements((entry) => host.event(entry));
apply(state);
host.attach({
  apply,
  findProblems,
  parts: () => visibleParts(place),
  highlight(what) {
    const isPart = what !== null && 'here' in what;
    const element = what && (isPart ? elementOfPart(place, what) : elementAt(what));
    if (!isPart) element?.scrollIntoView({ block: 'center' });
    highlight.over(element ?? null);
  },
});
window.qaStage = start();
const outcome = await window.qaStage;
document.documentElement.dataset['outcome'] = outcome.reached ? 'reached' : 'missed';
host.reached(outcome);
