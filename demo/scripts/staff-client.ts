import { tellDemo } from './demo-server.js';

/** The staff side of the wire, as far as the support page needs it. */

export interface StaffTicket {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly status: { readonly id: string; readonly category: string; readonly label: string };
  readonly requester: { readonly name: string };
  readonly company: { readonly name: string } | null;
  readonly updatedAt: string;
}

export interface StaffTicketDetail extends StaffTicket {
  readonly inbox: { readonly name: string };
  readonly companies: readonly { readonly name: string }[];
  readonly parties: readonly { readonly name: string; readonly email: string; readonly role: string }[];
  readonly properties: Readonly<Record<string, string>>;
  readonly statuses: readonly { readonly id: string; readonly label: string }[];
  readonly followUpOf: { readonly number: number; readonly subject: string } | null;
  readonly followUps: readonly { readonly number: number; readonly subject: string }[];
  readonly ratings: readonly {
    readonly contact: { readonly name: string };
    readonly rating: number;
    readonly comment: string | null;
  }[];
}

export interface StaffMessage {
  readonly id: string;
  readonly kind: 'message' | 'status';
  readonly createdAt: string;
  readonly author: { readonly name: string; readonly side: 'contact' | 'support' | 'system' };
  readonly text: string;
  readonly status: { readonly from: string; readonly to: string } | null;
  readonly attachments: readonly { readonly id: string; readonly name: string; readonly size: number }[];
  readonly internal: boolean;
}

export interface StaffQuery {
  readonly q: string;
  readonly state: string;
  readonly cursor: string | null;
}

const client = { 'x-portal-client': 'portico-demo/1' };

/** The token lives in this variable and nowhere else; a page that is loaded again asks for a new one. */
let token: Promise<string> | undefined;

async function askForToken(): Promise<string> {
  const response = await tellDemo('staff-token');
  const answer = (await response.json()) as { readonly token: string };
  return answer.token;
}

function currentToken(): Promise<string> {
  token ??= askForToken().catch((error: unknown) => {
    token = undefined;
    throw error;
  });
  return token;
}

async function request<T>(method: string, path: string, body?: object): Promise<T> {
  const send = async (): Promise<Response> =>
    fetch(`/staff/api/v1${path}`, {
      method,
      headers: {
        ...client,
        authorization: `Bearer ${await currentToken()}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  let response = await send();
  if (response.status === 401) {
    token = undefined;
    response = await send();
  }
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return (await response.json()) as T;
}

export const listTickets = ({ q, state, cursor }: StaffQuery) => {
  const query = new URLSearchParams({ state });
  if (q) query.set('q', q);
  if (cursor) query.set('cursor', cursor);
  return request<{ readonly items: readonly StaffTicket[]; readonly nextCursor: string | null }>(
    'GET',
    `/tickets?${query}`,
  );
};

export const getTicket = (id: string) => request<StaffTicketDetail>('GET', `/tickets/${id}`);

export const listMessages = (id: string) =>
  request<{ readonly items: readonly StaffMessage[] }>('GET', `/tickets/${id}/messages`);

export const reply = (id: string, body: string) => request<StaffMessage>('POST', `/tickets/${id}/messages`, { body });

export const addNote = (id: string, body: string) => request<StaffMessage>('POST', `/tickets/${id}/notes`, { body });

export const setStatus = (id: string, status: string) =>
  request<StaffTicketDetail>('PATCH', `/tickets/${id}`, { status });
