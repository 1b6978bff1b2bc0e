import { scenarios } from '../../../src/testing/scenarios/table.js';
import { type Breakage, breakages, isBreakage } from './breakage.js';
import { choice, flag, moment, type Parameter, whole } from './parameter.js';
import { isRouteName, type RouteName, routeNames } from './routes.js';
import { themes } from '../theme-list.js';

export type StatusByRoute = Readonly<Partial<Record<RouteName, Breakage>>>;

/** `listTickets.500,reply.429`. */
const statusByRoute: Parameter<StatusByRoute> = {
  initial: {},
  parse(text) {
    const found: Partial<Record<RouteName, Breakage>> = {};
    for (const pair of text.split(',')) {
      const [name = '', breakage = ''] = pair.split('.');
      if (isRouteName(name) && isBreakage(breakage)) found[name] = breakage;
    }
    return found;
  },
  format: (value) => routeNames.flatMap((name) => (value[name] ? [`${name}.${value[name]}`] : [])).join(),
};

/** Pixels; `width` 0 takes all the room there is. */
export const narrowest = 280;
export const widest = 1280;

/**
 * Everything that the page can be set to, by its name in the address. The address is the whole state: who opens it sees the
 * same. What the element's portal runs on is `memory` at first: it is there at once and the same each time, so that two
 * clicks show any scenario; `page` loads 4 MB for the real server, and keeps what was done to it.
 */
export const parameters = {
  /** Of the page; the element has a language of its own. */
  lang: choice(['en', 'pl'], 'en'),
  scenario: choice(
    scenarios.map(({ id }) => id),
    'ticket-list/ready',
  ),
  server: choice(['memory', 'page', 'here'], 'memory'),
  /** Who is signed in in place of the scenario's contact. */
  contact: choice(['scenario', 'nobody', 'alice', 'bob', 'carol', 'dave', 'erin'], 'scenario'),
  permission: choice(['world', 'own', 'company', 'company-if'], 'world'),
  clock: moment,
  /** Milliseconds, each request; up to `jitter` more, by chance. */
  latency: whole(0, 60_000, 0),
  jitter: whole(0, 60_000, 0),
  offline: flag,
  /** How the next request fails; it is spent with it. */
  fail: choice(['none', ...breakages], 'none'),
  status: statusByRoute,
  width: whole(narrowest, widest, 0),
  /** Percent. */
  zoom: whole(50, 400, 100),
  language: choice(['en', 'pl', 'de', 'ar', 'en-XA', 'ar-XB'], 'en'),
  dir: choice(['auto', 'ltr', 'rtl'], 'auto'),
  scheme: choice(['auto', 'light', 'dark'], 'auto'),
  host: choice(['plain', 'class-dark', 'ugly'], 'plain'),
  theme: choice(['none', ...themes.map(({ name }) => name)], 'none'),
  /** The distances of WCAG 1.4.12. */
  spacing: flag,
  panel: choice(['events', 'network', 'axe', 'parts', 'checks', 'share'], 'events'),
};

export type QaState = {
  readonly [Name in keyof typeof parameters]: (typeof parameters)[Name] extends Parameter<infer T> ? T : never;
};

export type QaKey = keyof QaState;

const entries = Object.entries(parameters) as readonly (readonly [QaKey, Parameter<unknown>])[];

/** The state that an address asks for. */
export function parseState(search: string): QaState {
  const asked = new URLSearchParams(search);
  return Object.fromEntries(
    entries.map(([name, { initial, parse }]) => [name, parse(asked.get(name) ?? '') ?? initial]),
  ) as QaState;
}

/** The address of a state, from `?` on; empty when nothing was changed. */
export function formatState(state: QaState): string {
  const said = new URLSearchParams();
  for (const [name, { initial, format }] of entries) {
    const text = format(state[name]);
    if (state[name] !== initial && text !== '') said.set(name, text);
  }
  return said.size > 0 ? `?${said}` : '';
}

export const initialState: QaState = parseState('');

/** What the element must be made anew for; all else changes under it. */
const remaking: readonly QaKey[] = ['scenario', 'server', 'contact', 'permission', 'clock'];

export const needsRemaking = (before: QaState, after: QaState): boolean =>
  remaking.some((name) => before[name] !== after[name]);
