import { brand, portal } from './setup-answers.js';
import type { SetupRow } from './setup-scenarios.js';

const isOpen = { getPortal: async () => ({ ...portal, open: true }) };
const isBranded = { getPortal: async () => ({ ...portal, open: true, brand }) };

/** The look of the hosted page, and where it is refused. */
export const brandRows: Readonly<Record<string, SetupRow>> = {
  brand: {
    title: 'The look of the hosted page',
    state: 'step',
    place: '/help/brand',
    answers: isBranded,
    steps: [{ see: 'picture' }, { see: 'sample-head' }],
  },
  'brand-faint': {
    title: 'Text that cannot be read on its ground',
    state: 'step',
    place: '/help/brand',
    answers: isOpen,
    steps: [
      { fill: 'accent', with: '#ffd23f' },
      { fill: 'text', with: '#bbbbbb' },
      { press: 'next' },
      { see: 'error' },
    ],
  },
  'brand-no-picture': {
    title: 'A logo that is no picture',
    state: 'step',
    place: '/help/brand',
    answers: isOpen,
    steps: [{ attach: 'logo.txt' }, { see: 'error' }],
  },
  'name-icon': {
    title: 'The name of a portal that has an icon',
    state: 'step',
    place: '/help/name',
    answers: isBranded,
    steps: [{ see: 'tab-icon' }],
  },
};
