import { expect } from '@open-wc/testing';

import { setup } from '../../src/testing/setup/setup-answers.js';
import { all, button, part, text, until } from '../elements/screen.js';
import { at, keeping } from './setup-page.js';

const tick = (name: string) => all('input').find(({ ariaLabel }) => ariaLabel === name) as HTMLInputElement;
const press = async (name: string) => (await button(name)).click();

describe('what customers may do', () => {
  beforeEach(() => sessionStorage.clear());

  it('is shown as usual, and nothing of it is kept', async () => {
    const { changes, answers } = keeping({ open: true });
    at('/help/actions', answers);
    await text('Everything is as usual.');
    expect(tick('Who has asked: Close it (Open)').checked).to.be.true;
    expect(tick('Who takes part, or was added: Rate the help (Closed)').checked).to.be.false;
    // What makes no sense cannot be allowed.
    expect(tick('Who has asked: Close it (Closed)')).to.equal(undefined);
    await press('Save');
    await text('Saved.');
    expect(changes[0]?.actions).to.deep.equal({});
  });

  it('is changed cell by cell: what is not as usual says so, and is all that is kept', async () => {
    const { changes, answers } = keeping({ open: true });
    at('/help/actions', answers);
    await part('allowed');
    const close = 'Colleagues who see it through the company: Close it (Open)';
    tick(close).click();
    tick('Who has asked: Rate the help (Closed)').click();
    await until(() => all('[part=changed]').length === 2);
    expect(tick(close).getAttribute('aria-describedby')).to.equal('colleague-open-close-changed');
    await press('Save');
    await text('Saved.');
    expect(changes[0]?.actions).to.deep.equal({
      requester: { closed: ['reply', 'reopen'] },
      colleague: { open: ['reply', 'close'] },
    });
  });

  it('goes back to the usual', async () => {
    const actions = { colleague: { open: ['reply', 'close'], closed: ['reply', 'reopen'] } } as const;
    const { changes, answers } = keeping({ open: true, actions });
    at('/help/actions', answers);
    await until(() => all('[part=changed]').length === 3);
    await press('Back to the usual');
    await text('Everything is as usual.');
    await press('Save');
    await text('Saved.');
    expect(changes[0]?.actions).to.deep.equal({});
  });

  it('says that a reply to a closed ticket needs that it may be opened again', async () => {
    at('/help/actions', keeping({ open: true }).answers);
    await part('allowed');
    expect(all('[role=status][part=notice]')).to.have.length(0);
    tick('Who has asked: Open it again (Closed)').click();
    await text('A reply to a closed ticket opens it again: who may not open it again cannot reply to it either.');
  });

  it('has nothing that the help desk behind the portal cannot do', async () => {
    const { possible, usual } = setup.actions;
    const less = { ...possible, open: ['reply', 'close'], waiting_on_contact: ['reply', 'close'] } as const;
    at('/help/actions', {
      ...keeping({ open: true }).answers,
      setup: async () => ({ ...setup, actions: { usual, possible: less } }),
    });
    await part('allowed');
    expect(all('th[scope=row]').some(({ textContent }) => textContent === 'Add a colleague')).to.be.false;
    await text('Everything is as usual.');
  });
});
