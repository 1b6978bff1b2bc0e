import { expect } from '@open-wc/testing';

import { define } from '../../src/define.js';
import { type Scenario, scenarioOf, scenarioTags } from '../../src/testing/scenarios/index.js';
import { all, until } from '../elements/screen.js';
import { describeWhere } from '../support/engine.js';
import { show } from './show.js';
import { accessibilityTree, goldenTree, inWarsaw } from './tree.js';

/*
 * What screen readers are given of each view, in English and Polish, as files to be read: `trees/*.txt`. A change that is
 * meant is written with UPDATE_GOLDEN=1, and read like any other change of the code.
 */

const languages = ['en', 'pl'] as const;

/** What is changed keeps a file short enough to be read. */
const views: Readonly<Record<string, Partial<Scenario>>> = {
  'customer-portal/list': { contact: 'alice' },
  'customer-portal/detail': {},
  'customer-portal/form': {},
  'customer-portal/sent': {},
  'customer-portal/ended': {},
  'portal-login/every-way': {},
  'portal-login/wrong-password': {},
  'portal-login/code': {},
  'portal-login/new-password': {},
  'portal-login/sign-outs': {},
  'ticket-list/company': { contact: 'erin' },
  'ticket-list/no-match': {},
  'ticket-list/refresh-fails': { world: 'one-open' },
  'ticket-list/as-of': { world: 'one-open' },
  'ticket-detail/colleague': {},
  'ticket-detail/reply-empty': {},
  'ticket-detail/not-found': {},
  'support-form/article': {},
  'support-form/missing': {},
};

describeWhere(['devtools'], 'the accessibility tree', () => {
  before(async () => {
    define();
    await Promise.all([inWarsaw(), ...scenarioTags.map((tag) => customElements.whenDefined(tag))]);
  });

  for (const [view, changes] of Object.entries(views)) {
    for (const lang of languages) {
      it(`of ${view} in ${lang} is the one that was read and found good`, async () => {
        document.documentElement.lang = lang;
        await show({ ...scenarioOf(view), ...changes, clock: '2026-03-11T10:00:00.000Z' });
        await until(() => !all('[role=progressbar]').length && !all('[aria-busy=true]').length, 'it never loads');
        const tree = await accessibilityTree();
        expect(tree).to.equal(await goldenTree(`${view.replace('/', '-')}.${lang}.txt`, tree));
      });
    }
  }
});
