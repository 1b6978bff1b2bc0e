import type { CustomerPortalElement, TicketDetailElement, TicketListElement } from '../../src/index.js';
import { startDeskPane } from './eyes/desk-pane.js';
import { copyOf, find, make } from './dom.js';
import { listAll, refreshList } from './eyes/motion.js';
import { prove } from './eyes/proof.js';
import { renderReport, verdictOf } from './eyes/report.js';
import { type Permission, readPermission, type Scene, type Viewpoint } from './eyes/scene.js';
import { startTabs } from './eyes/tabs.js';
import { findHome, frontDoor, isAtHome, openWithServer } from './eyes/with-server.js';
import { count, say } from './eyes/words.js';
import { pageLanguage, startPage, withoutServer } from './page.js';

/** The page "Same page, four pairs of eyes": three people and Support at one help desk, and the switch between them. */

const problem = find<HTMLElement>('[data-problem]');
const switches = find<HTMLFieldSetElement>('[data-permission]');
const proveButton = find<HTMLButtonElement>('[data-prove]');
const verdict = find<HTMLElement>('[data-verdict]');
const evidence = find<HTMLDetailsElement>('[data-evidence]');
const announcement = find<HTMLElement>('[data-announce]');
const supportPane = find<HTMLElement>('[data-pane=support]');

/** Repeats in the page's language whatever was said in the other one. */
let retell = (): void => {};

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    problem.textContent = '';
  } catch {
    problem.textContent = say('failed');
  }
}

/** Nobody answers here; the same page works in the browser alone. */
function offerBrowserAlone(): void {
  const address = new URL(location.href);
  address.searchParams.set('backend', 'demo');
  retell = () => problem.replaceChildren(say('noServer'), ' ', make('a', { href: address.href }, say('alone')));
  retell();
}

async function openScene(): Promise<Scene | null> {
  if (withoutServer()) return (await import('./eyes/in-page.js')).openInPage(sessionStorage, pageLanguage);
  if (isAtHome()) return openWithServer();
  const home = await findHome();
  if (home) location.replace(home);
  return home ? new Promise(() => {}) : null;
}

/** A pane of a contact: the very elements that a page of a customer has. */
function openView({ looker, backend }: Viewpoint) {
  const pane = find<HTMLElement>(`[data-pane=${looker.key}]`);
  const copy = copyOf('portal');
  const portal = find<CustomerPortalElement>('customer-portal', copy);
  const list = find<TicketListElement>('ticket-list', copy);
  const detail = find<TicketDetailElement>('ticket-detail', copy);
  portal.backend = backend;
  find('[data-body]', pane).append(copy);
  let shown: ReadonlyMap<string, string> | undefined;
  return {
    looker,
    portal,
    get tickets() {
      return shown?.size ?? 0;
    },
    /** Resolves with true when there was something new. What is as it was is left alone: somebody may be reading. */
    async refresh(): Promise<boolean> {
      const before = shown;
      const now = await listAll(backend);
      const isNew = before?.size !== now.size || [...now].some(([id, ticket]) => before.get(id) !== ticket);
      if (isNew) await Promise.all([refreshList(list, now), detail.refresh()]);
      shown = now;
      retellCount(pane, now.size);
      return before !== undefined && isNew;
    },
  };
}

function retellCount(pane: HTMLElement, tickets: number): void {
  const place = find<HTMLElement>('[data-count]', pane);
  place.dataset['n'] = String(tickets);
  place.textContent = count(tickets, 'tickets');
}

async function start(scene: Scene): Promise<void> {
  const tabs = startTabs(find('[data-tabs]'));
  const views = scene.views.map(openView);
  // The loader fetches the elements when it sees the first of them.
  await Promise.all(['customer-portal', 'ticket-list', 'ticket-detail'].map((tag) => customElements.whenDefined(tag)));
  const desk = startDeskPane(supportPane, scene.desk, attempt, refreshSoon);

  let running: Promise<void> | undefined;
  let isStale = false;
  /** Brings everything up to date; what happens meanwhile is looked at right after. */
  function refreshSoon(): void {
    isStale = true;
    running ??= (async () => {
      while (isStale) {
        isStale = false;
        await attempt(refreshAll);
      }
    })().finally(() => {
      running = undefined;
    });
  }

  async function refreshAll(): Promise<void> {
    const [tickets] = await Promise.all([
      desk.refresh(),
      ...views.map(async (view) => {
        if (await view.refresh()) tabs.mark(view.looker.key);
      }),
    ]);
    retellCount(supportPane, tickets);
  }

  function announceCounts(): void {
    const all = views.map((view) => `${view.looker.person.name}: ${count(view.tickets, 'tickets')}`);
    announcement.textContent = all.join(', ');
  }

  async function choose(permission: Permission): Promise<void> {
    clearProof();
    await scene.setPermission(permission);
    refreshSoon();
    await running;
    announceCounts();
  }

  function clearProof(): void {
    verdict.textContent = '';
    delete verdict.dataset['outcome'];
    evidence.hidden = true;
    retell = () => {};
  }

  async function runProof(): Promise<void> {
    clearProof();
    proveButton.disabled = true;
    try {
      const permission = switches.querySelector<HTMLInputElement>(':checked')?.value as Permission;
      const progress = (asked: number) => {
        if (asked % 20 === 0) verdict.dataset['progress'] = `${say('asking')} · ${count(asked, 'questions')}`;
      };
      const asked = await prove(scene.views, scene.desk, permission, progress);
      const { checkPromises } = await import('./eyes/promises.js');
      const promises = await checkPromises();
      retell = () => {
        verdict.textContent = verdictOf(asked, promises);
        find('[data-report]').replaceChildren(
          ...renderReport(
            asked,
            promises,
            scene.views.map(({ looker }) => looker),
          ),
        );
      };
      retell();
      const isRight = asked.every((one) => one.verdict === 'right') && promises.broken.length === 0;
      verdict.dataset['outcome'] = isRight ? 'right' : 'leak';
      evidence.hidden = false;
    } finally {
      delete verdict.dataset['progress'];
      proveButton.disabled = false;
    }
  }

  const permission = await readPermission(scene.views);
  find<HTMLInputElement>(`[value=${permission}]`, switches).checked = true;
  switches.addEventListener('change', ({ target }) => {
    const { value } = target as HTMLInputElement;
    void attempt(() => choose(value as Permission));
  });
  proveButton.addEventListener('click', () => void attempt(runProof));
  refreshSoon();
  await running;
  scene.onChange(refreshSoon);
  for (const { portal } of views) portal.addEventListener('portal-reply-sent', refreshSoon);
  for (const { portal } of views) portal.addEventListener('portal-ticket-created', refreshSoon);
  onLanguage = () => {
    desk.rename();
    refreshSoon();
  };
  switches.disabled = proveButton.disabled = false;
}

let onLanguage = (): void => {};

startPage((language) => {
  document.title = find<HTMLElement>('title').dataset[language] ?? document.title;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-front]')) {
    if (isAtHome()) link.href = frontDoor(link.href);
  }
  for (const place of document.querySelectorAll<HTMLElement>('[data-n]')) {
    place.textContent = count(Number(place.dataset['n']), 'tickets');
  }
  retell();
  onLanguage();
});

void (async () => {
  try {
    const scene = await openScene();
    if (scene) await start(scene);
    else offerBrowserAlone();
  } catch {
    offerBrowserAlone();
  }
})();
