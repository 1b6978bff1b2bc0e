import { expect } from '@open-wc/testing';

import { define } from '../../src/define.js';
import { type Scenario, scenarioOf, scenarioTags } from '../../src/testing/scenarios/index.js';
import { all, until } from '../elements/screen.js';
import { describeWhere } from '../support/engine.js';
import { setViewport } from '../support/viewport.js';
import { show } from './show.js';
import { accessibilityTree, goldenTree, inWarsaw } from './tree.js';

/*
 * What screen readers are given of each view, in English and Polish, as files to be read: `trees/*.txt`. A change that is
 * meant is written with UPDATE_GOLDEN=1, and read like any other change of the code.
 */

const languages = ['en', 'pl'] as const;

interface View extends Partial<Scenario> {
  /** The scenario, where the view is called otherwise. */
  readonly of?: string;
  /** Of the window, in px. */
  readonly width?: number;
}

/** What is changed keeps a file short enough to be read. */
const views: Readonly<Record<string, View>> = {
  'customer-portal/list': { contact: 'alice' },
  'customer-portal/detail': {},
  'customer-portal/beside': { of: 'customer-portal/detail', width: 1200 },
  'customer-portal/form': {},
  'customer-portal/shared-link': {},
  'customer-portal/not-found': {},
  'customer-portal/open': { contact: 'alice' },
  'customer-portal/sent': {},
  'customer-portal/ended': {},
  'portal-login/every-way': {},
  'portal-login/wrong-password': {},
  'portal-login/code': {},
  'portal-login/new-password': {},
  'portal-login/sign-outs': {},
  'portal-login/consent': {},
  'portal-login/consent-given': {},
  'ticket-list/company': { contact: 'erin' },
  'ticket-list/no-match': {},
  'ticket-list/refresh-fails': { world: 'one-open' },
  'ticket-list/as-of': { world: 'one-open' },
  'ticket-list/own-row-template': { contact: 'dave' },
  'ticket-detail/colleague': {},
  'ticket-detail/reply-empty': {},
  'ticket-detail/files': {},
  'ticket-detail/files-failed': {},
  'ticket-detail/not-found': {},
  'support-form/article': {},
  'support-form/missing': {},
  'ticket-count/unread': {},
};

describeWhere(['devtools'], 'the accessibility tree', () => {
  before(async () => {
    define();
    await Promise.all([inWarsaw(), ...scenarioTags.map((tag) => customElements.whenDefined(tag))]);
  });

  afterEach(() => setViewport({ width: 800, height: 600 }));

  for (const [view, { of = view, width = 800, ...changes }] of Object.entries(views)) {
    for (const lang of languages) {
      it(`of ${view} in ${lang} is the one that was read and found good`, async () => {
        document.documentElement.lang = lang;
        await setViewport({ width, height: 600 });
        await show({ ...scenarioOf(of), ...changes, clock: '2026-03-11T10:00:00.000Z' });
        await until(
          () => !all('[role=progressbar],progress').length && !all('[aria-busy=true]').length,
          'it never loads',
        );
        await until(
          () => all('[part=tools],[part=files-box]').every(({ children }) => children.length),
          'the tools never come',
        );
        const tree = await accessibilityTree();
        expect(tree).to.equal(await goldenTree(`${view.replace('/', '-')}.${lang}.txt`, tree));
      });
    }
  }
});
