import { DataStore, ERRORS, MemoryLocker, Server, Upload } from '@tus/server';
import type { Readable } from 'node:stream';

import { tusAnswerHeaders } from '../../wire/index.js';
import { ApiError, type ApiErrorCode } from '../api-error.js';
import type { AnswerTus, UploadParts } from '../deps.js';

/** What those refusals are that the protocol makes on its own. */
const codes: Readonly<Record<number, ApiErrorCode>> = {
  404: 'not-found',
  409: 'conflict',
  410: 'not-found',
  412: 'version-mismatch',
  413: 'too-large',
  // Another request for the same upload does not come to an end.
  500: 'unavailable',
};

/** Milliseconds for which a request may go on whose upload another one asks for: the line it came by is as good as gone. */
const drain = 1_000;

/**
 * Answers by `@tus/server`. One made for each request: whose uploads it sees is theirs who asks. Of several requests for one
 * upload, the last one goes on.
 */
export function createTus(): AnswerTus {
  const locker = new MemoryLocker();

  return async (request, place, parts) => {
    let thrown: unknown;
    const store = new PartStore(parts);
    const server = new Server({
      path: place,
      datastore: store,
      locker,
      relativeLocation: true,
      lockDrainTimeout: drain,
      // The id is known when the upload is begun, which is when everything else about it is known.
      async namingFunction(_, metadata) {
        const size = Number(request.headers.get('upload-length'));
        const name = metadata?.['filename'];
        if (!name || !Number.isSafeInteger(size) || size < 0)
          throw malformed(name ? 'Upload-Length' : 'Upload-Metadata');
        return store.begin(name, size);
      },
      onUploadFinish: async (_, { id }) => ({
        status_code: request.method === 'POST' ? 201 : 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(await parts.finish(id)),
      }),
      onResponseError(_, error) {
        thrown = error;
        return undefined;
      },
    });
    const answer = await server.handleWeb(request as Parameters<Server['handleWeb']>[0]);
    // The library throws its own refusals, too: these have a status.
    if (thrown instanceof Error && !('status_code' in thrown)) throw thrown;
    // The line has dropped, or another request goes on.
    if (thrown === ERRORS.ABORTED) throw new ApiError('conflict');
    if (answer.status >= 400) throw refusalOf(answer.status);
    return new Response(answer.body, { status: answer.status, headers: namedOf(answer.headers) });
  };
}

/** What of its headers is let out: those about origins are ours alone. */
function namedOf(given: Headers): Headers {
  const names = [...tusAnswerHeaders, 'content-type', 'content-length'];
  return new Headers(
    names.flatMap((name): [string, string][] => {
      const value = given.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

const malformed = (header: string) => new ApiError('invalid', { fields: [{ path: header, code: 'malformed' }] });

function refusalOf(status: number): ApiError {
  const code = codes[status] ?? 'invalid';
  return new ApiError(code, status === 412 ? { status } : {});
}

/** The uploads of one contact, as the library asks for them. */
class PartStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination'];
  readonly #parts: UploadParts;

  constructor(parts: UploadParts) {
    super();
    this.#parts = parts;
  }

  async begin(name: string, size: number): Promise<string> {
    const { id } = await this.#parts.begin(name, size);
    // A file of nothing is there at once.
    if (size === 0) await this.#parts.append(id, 0, nothing());
    return id;
  }

  override write(stream: Readable, id: string, offset: number): Promise<number> {
    return this.#parts.append(id, offset, stream as AsyncIterable<Uint8Array>);
  }

  override async getUpload(id: string): Promise<Upload> {
    const { size, received } = await this.#parts.find(id);
    return new Upload({ id, size, offset: received });
  }

  override remove(id: string): Promise<void> {
    return this.#parts.remove(id);
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
