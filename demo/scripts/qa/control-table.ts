import { breakages } from './breakage.js';
import type { QaKey, QaState } from './state.js';
import { themes } from '../theme-list.js';
import { isText, say, type TextKey } from './words.js';

export type ControlGroup = 'world' | 'network' | 'look';

/** How a control looks. What it may hold is said by its parameter. */
export interface Control {
  readonly key: Exclude<QaKey, 'lang' | 'scenario' | 'panel' | 'status'> & TextKey;
  readonly group: ControlGroup;
  readonly kind: 'select' | 'check' | 'moment';
  readonly options?: readonly (string | number)[];
  /** Behind each number. */
  readonly unit?: string;
}

/** Controls in the order in which they stand on the page. */
export const controls: readonly Control[] = [
  { key: 'server', group: 'world', kind: 'select', options: ['memory', 'page', 'here'] },
  {
    key: 'contact',
    group: 'world',
    kind: 'select',
    options: ['scenario', 'nobody', 'alice', 'bob', 'carol', 'dave', 'erin'],
  },
  { key: 'permission', group: 'world', kind: 'select', options: ['world', 'own', 'company', 'company-if'] },
  { key: 'clock', group: 'world', kind: 'moment' },
  { key: 'latency', group: 'network', kind: 'select', options: [0, 300, 1000, 3000, 12_000], unit: 'ms' },
  { key: 'jitter', group: 'network', kind: 'select', options: [0, 100, 500, 2000], unit: 'ms' },
  { key: 'fail', group: 'network', kind: 'select', options: ['none', ...breakages] },
  { key: 'offline', group: 'network', kind: 'check' },
  {
    key: 'width',
    group: 'look',
    kind: 'select',
    options: [0, 280, 320, 390, 600, 768, 1024, 1280],
    unit: 'px',
  },
  { key: 'zoom', group: 'look', kind: 'select', options: [50, 100, 150, 200, 400], unit: '%' },
  { key: 'language', group: 'look', kind: 'select', options: ['en', 'pl', 'de', 'ar', 'en-XA', 'ar-XB'] },
  { key: 'dir', group: 'look', kind: 'select', options: ['auto', 'ltr', 'rtl'] },
  { key: 'scheme', group: 'look', kind: 'select', options: ['auto', 'light', 'dark'] },
  { key: 'host', group: 'look', kind: 'select', options: ['plain', 'class-dark', 'ugly'] },
  { key: 'theme', group: 'look', kind: 'select', options: ['none', ...themes.map(({ name }) => name)] },
  { key: 'spacing', group: 'look', kind: 'check' },
];

const languages = {
  en: 'English',
  pl: 'Polski',
  de: 'Deutsch',
  ar: 'العربية',
  'en-XA': '[Ĥèļļø] en-XA',
  'ar-XB': '[Ĥèļļø] ar-XB',
};

/** How an option is called. */
export function optionLabel({ key, unit }: Pick<Control, 'key' | 'unit'>, option: string | number): string {
  const own = `${key}.${option}`;
  if (isText(own)) return say(own);
  if (unit) return `${option} ${unit}`;
  if (key === 'language') return languages[option as keyof typeof languages];
  if (key === 'theme') return themes.find(({ name }) => name === option)?.label ?? String(option);
  return breakageLabel(String(option));
}

export function breakageLabel(breakage: string): string {
  const text = `breakage.${breakage}`;
  if (isText(text)) return say(text);
  return /^[a-z]/.test(breakage) ? `${breakage[0]?.toUpperCase()}${breakage.slice(1)}` : breakage;
}

/** What the control's field shows for a state. */
export const shownValue = (state: QaState, { key }: Control): string => String(state[key]);
