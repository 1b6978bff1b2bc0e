import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';

import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend } from '../../src/backend/portal-backend.js';
import { PortalController } from '../../src/controllers/portal-controller.js';
import { QueryController, type QueryOptions } from '../../src/controllers/query-controller.js';
import { register } from '../../src/elements/register.js';
import type { Session } from '../../src/model/index.js';
import { alice, fakeBackend, sessionOf, signedOut } from '../elements/fake-backend.js';
import { until } from '../elements/screen.js';
import { type Deferred, deferred } from '../support/deferred.js';

interface Asked extends Deferred<string> {
  readonly question: string;
  readonly options: QueryOptions;
  readonly last: string | undefined;
}

class QueryProbe extends LitElement {
  static override properties = { backend: {}, question: {} };
  backend: PortalBackend | string | undefined;
  tokenProvider: undefined;
  question: string | null = 'one';
  subject = '';
  readonly failures: string[] = [];
  readonly localize = { locale: 'en' };
  readonly portal = new PortalController(this);
  readonly asked: Asked[] = [];
  readonly query = new QueryController<[string], string>(this, {
    args: () => (this.question === null ? null : [this.question]),
    about: () => this.subject,
    ask: (_backend, [question], options, last) => {
      const answer = deferred<string>();
      this.asked.push({ ...answer, question, options, last });
      return answer.promise;
    },
  });
  renders = 0;
  protected override updated(): void {
    this.renders += 1;
  }
  portalFailed({ code }: BackendError): void {
    this.failures.push(code);
  }
}
register('query-probe', QueryProbe);

function probe(backend: PortalBackend = fakeBackend()): QueryProbe {
  const element = new QueryProbe();
  element.backend = backend;
  document.body.append(element);
  return element;
}

/** The nth question, once it was asked. */
async function asked(element: QueryProbe, number: number): Promise<Asked> {
  await until(() => element.asked.length >= number, `Question ${number} was not asked`);
  return element.asked[number - 1] as Asked;
}

async function answered(element: QueryProbe, number: number, answer: string): Promise<void> {
  (await asked(element, number)).resolve(answer);
  await until(() => element.query.value === answer && !element.query.pending);
}

describe('a query', () => {
  it('asks once it is known who asks, and not for nobody', async () => {
    const session = deferred<Session>();
    const element = probe(fakeBackend({ session: () => session.promise }));
    await element.updateComplete;
    expect(element.asked).to.be.empty;
    session.resolve(sessionOf(alice));
    await answered(element, 1, 'first');

    const nobody = probe(fakeBackend({ session: async () => signedOut }));
    await until(() => nobody.portal.client?.state === 'anonymous');
    await nobody.updateComplete;
    await nobody.query.refresh();
    expect(nobody.asked).to.be.empty;
  });

  it('asks again when the question or the language changes, and drops the answer to the old one', async () => {
    const element = probe();
    const first = await asked(element, 1);
    element.question = 'two';
    await answered(element, 2, 'second');
    first.resolve('first');
    await first.promise;
    await element.updateComplete;
    expect(element.query.value).to.equal('second');
    expect(first.options.signal.aborted).to.be.true;
    element.localize.locale = 'pl';
    element.requestUpdate();
    expect((await asked(element, 3)).options.locale).to.equal('pl');
  });

  it('keeps the last good answer beside the error of a failed refresh', async () => {
    const element = probe();
    await answered(element, 1, 'good');
    const refreshed = element.query.refresh();
    const second = await asked(element, 2);
    expect([element.query.value, second.last]).to.deep.equal(['good', 'good']);
    second.reject(new BackendError('offline'));
    await refreshed;
    expect([element.query.value, element.query.error?.code]).to.deep.equal(['good', 'offline']);
    expect(element.failures).to.deep.equal(['offline']);
    const again = element.query.refresh();
    expect(element.query.error?.code, 'the error stays until something is better').to.equal('offline');
    (await asked(element, 3)).resolve('better');
    await again;
    expect([element.query.value, element.query.error]).to.deep.equal(['better', undefined]);
  });

  it('keeps nothing that one may no longer see', async () => {
    const element = probe();
    await answered(element, 1, 'private');
    const refreshed = element.query.refresh();
    (await asked(element, 2)).reject(new BackendError('not-found'));
    await refreshed;
    expect(element.query.value).to.be.undefined;
  });

  it('keeps nothing when it comes to be about something else', async () => {
    const element = probe();
    await answered(element, 1, 'about this');
    element.subject = 'that';
    element.question = 'two';
    await asked(element, 2);
    expect(element.query.value).to.be.undefined;
  });

  it('keeps nothing for the next contact, and ends the session for all when it is refused', async () => {
    const backend = fakeBackend();
    const [element, other] = [probe(backend), probe(backend)];
    await answered(element, 1, 'of Alice');
    await answered(other, 1, 'of Alice');
    const refreshed = element.query.refresh();
    (await asked(element, 2)).reject(new BackendError('session-expired'));
    await refreshed;
    await until(() => !element.query.value && !other.query.value);
    expect(element.portal.client?.ended).to.be.true;
    expect(element.failures, 'an ended session is no failure to report').to.be.empty;
  });

  it('aborts when its element is removed, takes that for no error, and asks again when it is put back', async () => {
    const element = probe();
    const first = await asked(element, 1);
    element.remove();
    expect(first.options.signal.aborted).to.be.true;
    first.reject(first.options.signal.reason);
    document.body.append(element);
    await answered(element, 2, 'after');
    expect([element.query.error, element.failures]).to.deep.equal([undefined, []]);
  });

  it('asks again when another element changed something', async () => {
    const element = probe();
    await answered(element, 1, 'before');
    element.portal.client?.changed();
    await answered(element, 2, 'after');
    element.portal.client?.changed(element.portal);
    await element.updateComplete;
    expect(element.asked.length).to.equal(2);
  });

  it('has nothing rendered for a refresh that brings nothing new, and everything else', async () => {
    const element = probe();
    await answered(element, 1, 'first');
    await element.updateComplete;
    const { renders } = element;
    const refreshed = element.query.refresh();
    (await asked(element, 2)).resolve('first');
    await refreshed;
    await element.updateComplete;
    expect(element.renders).to.equal(renders);

    const failing = element.query.refresh();
    (await asked(element, 3)).reject(new BackendError('offline'));
    await failing;
    await element.updateComplete;
    expect([element.renders, element.query.error?.code]).to.deep.equal([renders + 1, 'offline']);

    const mended = element.query.refresh();
    (await asked(element, 4)).resolve('first');
    await mended;
    await element.updateComplete;
    expect([element.renders, element.query.error]).to.deep.equal([renders + 2, undefined]);

    // What somebody did here is no answer: one that does not have it shows.
    element.query.patch('mine');
    await element.updateComplete;
    const back = element.query.refresh();
    (await asked(element, 5)).resolve('first');
    await back;
    await element.updateComplete;
    expect([element.renders, element.query.value]).to.deep.equal([renders + 4, 'first']);
  });
});
