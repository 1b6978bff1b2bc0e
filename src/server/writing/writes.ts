import type { Action, MessageView, TicketDetailView } from '../../policy/index.js';
import { projectTicket, projectTicketDetail } from '../../policy/index.js';
import { ApiError } from '../api-error.js';
import { lockTicket } from '../connectors/builtin/statements.js';
import type { Transaction } from '../database.js';
import type { SignedIn } from '../identity/session.js';
import { type TicketRow, ticketStep, toRecord } from '../index/ticket.js';
import type { PortalSettings } from '../settings/portal.js';

/** Whoever writes, where, and in which language the answer is. */
export interface Writes {
  readonly portal: PortalSettings;
  readonly session: SignedIn;
  readonly language: string;
}

export interface TicketInput {
  readonly subject: string;
  readonly message: string;
  readonly properties?: Readonly<Record<string, string>> | undefined;
  /** Id of the ticket that it goes on with. */
  readonly followUp?: string | undefined;
  /** Ids of uploads. */
  readonly attachments?: readonly string[] | undefined;
}

export interface MessageInput {
  readonly body: string;
  /** Ids of uploads. */
  readonly attachments?: readonly string[] | undefined;
}

/** What contacts write. Each with a key happens once, however often it is asked for, and is answered the same each time. */
export interface ContactWrites {
  /**
   * Opens a ticket in the portal's default inbox, for the contact and their primary company.
   *
   * @throws ApiError `invalid` for files that are not theirs to write, and for an earlier ticket that is not theirs to see
   */
  create(who: Writes, key: string, input: TicketInput): Promise<TicketDetailView>;
  /**
   * Adds the contact's reply; a colleague takes part from now on.
   *
   * @throws ApiError `not-found`, `forbidden` where the policy allows no reply, `invalid` for files that are not theirs to write
   */
  reply(who: Writes, key: string, ticket: string, input: MessageInput): Promise<MessageView>;
  /** @throws ApiError `not-found`, `forbidden` where the policy does not allow it */
  setState(who: Writes, ticket: string, action: 'close' | 'reopen'): Promise<TicketDetailView>;
}

/** The ticket as the writer sees it. @throws ApiError `not-found`, the same for foreign, deleted and unknown */
export function viewOf({ portal, session, language }: Writes, row: TicketRow | undefined) {
  const view = row ? projectTicketDetail(session.viewer, toRecord(portal, row, language), portal) : null;
  if (!row || !view) throw new ApiError('not-found');
  return { row, view };
}

/** The same, read anew. */
export async function readView(tx: Transaction, who: Writes, ticket: string): Promise<TicketDetailView> {
  const { statement, params = [] } = ticketStep(ticket);
  const [row] = await tx.query<TicketRow>(statement, params);
  return viewOf(who, row).view;
}

/** Refuses to go on with a ticket that the writer may not see. @throws ApiError `invalid`, the same for foreign, deleted and unknown */
export async function checkEarlier(tx: Transaction, who: Writes, earlier: string | undefined): Promise<void> {
  if (earlier === undefined) return;
  const { statement, params = [] } = ticketStep(earlier);
  const [row] = await tx.query<TicketRow>(statement, params);
  const { portal, session, language } = who;
  if (row && projectTicket(session.viewer, toRecord(portal, row, language), portal)) return;
  throw new ApiError('invalid', { fields: [{ path: 'followUp', code: 'unknown' }] });
}

/** The same, nobody else's to write until the transaction ends. @throws ApiError `forbidden` when the writer may not do this */
export async function lockFor(tx: Transaction, who: Writes, ticket: string, action: Action) {
  const [, [row]] = (await tx.batch([
    { statement: lockTicket, params: [who.session.viewer.account, ticket] },
    ticketStep(ticket),
  ])) as [unknown, TicketRow[]];
  const { view } = viewOf(who, row);
  if (!view.actions.includes(action)) throw new ApiError('forbidden');
  return { row: row as TicketRow, joins: view.why.relation === 'company' };
}
