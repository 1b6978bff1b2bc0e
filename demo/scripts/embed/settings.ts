import { options, parts, type Switch, switches, type Tag } from './options.js';
import { themes } from '../theme-list.js';

/** What somebody has chosen. It lies in the page's address, so that a link holds all of it. */
export interface Settings {
  /** Elements that stand alone; none is the whole portal. */
  readonly parts: readonly Tag[];
  /** The value of each option, by its key. */
  readonly values: Readonly<Record<string, string>>;
  /** The name of a theme, or nothing. */
  readonly theme: string;
  /** `#rrggbb`, or nothing for the standard. */
  readonly accent: string;
  /** Pixels, or nothing for the standard. */
  readonly radius: string;
  readonly switches: Readonly<Record<Switch, boolean>>;
}

/** The greatest radius that anybody wants, in pixels. */
export const greatestRadius = 32;

const isRadius = (text: string): boolean => /^\d{1,2}$/.test(text) && Number(text) <= greatestRadius;

const mapOf = <Value>(entries: Iterable<readonly [string, Value]>) => Object.fromEntries(entries);

/** Reads settings from an address. What it does not know is as if it were not there: addresses are typed by people. */
export function readSettings(query: URLSearchParams): Settings {
  const text = (key: string, isRight: (value: string) => boolean): string => {
    const value = query.get(key) ?? '';
    return isRight(value) ? value : '';
  };
  const asked = (query.get('parts') ?? '').split(',');
  const on = (key: string, standard: boolean) => (standard ? query.get(key) !== 'no' : query.get(key) === 'yes');
  return {
    parts: parts.map(({ tag }) => tag).filter((tag) => asked.includes(tag)),
    values: mapOf(
      options.map(({ key, values: [first, ...others] }) => [
        key,
        text(key, (value) => others.some((other) => other.value === value)) || (first?.value ?? ''),
      ]),
    ),
    theme: text('theme', (value) => themes.some(({ name }) => name === value)),
    accent: text('accent', (value) => /^#[\da-f]{6}$/.test(value)),
    radius: text('radius', isRadius),
    switches: mapOf(
      Object.entries(switches).map(([key, standard]) => [key, on(key, standard)] as const),
    ) as Settings['switches'],
  };
}

/** Writes settings into a query beside what else is there: only what differs from the standard. */
export function writeSettings(settings: Settings, query: URLSearchParams): void {
  const set = (key: string, value: string) => (value ? query.set(key, value) : query.delete(key));
  set('parts', settings.parts.join());
  for (const { key, values } of options) {
    const value = settings.values[key] ?? '';
    set(key, value === values[0]?.value ? '' : value);
  }
  for (const key of ['theme', 'accent', 'radius'] as const) set(key, settings[key]);
  for (const [key, standard] of Object.entries(switches)) {
    const on = settings.switches[key as Switch];
    set(key, on === standard ? '' : on ? 'yes' : 'no');
  }
}
