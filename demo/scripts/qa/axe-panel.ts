import { find, make } from '../dom.js';
import type { Finding } from './axe.js';
import type { Stage } from './contract.js';
import { say } from './words.js';

/** What axe finds on the stage: when asked, and after each state while the panel is open. */
export interface AxePanel {
  /** Of the element as it stands; `null` when nobody has asked. */
  readonly findings: readonly Finding[] | null;
  look(): Promise<void>;
  /** Another element stands there now. */
  forget(): void;
  rename(): void;
}

export function createAxePanel(panel: HTMLElement, stageNow: () => Stage | null): AxePanel {
  const verdict = find('[role=status]', panel);
  const list = find('ul', panel);
  let findings: readonly Finding[] | null = null;
  let isLooking = false;
  let asked = 0;

  function show(): void {
    verdict.textContent = isLooking
      ? say('looking')
      : findings === null
        ? say('notAsked')
        : findings.length === 0
          ? say('noFindings')
          : '';
    list.replaceChildren(...(findings ?? []).map(itemOf));
    const count = document.querySelector(`[aria-controls="${panel.id}"] .count`);
    if (count) count.textContent = findings?.length ? String(findings.length) : '';
  }

  function itemOf({ rule, impact, help, helpUrl, targets }: Finding): HTMLElement {
    const about = make('a', { href: helpUrl, target: '_blank', rel: 'noreferrer' }, rule);
    const places = targets.map((path) => {
      const place = make('button', { type: 'button' }, make('code', {}, path.join(' ')));
      place.addEventListener('click', () => stageNow()?.highlight(path));
      return make('li', {}, place);
    });
    return make('li', { lang: 'en-GB' }, about, ` ${impact}: ${help}`, make('ul', {}, ...places));
  }

  async function look(): Promise<void> {
    const stage = stageNow();
    if (!stage) return;
    const mine = ++asked;
    isLooking = true;
    show();
    const found = await stage.findProblems();
    if (mine !== asked) return;
    findings = found;
    isLooking = false;
    show();
  }

  find('button', panel).addEventListener('click', () => void look());
  show();
  return {
    get findings() {
      return findings;
    },
    look,
    forget() {
      asked += 1;
      findings = null;
      isLooking = false;
      show();
    },
    rename: show,
  };
}
