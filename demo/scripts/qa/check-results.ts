import type { ScenarioTag } from '../../../src/testing/scenarios/index.js';
import { checksOf } from './check-list.js';

export type CheckResult = 'works' | 'fails';

/** What a person has found, element by element; kept in this browser alone. */
export type CheckResults = Readonly<Partial<Record<ScenarioTag, Readonly<Record<string, CheckResult>>>>>;

const key = 'portico:qa:checks';

/** A browser that keeps nothing begins anew each time. */
export function readResults(storage: Pick<Storage, 'getItem'>): CheckResults {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as CheckResults) : {};
  } catch {
    return {};
  }
}

/** The same result a second time takes it back. */
export function withResult(results: CheckResults, element: ScenarioTag, id: string, result: CheckResult): CheckResults {
  const { [id]: before, ...others } = results[element] ?? {};
  return { ...results, [element]: before === result ? others : { ...others, [id]: result } };
}

export function keepResults(storage: Pick<Storage, 'setItem'>, results: CheckResults): void {
  try {
    storage.setItem(key, JSON.stringify(results));
  } catch {
    // Full, or forbidden: the page works on.
  }
}

/** A check list in Markdown, for whoever collects them. */
export function exportResults(
  results: CheckResults,
  element: ScenarioTag,
  language: 'en' | 'pl',
  browser: string,
): string {
  const signs = { works: 'x', fails: ' ' } as const;
  const lines = checksOf(element).map((check) => {
    const result = results[element]?.[check.id];
    return `- [${result ? signs[result] : ' '}] ${result === 'fails' ? '**✗** ' : ''}${check[language]}`;
  });
  return [`## <${element}>`, '', browser, '', ...lines, ''].join('\n');
}
