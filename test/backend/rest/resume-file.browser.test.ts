import { expect } from '@open-wc/testing';
import { http, HttpResponse } from 'msw';
import { setupWorker } from 'msw/browser';

import { isBackendError } from '../../../src/backend/backend-error.js';
import type { UploadOptions } from '../../../src/backend/portal-backend.js';
import { resumeFile } from '../../../src/backend/rest/resume-file.js';

const MIB = 1024 * 1024;
const base = `${location.origin}/portal/api/v1`;
const place = `${base}/uploads/${'A'.repeat(22)}`;
const upload = { id: 'A'.repeat(22), name: 'a.log', type: 'text/plain', expiresAt: '2026-11-02T09:00:00.000Z' };
const connection = {
  address: `${location.origin}/portal`,
  fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
  isOwnFetch: true,
  timeout: 10_000,
  kept: { authorization: 'Bearer token' },
  answers: new Map(),
};

/** A portal with one upload; `next` says what becomes of a request instead of what should. */
function portal() {
  const state = {
    size: 0,
    received: 0,
    asked: [] as string[],
    next: (() => undefined) as (request: Request) => Response | undefined,
  };
  const headers = () => ({ 'tus-resumable': '1.0.0', 'upload-offset': String(state.received), location: place });
  const answer = async (request: Request) => {
    const { method } = request;
    state.asked.push(`${method} ${request.headers.get('upload-offset') ?? ''}`.trim());
    expect(request.headers.get('x-portal-client')).to.match(/^portico-elements\//);
    expect(request.headers.get('authorization')).to.equal('Bearer token');
    const body = await request.arrayBuffer();
    const other = state.next(request);
    if (other) return other;
    if (method === 'HEAD')
      return new HttpResponse(null, { headers: { ...headers(), 'upload-length': `${state.size}` } });
    if (method === 'DELETE') return new HttpResponse(null, { status: 204 });
    if (method === 'POST') state.size = Number(request.headers.get('upload-length'));
    state.received += body.byteLength;
    const status = method === 'POST' ? 201 : 200;
    if (state.received < state.size)
      return new HttpResponse(null, { status: status === 200 ? 204 : status, headers: headers() });
    return HttpResponse.json({ ...upload, size: state.size }, { status, headers: headers() });
  };
  const handlers = [
    http.all(`${base}/uploads`, ({ request }) => answer(request)),
    http.all(place, ({ request }) => answer(request)),
  ];
  return { state, handlers };
}

const file = (size: number) => new File([new Uint8Array(size).fill(65)], 'a.log');
const send = (one: File, options?: UploadOptions) => resumeFile(connection, one, 10_000, options);
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'sent',
    (error: unknown) => (isBackendError(error) ? error.code : error),
  );
/** The first of these requests meets it. */
const once = (method: string, make: () => Response) => {
  let met = false;
  return (request: Request) => {
    if (met || request.method !== method) return undefined;
    met = true;
    return make();
  };
};

describe('a file that is sent by tus', () => {
  const worker = setupWorker();
  let { state, handlers } = portal();
  before(async function () {
    this.timeout(60_000);
    await worker.start({ quiet: true, onUnhandledFrame: 'bypass' });
  });
  beforeEach(() => {
    ({ state, handlers } = portal());
    worker.resetHandlers(...handlers);
  });
  after(() => worker.stop());

  it('is one request where it is small', async () => {
    const sent = await send(file(100_000));
    expect(sent).to.deep.equal({ ...upload, size: 100_000 });
    expect(state.asked).to.deep.equal(['POST']);
  });

  it('is begun first where it is large, and comes in pieces', async () => {
    const heard: number[] = [];
    const sent = await send(file(5 * MIB), { progress: (bytes) => heard.push(bytes) });
    expect(sent.size).to.equal(5 * MIB);
    expect(state.asked).to.deep.equal(['POST', 'PATCH 0', `PATCH ${2 * MIB}`, `PATCH ${4 * MIB}`]);
    expect(heard.at(-1)).to.equal(5 * MIB);
    expect(Math.max(...heard)).to.equal(5 * MIB);
  });

  it('goes on from where the portal says it is when the line drops', async () => {
    state.next = once('PATCH', () => {
      state.received = MIB;
      return HttpResponse.error();
    });
    expect((await send(file(2 * MIB))).size).to.equal(2 * MIB);
    expect(state.asked).to.deep.equal(['POST', 'PATCH 0', 'HEAD', `PATCH ${MIB}`]);
  });

  it('asks once more for the answer that was lost with the line', async () => {
    state.next = once('PATCH', () => {
      state.received = MIB;
      return HttpResponse.error();
    });
    expect((await send(file(MIB))).id).to.equal(upload.id);
    expect(state.asked).to.deep.equal(['POST', 'PATCH 0', 'HEAD', `PATCH ${MIB}`]);
  });

  it('waits for the browser to be online, and goes on then', async () => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
    const { addEventListener: listen } = globalThis;
    const waits = new Promise<void>((resolve) => {
      globalThis.addEventListener = (...args: Parameters<typeof listen>) => {
        listen(...args);
        if (args[0] === 'online') resolve();
      };
    });
    state.next = once('PATCH', () => HttpResponse.error());
    const sent = send(file(MIB));
    await waits;
    globalThis.addEventListener = listen;
    expect(state.asked).to.deep.equal(['POST', 'PATCH 0']);
    Reflect.deleteProperty(navigator, 'onLine');
    dispatchEvent(new Event('online'));
    expect((await sent).size).to.equal(MIB);
    expect(state.asked.slice(2)).to.deep.equal(['HEAD', 'PATCH 0']);
  });

  it('is taken back when it is given up', async () => {
    const giving = new AbortController();
    const reason = new Error('Given up');
    let removed = () => {};
    const gone = new Promise<void>((resolve) => (removed = resolve));
    state.next = ({ method }) => {
      if (method === 'DELETE') removed();
      if (method === 'PATCH') giving.abort(reason);
      return undefined;
    };
    expect(await codeOf(send(file(3 * MIB), { signal: giving.signal }))).to.equal(reason);
    await gone;
    expect(state.asked.filter((one) => one !== 'DELETE')).to.deep.equal(['POST', 'PATCH 0']);
  });

  it('that is refused is sent no further, and no more than once', async () => {
    const problem = {
      type: 'about:blank',
      title: '',
      status: 415,
      code: 'unsupported-type',
      fields: null,
      retryAfter: null,
    };
    state.next = once('PATCH', () => HttpResponse.json(problem, { status: 415 }));
    expect(await codeOf(send(file(MIB)))).to.equal('unsupported-type');
    expect(state.asked).to.deep.equal(['POST', 'PATCH 0']);
  });

  it('goes on when somebody sends it again', async () => {
    const problem = { type: 'about:blank', title: '', status: 429, code: 'rate-limited', fields: null, retryAfter: 9 };
    state.next = once('PATCH', () => HttpResponse.json(problem, { status: 429, headers: { 'retry-after': '9' } }));
    const one = file(MIB);
    expect(await codeOf(send(one))).to.equal('rate-limited');
    expect((await send(one)).size).to.equal(MIB);
    expect(state.asked).to.deep.equal(['POST', 'PATCH 0', 'HEAD', 'PATCH 0']);
  });
});
