import { expect } from '@open-wc/testing';

import { BackendError } from '../../src/backend/backend-error.js';
import { createMemoryBackend } from '../../src/backend/memory/memory-backend.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { defineTicketCount } from '../../src/elements/ticket-count/define.js';
import { defineTicketDetail } from '../../src/elements/ticket-detail/define.js';
import { publicIdOf } from '../../src/world/public-id.js';
import { deferred } from '../support/deferred.js';
import { fakeBackend, portal, signedOut } from './fake-backend.js';
import { all, heard, inState, show, text, until } from './screen.js';

defineTicketCount();

const counted = (unread: number) => ({
  scopes: { all: 3, mine: 3, participating: 0, company: [] },
  states: { open: 3, closed: 0 },
  statuses: {},
  requesters: [],
  unread,
});

const counting = (counts: PortalBackend['counts'], changes: Partial<PortalBackend> = {}) =>
  fakeBackend({
    portal: async () => ({ ...portal, features: [...portal.features, 'counts'] }),
    ...(counts && { counts }),
    ...changes,
  });

const shown = () => all('[part=count]').map(({ textContent }) => textContent);

describe('<ticket-count>', () => {
  it('says how many tickets have something new, as a number to see and as words to hear', async () => {
    const element = show('ticket-count', { backend: counting(async () => counted(3)) });
    await text('3 unread tickets');
    expect(shown()).to.deep.equal(['3']);
    expect(element.matches(':state(unread)')).to.be.true;
    await expect(element).to.be.accessible();
  });

  it('reads well in a link of the page', async () => {
    const link = Object.assign(document.createElement('a'), { href: '/support', textContent: 'Support ' });
    link.append(Object.assign(document.createElement('ticket-count'), { backend: counting(async () => counted(1)) }));
    document.body.append(link);
    await text('1 unread ticket');
    expect(link.getBoundingClientRect().height, 'it stands in the line').to.be.below(40);
  });

  for (const [lang, words] of [
    ['pl', ['1 nieprzeczytana odpowiedź', '3 nieprzeczytane odpowiedzi', '5 nieprzeczytanych odpowiedzi']],
    ['de', ['1 ungelesene Antwort', '3 ungelesene Antworten', '5 ungelesene Antworten']],
    ['ar', ['رسالة واحدة غير مقروءة', '3 رسائل غير مقروءة', '5 رسائل غير مقروءة']],
  ] as const) {
    it(`counts in the forms of ${lang}`, async () => {
      document.documentElement.lang = lang;
      for (const [index, count] of [1, 3, 5].entries()) {
        const element = show('ticket-count', { backend: counting(async () => counted(count)) });
        // Engines do not agree on the digits of Arabic.
        await text(words[index]?.replace(String(count), new Intl.NumberFormat(lang).format(count)) ?? '');
        element.remove();
      }
    });
  }

  it('goes no further than its backend counts', async () => {
    show('ticket-count', { backend: counting(async () => counted(1000)) });
    await until(() => shown()[0] === '1,000+');
  });

  it('shows nothing at all while nothing is new, nobody is signed in, or the portal counts nothing', async () => {
    const backends = [
      counting(async () => counted(0)),
      counting(async () => counted(3), { session: async () => signedOut }),
      fakeBackend({ counts: async () => counted(3) }),
      counting(undefined),
    ];
    for (const backend of backends) {
      const element = show('ticket-count', { backend });
      await inState(element, 'none');
      expect([element.offsetWidth, element.shadowRoot?.textContent]).to.deep.equal([0, '']);
      element.remove();
    }
  });

  it('shows nothing before it is known, and nothing when it cannot be', async () => {
    const answer = deferred<ReturnType<typeof counted>>();
    const errors = heard('portal-error');
    const element = show('ticket-count', { backend: counting(() => answer.promise) });
    await inState(element, 'loading');
    answer.reject(new BackendError('unavailable'));
    await inState(element, 'failed');
    expect(element.shadowRoot?.textContent).to.equal('');
    expect(errors.map(({ code }) => code)).to.deep.equal(['unavailable']);
  });

  it('keeps the last number when it cannot be asked for again', async () => {
    let answer = async () => counted(3);
    const element = show('ticket-count', { backend: counting(() => answer()) });
    await text('3 unread tickets');
    answer = () => Promise.reject(new BackendError('offline'));
    await element.refresh();
    expect(shown()).to.deep.equal(['3']);
  });

  it('goes down when a ticket is read beside it', async () => {
    defineTicketDetail();
    const backend = createMemoryBackend();
    await backend.signIn({ method: 'password', email: 'alice@acme.example', password: 'portico-demo-2026' });
    show('ticket-count', { backend });
    await until(() => shown().length === 1);
    const before = Number(shown()[0]);
    show('ticket-detail', { backend, ticketId: publicIdOf('ticket', 't-1058') });
    await until(() => Number(shown()[0] ?? 0) === before - 1);
  });

  it('asks for nothing any more when it is taken away', async () => {
    const answer = deferred<ReturnType<typeof counted>>();
    let signal: AbortSignal | undefined;
    const element = show('ticket-count', {
      backend: counting((_query, options) => {
        signal = options?.signal;
        return answer.promise;
      }),
    });
    await until(() => signal);
    element.remove();
    expect(signal?.aborted).to.be.true;
  });
});
