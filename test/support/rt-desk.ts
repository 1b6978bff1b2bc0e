import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Deferred, deferred } from './deferred.js';
import { type ProcessUser, follow, spawnAs } from './process.js';

/** Those who are there from the first start. */
export const AGENT = 'agent';
export const PORTAL = 'portal-bot';

/** What the account of the portal needs everywhere, and in each of its queues. `ShowTicketComments` is not for it. */
export const PORTAL_RIGHTS = ['AdminUsers', 'SeeGroup'] as const;
export const PORTAL_QUEUE_RIGHTS = [
  'SeeQueue',
  'ShowTicket',
  'ReplyToTicket',
  'ModifyTicket',
  'CreateTicket',
  'SeeCustomField',
] as const;

const STAFF_QUEUE_RIGHTS = [
  ...PORTAL_QUEUE_RIGHTS,
  'ShowTicketComments',
  'CommentOnTicket',
  'OwnTicket',
  'DeleteTicket',
] as const;
/** Requestors and those in copy; and everybody who is not one of the staff. */
const PARTY_RIGHTS = ['ShowTicket', 'ReplyToTicket'] as const;
const CUSTOMER_RIGHTS = ['SeeQueue', 'CreateTicket'] as const;

export const deskProgram = fileURLToPath(new URL('rt-desk.pl', import.meta.url));

export interface NewRtUser {
  readonly name: string;
  readonly realName?: string;
  readonly email?: string;
  readonly organization?: string;
  /** One of the staff, instead of a customer. */
  readonly privileged?: boolean;
  readonly disabled?: boolean;
  /** Without one, nobody can sign in as this user; a token works all the same. */
  readonly password?: string;
}

export type RtUserChange = Partial<Pick<NewRtUser, 'realName' | 'email' | 'organization' | 'disabled'>>;

export interface NewRtFile {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array;
}

export interface NewRtMessage {
  readonly text?: string;
  readonly html?: string;
  readonly files?: readonly NewRtFile[];
  /** Who writes it; one of the staff unless named. */
  readonly as?: string;
  /** RT does not open the ticket for it, which it does for all but those that are being worked on. */
  readonly keepsStatus?: boolean;
}

/** Users and groups by name. */
export interface RtParties {
  readonly requestors?: readonly string[];
  readonly cc?: readonly string[];
  readonly ccGroups?: readonly string[];
}

export interface NewRtTicket extends NewRtMessage, RtParties {
  readonly subject: string;
  /** The first of them opens the ticket unless `as` names another. */
  readonly requestors: readonly string[];
  /** `Support` unless named. */
  readonly queue?: string;
  readonly status?: string;
}

/** What was said or done, and when; RT keeps seconds. */
export interface RtThreadEvent extends Omit<NewRtMessage, 'keepsStatus'> {
  readonly kind: 'message' | 'note' | 'status';
  readonly as: string;
  readonly at: Date;
  /** Of `status`, the one after it. */
  readonly status?: string;
}

export interface NewRtThread extends RtParties {
  readonly subject: string;
  readonly queue: string;
  /** As it is now; no event of its own. */
  readonly status: string;
  /** The first opens the ticket. */
  readonly messages: readonly [RtThreadEvent, ...RtThreadEvent[]];
}

/** As it lies in the database, whoever may see it. */
export interface RtMessage {
  readonly transaction: string;
  readonly type: 'Create' | 'Correspond' | 'Comment';
  readonly creator: string;
  readonly bodies: readonly { readonly type: string; readonly content: string }[];
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly base64: string;
  }[];
}

export interface RtTicket {
  readonly id: string;
  readonly subject: string;
  readonly status: string;
  readonly queue: string;
  readonly requestors: readonly string[];
  /** Users and groups by name. */
  readonly cc: readonly string[];
  readonly messages: readonly RtMessage[];
}

/**
 * What customers and staff do in a Request Tracker without the portal, and what an administrator sets up. Tickets are named
 * by their id. Each order rejects when Request Tracker refuses it.
 */
export interface RtDesk {
  createUser(user: NewRtUser): Promise<void>;
  changeUser(name: string, change: RtUserChange): Promise<void>;
  /** For `Authorization: token …`. */
  createToken(user: string): Promise<string>;
  /** Answers with its id, by which a group that was made before comes before. */
  createGroup(name: string, members?: readonly string[]): Promise<string>;
  addMember(group: string, user: string): Promise<void>;
  removeMember(group: string, user: string): Promise<void>;
  /** A queue for customers and staff; one that the portal's account has no right in, with `hidden`. */
  createQueue(name: string, options?: { readonly hidden?: boolean }): Promise<void>;
  /** Staff, customers and the portal's account may in every queue what `createQueue` lets them do in one. */
  openQueues(): Promise<void>;
  /** Rights of a user in a queue, or everywhere. */
  grant(user: string, rights: readonly string[], queue?: string): Promise<void>;
  revoke(user: string, rights: readonly string[], queue?: string): Promise<void>;
  createTicket(ticket: NewRtTicket): Promise<string>;
  /** Many at once, without mails and other consequences. */
  seedTickets(count: number, make: (n: number) => NewRtTicket): Promise<readonly string[]>;
  /** Tickets with a past, in this order, without mails and other consequences. No list of what changed just now has them. */
  seedThreads(threads: readonly NewRtThread[]): Promise<readonly string[]>;
  /** The next ticket gets this number, which is greater than all there are. */
  countFrom(number: number): Promise<void>;
  /** Remembers all that there is. */
  keepAll(): Promise<void>;
  /** Makes everything as it was remembered; who is signed in stays so. */
  restoreAll(): Promise<void>;
  correspond(ticket: string, message: NewRtMessage): Promise<RtMessage>;
  comment(ticket: string, message: NewRtMessage): Promise<RtMessage>;
  setStatus(ticket: string, status: string): Promise<void>;
  setSubject(ticket: string, subject: string): Promise<void>;
  /** Replaces those who are named; `cc` and `ccGroups` are one list. */
  setParties(ticket: string, parties: RtParties): Promise<void>;
  moveTicket(ticket: string, queue: string): Promise<void>;
  mergeTicket(from: string, into: string): Promise<void>;
  deleteTicket(ticket: string): Promise<void>;
  /** Ids of all with exactly this subject. */
  findTickets(subject: string): Promise<readonly string[]>;
  readTicket(ticket: string): Promise<RtTicket>;
  close(): Promise<void>;
}

export interface RtDeskPlace {
  /** A copy of `deskProgram` that its user may read. */
  readonly program: string;
  readonly library: string;
  readonly user: ProcessUser | null;
  readonly env: Readonly<Record<string, string>>;
}

/** Begins with the first order, and ends with this process at the latest. */
export function openRtDesk(place: RtDeskPlace): RtDesk {
  let perl: ReturnType<typeof startPerl> | null = null;

  async function order(name: string, details: object): Promise<unknown> {
    perl ??= startPerl(place);
    const answer = await perl.ask({ ...details, order: name });
    if ('refused' in answer) throw new Error(`Request Tracker refused ${name}: ${answer.refused.trim()}`);
    return answer.result;
  }
  async function act(name: string, details: object): Promise<void> {
    await order(name, details);
  }

  const desk: RtDesk = {
    createUser: (user) => act('createUser', user),
    changeUser: (name, change) => act('changeUser', { ...change, name }),
    createToken: async (user) => (await order('createToken', { user })) as string,
    createGroup: async (name, members = []) => (await order('createGroup', { name, members })) as string,
    addMember: (group, user) => act('addMember', { group, user }),
    removeMember: (group, user) => act('removeMember', { group, user }),
    async createQueue(name, { hidden = false } = {}) {
      await act('createQueue', { name, parties: PARTY_RIGHTS, customers: CUSTOMER_RIGHTS });
      await desk.grant(AGENT, STAFF_QUEUE_RIGHTS, name);
      if (!hidden) await desk.grant(PORTAL, PORTAL_QUEUE_RIGHTS, name);
    },
    async openQueues() {
      await act('grantCustomers', { parties: PARTY_RIGHTS, customers: CUSTOMER_RIGHTS });
      await desk.grant(AGENT, STAFF_QUEUE_RIGHTS);
      await desk.grant(PORTAL, PORTAL_QUEUE_RIGHTS);
    },
    grant: (user, rights, queue) => act('grant', { user, rights, queue }),
    revoke: (user, rights, queue) => act('revoke', { user, rights, queue }),
    createTicket: async (ticket) => (await order('createTicket', ticketOrder(ticket))) as string,
    async seedTickets(count, make) {
      const tickets = Array.from({ length: count }, (_, n) => ticketOrder(make(n)));
      return (await order('seedTickets', { tickets })) as string[];
    },
    seedThreads: async (threads) =>
      (await order('seedThreads', {
        tickets: threads.map(({ messages, ...thread }) => ({
          ...thread,
          messages: messages.map((message) => ({ ...withFiles(message), at: rtTime(message.at) })),
        })),
      })) as string[],
    countFrom: (number) => act('countFrom', { number }),
    keepAll: () => act('keepAll', {}),
    restoreAll: () => act('restoreAll', {}),
    correspond: async (ticket, message) => (await order('correspond', messageOrder(ticket, message))) as RtMessage,
    comment: async (ticket, message) => (await order('comment', messageOrder(ticket, message))) as RtMessage,
    setStatus: (ticket, status) => act('setStatus', { as: AGENT, ticket, status }),
    setSubject: (ticket, subject) => act('setSubject', { as: AGENT, ticket, subject }),
    setParties: (ticket, parties) => act('setParties', { as: AGENT, ...parties, ticket }),
    moveTicket: (ticket, queue) => act('moveTicket', { as: AGENT, ticket, queue }),
    mergeTicket: (ticket, into) => act('mergeTicket', { as: AGENT, ticket, into }),
    deleteTicket: (ticket) => desk.setStatus(ticket, 'deleted'),
    findTickets: async (subject) => (await order('findTickets', { subject })) as string[],
    readTicket: async (ticket) => (await order('readTicket', { ticket })) as RtTicket,
    async close() {
      await perl?.end();
    },
  };
  return desk;
}

type Answer = { readonly result: unknown } | { readonly refused: string };

/** A process of its own, so that it goes on while the server is down. */
function startPerl({ program, library, user, env }: RtDeskPlace) {
  const { child, log, ended } = follow(
    spawnAs(user, 'KILL', 'perl', [`-I${library}`, program], { stdio: ['pipe', 'pipe', 'pipe'], cwd: '/', env }),
  );
  const { stdin, stdout } = child as ChildProcessWithoutNullStreams;
  const waiting: Deferred<Answer>[] = [];
  createInterface({ input: stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line) as Answer));
  // That it can no longer be written to is told by its end.
  stdin.on('error', () => undefined);
  const closed = ended.then(() => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`The desk of Request Tracker ended: ${log()}`));
  });

  return {
    ask(order: object): Promise<Answer> {
      if (stdin.writableEnded || child.exitCode !== null)
        throw new Error(`The desk of Request Tracker is closed: ${log()}`);
      const answer = deferred<Answer>();
      waiting.push(answer);
      stdin.write(`${JSON.stringify(order)}\n`);
      return answer.promise;
    },
    async end(): Promise<void> {
      stdin.end();
      await closed;
    },
  };
}

/** As RT keeps it, by UTC. */
const rtTime = (at: Date) => at.toISOString().slice(0, 19).replace('T', ' ');

const messageOrder = (ticket: string, message: NewRtMessage) => ({ as: AGENT, ...withFiles(message), ticket });

const ticketOrder = (ticket: NewRtTicket) => ({ as: ticket.requestors[0], queue: 'Support', ...withFiles(ticket) });

const withFiles = <Message extends NewRtMessage>({ files = [], ...message }: Message) => ({
  ...message,
  files: files.map(({ name, type, content }) => ({ name, type, base64: Buffer.from(content).toString('base64') })),
});
