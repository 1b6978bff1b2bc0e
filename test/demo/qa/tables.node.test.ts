import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { checks, checksOf } from '../../../demo/scripts/qa/check-list.js';
import { exportResults, keepResults, readResults, withResult } from '../../../demo/scripts/qa/check-results.js';
import { controls } from '../../../demo/scripts/qa/control-table.js';
import { eventNames } from '../../../demo/scripts/qa/element-events.js';
import { lineOf, loggedQuery, routeNames, routeOf } from '../../../demo/scripts/qa/routes.js';
import { snippetOf } from '../../../demo/scripts/qa/snippet.js';
import { initialState, parameters } from '../../../demo/scripts/qa/state.js';
import { scenarioTags } from '../../../src/testing/scenarios/scenario.js';
import { liveRoutes, portalRoutes } from '../../../src/wire/index.js';

describe('the tables of the QA page', () => {
  test('hear every event of the manifest', () => {
    const manifest = JSON.parse(
      readFileSync(new URL('../../../custom-elements.json', import.meta.url), 'utf8'),
    ) as Manifest;
    interface Manifest {
      readonly modules: readonly { readonly declarations?: readonly { readonly events?: { name: string }[] }[] }[];
    }
    const known = manifest.modules.flatMap(({ declarations = [] }) =>
      declarations.flatMap(({ events = [] }) => events.map(({ name }) => name)),
    );
    expect([...eventNames].toSorted()).toEqual([...new Set(known)].toSorted());
  });

  test('name routes that the wire has', () => {
    const wire = Object.values({ ...portalRoutes, ...liveRoutes }).map(({ method, path }) => `${method} ${path}`);
    for (const name of routeNames) expect(wire, name).toContain(lineOf(name));
  });

  test('find the route of a request', () => {
    expect(routeOf('GET', '/tickets?state=open')).toBe('listTickets');
    expect(routeOf('GET', '/tickets/NbRon_yrwBwBrRvgfTPuyQ')).toBe('getTicket');
    expect(routeOf('POST', '/tickets/NbRon_yrwBwBrRvgfTPuyQ/messages')).toBe('reply');
    expect(routeOf('GET', '/counts')).toBeUndefined();
  });

  test('keep what somebody searches for out of the log', () => {
    expect(
      loggedQuery([
        ['state', 'all'],
        ['q', 'my secret'],
        ['cursor', 'sealed'],
        ['scope', ''],
      ]),
    ).toBe('?state=all&q=…');
  });

  test('offer nothing that the address could not say', () => {
    for (const { key, options = [] } of controls) {
      for (const option of options) {
        const { initial, parse } = parameters[key];
        const said = parse(String(option));
        expect(said === option || option === initial, `${key} ${option}`).toBe(true);
      }
    }
  });

  test('have twenty to forty checks, in both languages, and enough for each element', () => {
    expect(checks.length).toBeGreaterThanOrEqual(20);
    expect(checks.length).toBeLessThanOrEqual(40);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    for (const { id, en, pl } of checks) expect(en && pl && en !== pl, id).toBe(true);
    for (const tag of scenarioTags) expect(checksOf(tag).length, tag).toBeGreaterThanOrEqual(20);
  });
});

describe('the check list', () => {
  test('keeps results in the browser, takes one back, and exports them', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (k: string, v: string) => kept.set(k, v),
    };
    let results = withResult(readResults(storage), 'ticket-list', 'keyboard', 'works');
    results = withResult(results, 'ticket-list', 'focus', 'fails');
    results = withResult(results, 'ticket-list', 'polish', 'works');
    keepResults(storage, withResult(results, 'ticket-list', 'polish', 'works'));
    expect(readResults(storage)).toEqual({ 'ticket-list': { keyboard: 'works', focus: 'fails' } });

    const list = exportResults(readResults(storage), 'ticket-list', 'en', 'Test/1');
    expect(list).toMatch(/^## <ticket-list>\n\nTest\/1\n\n- \[x\] Tab leads to every control/);
    expect(list).toContain('- [ ] **✗** The focus is always to be seen');
    expect(list).toContain('- [ ] In Polish every word is Polish');
    kept.set('portico:qa:checks', '{broken');
    expect(readResults(storage)).toEqual({});
  });
});

describe('a snippet', () => {
  const base = 'https://example.com/demo/qa.html';

  test('has the element with its attributes, on the demo world in the browser', () => {
    const state = { ...initialState, scenario: 'ticket-list/no-match', language: 'pl', dir: 'rtl' } as const;
    expect(snippetOf(state, base)).toBe(
      `<script type="module" src="https://example.com/demo/help/embed.js"></script>
<ticket-list backend="demo" state="closed" lang="pl" dir="rtl"></ticket-list>
`,
    );
  });

  test('takes the portal of the server that the page came from', () => {
    const state = { ...initialState, scenario: 'support-form/article', server: 'here' } as const;
    expect(snippetOf(state, base)).toBe(
      `<script type="module" src="https://example.com/help/embed.js"></script>
<support-form article-url="https://help.example/hub" article-title="Why is my hub offline?"></support-form>
`,
    );
  });
});
