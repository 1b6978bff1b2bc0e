import type { ResponsePromise } from 'ky';
import * as z from 'zod/mini';

import type { AnsweredRoute } from '../../wire/answers.js';
import { portalAnswers } from '../../wire/later-answers.js';
import { BackendError } from '../backend-error.js';
import type { PortalBackend } from '../portal-backend.js';
import { carry } from './carry.js';
import type { Answering, Call } from './rest-backend.js';
import { signInByToken } from './sign-in-by-token.js';

/** Sends what begins or ends a session, and so decides how its token travels. */
export type Carried = <T = void>(
  route: Omit<AnsweredRoute, 'answer'> & { readonly answer?: z.ZodMiniType<T> },
  call: Call,
) => Promise<T>;

/** What the backend sends by. */
export interface Senders {
  readonly address: string;
  /** Headers of every request to the portal. */
  readonly kept: Record<string, string>;
  request(route: AnsweredRoute, call: Call, attempt?: number): ResponsePromise;
  read<T>(route: Answering<T>, call: Call, attempt?: number): Promise<T>;
}

/** Milliseconds: files are large and lines slow, and whoever asked can abort. */
const fileTimeout = 300_000;

/** A backend's calls that no page makes at first sight; signing in elsewhere takes the window that its click opened. */
export type LaterCalls = Required<
  Omit<PortalBackend, 'session' | 'portal' | 'listTickets' | 'subscribe' | 'signInElsewhere' | 'counts'>
> & {
  signInElsewhere(
    ...args: [popup: Window | null, ...Parameters<Required<PortalBackend>['signInElsewhere']>]
  ): ReturnType<Required<PortalBackend>['signInElsewhere']>;
};

/** Errors pass as they are: whoever calls makes a `BackendError` of them. */
export function createCalls({ address, kept, request, read }: Senders): LaterCalls {
  return {
    getTicket: (id, options) => read(portalAnswers.getTicket, { id, options }),
    listMessages: (id, query, options) => read(portalAnswers.listMessages, { id, query, options }),
    signIn: (body, options) => carried(portalAnswers.signIn, { body, options }),
    startSignIn: (body, options) => carried(portalAnswers.startSignIn, { body, options }),
    signInByToken: (provide, options) => signInByToken(carried, provide, options),
    setPassword: (body, options) => carried(portalAnswers.setPassword, { body, options }),
    signInElsewhere: async (popup, connection, options) =>
      (await sso()).signInElsewhere(carried, address, connection, popup, options),
    resumeSignIn: async (answer, options) => (await sso()).resumeSignIn(carried, address, answer, options),
    signOut: (scope = 'this', options) => carried(portalAnswers.signOut, { body: { scope }, options }),
    createTicket: (body, options) => read(portalAnswers.createTicket, { body, options }),
    reply: (id, body, options) => read(portalAnswers.reply, { id, body, options }),
    close: (id, options) => read(portalAnswers.close, { id, options }),
    reopen: (id, options) => read(portalAnswers.reopen, { id, options }),
    markRead: (id, options) => tell(portalAnswers.markRead, { id, options }),
    upload: (file, options) => read(portalAnswers.upload, { file, options }, fileTimeout),
    download: (id, options) => request(portalAnswers.download, { id, options }, fileTimeout).blob(),
    exportTickets: (query, options) => request(portalAnswers.exportTickets, { query, options }, fileTimeout).blob(),
    preferences: (options) => read(portalAnswers.getPreferences, { options }),
    setPreferences: (body, options) => read(portalAnswers.setPreferences, { body, options }),
  };

  async function carried<T = void>(
    route: Omit<AnsweredRoute, 'answer'> & { readonly answer?: z.ZodMiniType<T> },
    call: Call,
  ): Promise<T> {
    const response = await carry(() => request(route, call), kept);
    if (!route.answer) return undefined as T;
    const { success, data } = z.safeParse(route.answer, await response.json());
    if (!success) throw new BackendError('unexpected-response');
    return data;
  }

  async function tell(route: AnsweredRoute, call: Call): Promise<void> {
    await request(route, call);
  }
}

const sso = () => import('./sso.js');
