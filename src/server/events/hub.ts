import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import { type PartyOfTicket, partiesOfTickets } from '../index/changes.js';

/** An open stream, as the hub knows it. */
export interface Member {
  readonly account: number;
  readonly contact: number;
  /** The company all of whose tickets the contact sees. */
  readonly company: number | null;
  /** Names the session; a session has at most three streams. */
  readonly session: string;
  /**
   * These tickets may have changed; `all`: any may have had a public event. None: who the contact is, or what they may see,
   * may have changed.
   */
  wake(tickets: readonly number[] | 'all'): void;
}

export interface Hub {
  /** Wakes the member from now on. Returns what ends that. @throws ApiError `rate-limited` */
  join(member: Member): () => void;
}

const streamsASession = 3;
/** Tickets looked up at a time. */
const lookUpSize = 1000;

/**
 * Brings hints from the database to the streams that they concern: one for all streams of this process. A hint is not a
 * fact; each stream reads for itself what its contact may see.
 */
export function createHub({ database }: Pick<AppDeps, 'database'>): Hub {
  const accounts = new Map<number, Set<Member>>();
  /** Tickets by account that wait for the look-up under way. */
  const hinted = new Map<number, Set<number>>();
  let stopListening = () => {};

  const wakeAll = (account: number) => accounts.get(account)?.forEach((member) => member.wake('all'));

  function hear(payload: string | null): void {
    // The connection was lost: any hint may have been.
    if (payload === null) return [...accounts.keys()].forEach(wakeAll);
    const [, account, subject, id] = /^(\d+):(contact:|portal|)(\d*)$/.exec(payload) ?? [];
    const members = accounts.get(Number(account));
    if (!members) return;
    if (subject === '') return ticketHint(Number(account), Number(id));
    for (const member of members) if (subject === 'portal' || member.contact === Number(id)) member.wake([]);
  }

  /** Hints that come during a look-up share the next one. */
  function ticketHint(account: number, ticket: number): void {
    const waiting = hinted.get(account);
    if (waiting) return void waiting.add(ticket);
    hinted.set(account, new Set([ticket]));
    void lookUp(account);
  }

  async function lookUp(account: number): Promise<void> {
    for (let tickets = take(account); tickets.length > 0; tickets = take(account)) {
      try {
        await wakeParties(account, tickets);
      } catch {
        // Whom it concerns is not known: everybody looks.
        wakeAll(account);
      }
    }
    hinted.delete(account);
  }

  function take(account: number): number[] {
    const waiting = hinted.get(account);
    const tickets = [...(waiting ?? [])].slice(0, lookUpSize);
    for (const ticket of tickets) waiting?.delete(ticket);
    return tickets;
  }

  async function wakeParties(account: number, tickets: readonly number[]): Promise<void> {
    const [parties] = (await database.batch({ role: 'staff', account }, [
      { statement: partiesOfTickets, params: [account, tickets] },
    ])) as [PartyOfTicket[]];
    for (const member of accounts.get(account) ?? []) {
      const concerned = parties.filter(
        ({ contact_id, company_id }) =>
          contact_id === member.contact || (company_id !== null && company_id === member.company),
      );
      if (concerned.length > 0) member.wake([...new Set(concerned.map(({ ticket_id }) => ticket_id))]);
    }
  }

  return {
    join(member) {
      const members = accounts.get(member.account) ?? new Set();
      const open = [...members].filter(({ session }) => session === member.session).length;
      if (open >= streamsASession) throw new ApiError('rate-limited', { retryAfter: 15 });
      if (accounts.size === 0) stopListening = database.listen(hear);
      accounts.set(member.account, members.add(member));
      return () => {
        if (!members.delete(member) || members.size > 0) return;
        accounts.delete(member.account);
        if (accounts.size === 0) stopListening();
      };
    },
  };
}
