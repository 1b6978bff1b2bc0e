import type * as z from 'zod/mini';

import type { Upload } from '../../model/index.js';
import type { AnsweredRoute } from '../../wire/answers.js';
import { portalAnswers } from '../../wire/later-answers.js';
import type { PortalBackend, UploadOptions } from '../portal-backend.js';
import { carry } from './carry.js';
import type { Call, Connection } from './connection.js';
import { parse } from './first-attempt.js';
import { followEvents } from './follow-events.js';
import { createRestClient, type RestClient } from './rest-client.js';
import { toBackendError } from './rest-errors.js';
import { signInByToken } from './sign-in-by-token.js';

/** Sends what begins or ends a session, and so decides how its token travels. */
export type Carried = <T = void>(
  route: Omit<AnsweredRoute, 'answer'> & { readonly answer?: z.ZodMiniType<T> },
  call: Call,
) => Promise<T>;

/** Milliseconds: files are large and lines slow, and whoever asked can abort. */
const fileTimeout = 300_000;

/** A backend's calls that no page makes at first sight; signing in elsewhere takes the window that its click opened. */
export type LaterCalls = Required<Omit<PortalBackend, 'session' | 'portal' | 'listTickets' | 'signInElsewhere'>> & {
  signInElsewhere(
    ...args: [popup: Window | null, ...Parameters<Required<PortalBackend>['signInElsewhere']>]
  ): ReturnType<Required<PortalBackend>['signInElsewhere']>;
};

/** All that a page asks of a portal after its first sight, and the client that also goes on with what failed there. */
export function createCalls(connection: Connection): LaterCalls & Pick<RestClient, 'read'> {
  const { address, answers, kept } = connection;
  const { request, read, openEvents } = createRestClient(connection);
  return {
    read,
    getTicket: (id, options) => read(portalAnswers.getTicket, { id, options }),
    listMessages: (id, query, options) => read(portalAnswers.listMessages, { id, query, options }),
    signIn: (body, options) => carried(portalAnswers.signIn, { body, options }),
    startSignIn: (body, options) => carried(portalAnswers.startSignIn, { body, options }),
    signInByToken: (provide, options) => signInByToken(carried, provide, options),
    setPassword: (body, options) => carried(portalAnswers.setPassword, { body, options }),
    signInElsewhere: async (popup, connection, options) =>
      (await sso()).signInElsewhere(carried, address, connection, popup, options),
    resumeSignIn: async (answer, options) => (await sso()).resumeSignIn(carried, address, answer, options),
    consent: async (options) => (await read(portalAnswers.getConsent, { options })).notice,
    withdrawConsent: (options) => carried(portalAnswers.withdrawConsent, { options }),
    signOut: (scope = 'this', options) => carried(portalAnswers.signOut, { body: { scope }, options }),
    createTicket: (body, options) => read(portalAnswers.createTicket, { body, options }),
    reply: (id, body, options) => read(portalAnswers.reply, { id, body, options }),
    close: (id, options) => read(portalAnswers.close, { id, options }),
    reopen: (id, options) => read(portalAnswers.reopen, { id, options }),
    rate: (id, body, options) => read(portalAnswers.rate, { id, body, options }),
    edit: (id, body, options) => read(portalAnswers.edit, { id, body, options }),
    addParticipant: (id, body, options) => read(portalAnswers.addParticipant, { id, body, options }),
    markRead: (id, options) => tell(portalAnswers.markRead, { id, options }),
    counts: (query, options) => read(portalAnswers.getCounts, { query, options }),
    exportTickets: (query, options) =>
      settled(request(portalAnswers.exportTickets, { query, options }, fileTimeout).blob()),
    preferences: (options) => read(portalAnswers.getPreferences, { options }),
    setPreferences: (body, options) => read(portalAnswers.setPreferences, { body, options }),
    upload,
    download: (id, options) => settled(request(portalAnswers.download, { id, options }, fileTimeout).blob()),
    subscribe: (change, { signal }) => followEvents(openEvents, change, signal),
  };

  /** By whatever sends the other requests, too, where that is not the page's own way: then it is known at the end alone. */
  async function upload(file: File, options?: UploadOptions): Promise<Upload> {
    const route = portalAnswers.upload;
    if (connection.isOwnFetch && globalThis.XMLHttpRequest)
      return (await import('./send-file.js')).sendFile(connection, request, file, fileTimeout, options);
    const kept = await read(route, { file, options }, fileTimeout);
    options?.progress?.(file.size);
    return kept;
  }

  async function carried<T = void>(
    route: Omit<AnsweredRoute, 'answer'> & { readonly answer?: z.ZodMiniType<T> },
    call: Call,
  ): Promise<T> {
    answers.clear();
    const response = await settled(carry(() => request(route, call), kept));
    return route.answer ? parse(route.answer, await settled(response.text())) : (undefined as T);
  }

  async function tell(route: AnsweredRoute, call: Call): Promise<void> {
    await settled(request(route, call));
  }
}

const settled = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    throw toBackendError(error);
  });

const sso = () => import('./sso.js');
