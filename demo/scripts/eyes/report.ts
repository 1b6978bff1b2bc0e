import { make } from '../dom.js';
import type { Promises } from './promises.js';
import type { Asked } from './proof.js';
import type { Looker } from './scene.js';
import { count, say } from './words.js';

const kinds = ['ticket', 'messages', 'file', 'list', 'search', 'absent'] as const;
/** More of them help nobody; the number above counts all. */
const mostShown = 50;

/** The line that the page is for. */
export function verdictOf(asked: readonly Asked[], promises: Promises | null): string {
  const leaks = asked.filter(({ verdict }) => verdict === 'leak').length;
  const wrong = asked.filter(({ verdict }) => verdict === 'wrong').length + (promises?.broken.length ?? 0);
  const parts = [count(asked.length, 'questions'), count(leaks, 'leaks')];
  if (wrong) parts.push(count(wrong, 'wrong'));
  return parts.join(', ');
}

/** What was asked as whom, how it was answered, and each answer that should not have been given. */
export function renderReport(asked: readonly Asked[], promises: Promises, lookers: readonly Looker[]): Node[] {
  const failures = asked.filter(({ verdict }) => verdict !== 'right');
  const nameOf = (key: string) => lookers.find((one) => one.key === key)?.person.name ?? key;
  const nodes: Node[] = [];
  if (failures.length > 0) {
    nodes.push(
      make(
        'ul',
        { class: 'failures' },
        ...failures
          .slice(0, mostShown)
          .map(({ who, kind, about, verdict, got }) =>
            make(
              'li',
              {},
              make('strong', {}, say(verdict === 'leak' ? 'leak' : 'wrongOne')),
              ` ${nameOf(who)}: ${say(kind)} ${about} → ${got}`,
            ),
          ),
      ),
    );
  }
  const head = make('tr', {}, make('th', { scope: 'col' }, say('who')));
  head.append(...kinds.map((kind) => make('th', { scope: 'col' }, say(kind))));
  const rows = lookers.map(({ key, person }) => {
    const cells = kinds.map((kind) => {
      const all = asked.filter((one) => one.who === key && one.kind === kind);
      const given = all.filter((one) => one.given).length;
      return make('td', {}, cellOf(given, all.length - given));
    });
    return make('tr', {}, make('th', { scope: 'row' }, person.name), ...cells);
  });
  nodes.push(make('table', {}, make('thead', {}, head), make('tbody', {}, ...rows)));
  const skipped = promises.skipped ? `; ${say('skipped').replace('{{n}}', String(promises.skipped))}` : '';
  nodes.push(make('p', { class: 'meta' }, `${say('suite')}: ${count(promises.kept, 'promises')}${skipped}.`));
  for (const name of promises.broken) nodes.push(make('p', { class: 'problem' }, `${say('broken')}: ${name}`));
  return nodes;
}

function cellOf(given: number, refused: number): string {
  const parts = [given ? `${given} ${say('given')}` : '', refused ? `${refused} ${say('refused')}` : ''];
  return parts.filter(Boolean).join(', ');
}
