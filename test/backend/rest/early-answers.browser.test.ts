import { expect } from '@open-wc/testing';

import { fetchWith } from '../../../src/backend/rest/early-answers.js';
import { createRestBackend } from '../../../src/backend/rest/rest-backend.js';
import { isBackendError } from '../../../src/backend/backend-error.js';
import type { Session } from '../../../src/model/index.js';
import { until } from '../../elements/screen.js';
import { portal as portalAnswer, sessionOf, signedOut } from '../../elements/fake-backend.js';

const address = 'https://support.example.com/help';
const mark = `portico:${address}`;
const { contact } = sessionOf({ id: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Alice Moreau' });
const alice: Session = { ...signedOut, contact: contact && { ...contact, company: null }, permission: 'own' };
const list = { items: [], nextCursor: null, asOf: null };
const first = { state: 'all', limit: 25 } as const;

const json = (body: unknown) => new Response(JSON.stringify(body));

/** A backend with early answers, and what it has asked the network all the same, by method and path. */
function backendWith(early: Record<string, unknown>, network: (path: string) => unknown = () => list) {
  const asked: string[] = [];
  const answers = new Map(
    Object.entries(early).map(([path, answer]) => [
      path,
      Promise.resolve(answer instanceof Response || answer instanceof Error ? answer : answer && json(answer)),
    ]),
  );
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const path = request.url.replace(`${address}/api/v1/`, '');
    asked.push(`${request.method} ${path}`);
    const answer = network(path);
    return answer instanceof Response ? answer : json(answer);
  };
  const backend = createRestBackend({ address }, fetchWith({ address, language: 'en', answers }));
  return { backend, asked, answers, end: () => void (globalThis.fetch = fetch) };
}

const tickets = 'tickets?state=all&limit=25';

describe('an early answer', () => {
  afterEach(() => localStorage.clear());

  it('is taken by who asks alike, and once', async () => {
    const { backend, asked, end } = backendWith({
      session: alice,
      portal: { ...portalAnswer, connections: [] },
      [tickets]: list,
    });
    const [session, portal] = await Promise.all([backend.session(), backend.portal({ locale: 'en' })]);
    expect([session.contact?.name, portal.name]).to.deep.equal(['Alice Moreau', 'Support']);
    await backend.listTickets(first, { locale: 'en' });
    expect(asked).to.deep.equal([]);
    await backend.listTickets(first, { locale: 'en' });
    end();
    expect(asked).to.deep.equal([`GET ${tickets}`]);
  });

  it('is left by who asks in another language, or for another list', async () => {
    const { backend, asked, end } = backendWith({ session: alice, [tickets]: list });
    await backend.session();
    await backend.listTickets({ ...first, state: 'open' }, { locale: 'en' });
    await backend.listTickets(first, { locale: 'pl' });
    end();
    expect(asked).to.deep.equal(['GET tickets?state=open&limit=25', `GET ${tickets}`]);
  });

  it('is no answer when nothing was asked', async () => {
    const { backend, asked, end } = backendWith({ session: alice, [tickets]: null });
    await backend.session();
    await backend.listTickets(first, { locale: 'en' });
    end();
    expect(asked).to.deep.equal([`GET ${tickets}`]);
  });

  for (const [when, act] of [
    ['it is asked anew who is signed in', ({ session }) => session()],
    ['somebody signs out', ({ signOut }) => signOut('this')],
    ['somebody signs in', ({ signIn }) => signIn({ method: 'password', email: 'bob@acme.example', password: 'x' })],
  ] as [string, (backend: ReturnType<typeof createRestBackend>) => Promise<unknown>][]) {
    it(`is never about somebody else: it is dropped when ${when}`, async () => {
      const network = (path: string): Session | typeof list => (path === 'session' ? signedOut : list);
      const { backend, asked, end } = backendWith({ session: alice, [tickets]: list }, network);
      await backend.session();
      await act(backend);
      await backend.listTickets(first, { locale: 'en' });
      end();
      expect(asked.at(-1)).to.equal(`GET ${tickets}`);
    });
  }

  it('is dropped with the page that is left', async () => {
    const { backend, asked, answers, end } = backendWith({ session: alice, [tickets]: list });
    answers.clear();
    await backend.session().catch(() => {});
    end();
    expect(asked[0]).to.equal('GET session');
  });

  it('that is a refusal is not asked for again, and takes the others with it', async () => {
    const refusal = new Response('{}', { status: 401 });
    const { backend, asked, answers, end } = backendWith({
      [tickets]: refusal,
      portal: { ...portalAnswer, connections: [] },
    });
    const error = await backend.listTickets(first, { locale: 'en' }).catch((reason: unknown) => reason);
    end();
    expect(isBackendError(error) && error.code).to.equal('unauthenticated');
    expect(asked).to.deep.equal([]);
    expect(answers.size).to.equal(0);
  });

  it('that never came counts as the first attempt', async () => {
    const { backend, asked, end } = backendWith({ session: new TypeError('Failed to fetch') }, () => alice);
    expect((await backend.session()).contact?.name).to.equal('Alice Moreau');
    end();
    expect(asked).to.deep.equal(['GET session']);
  });
});

describe('for the loader of the next page', () => {
  afterEach(() => localStorage.clear());

  it('it is left whether somebody is signed in, and nothing more', async () => {
    const network = (path: string) => (path === 'session' ? new Response(null, { status: 204 }) : list);
    const { backend, end } = backendWith({ session: alice }, network);
    await backend.session();
    await until(() => localStorage.getItem(mark) === '1');
    expect({ ...localStorage }).to.deep.equal({ [mark]: '1' });
    await backend.signOut('this');
    await until(() => localStorage.getItem(mark) === null);
    end();
  });
});
