import { isBackendError } from '../../src/backend/backend-error.js';
import type { Counts, Page, SortKey, Ticket, TicketDetail, TicketQuery, TicketScope } from '../../src/model/index.js';
import { publicIdOf } from '../../src/world/public-id.js';
import { StoreError } from '../../src/world/store-error.js';
import type { Command, Query } from './command.js';
import type { Browser, Desk } from './desk.js';
import type { Reference } from './reference.js';
import type { Shown } from './reference-answers.js';
import { companyId, inboxes, personId, statuses } from './setting.js';

const password = 'portico-model-2026';
const absent = publicIdOf('ticket', 'absent');

/** Carries commands out on a target, and puts its answers into the words of the reference. */
export class Player {
  readonly #reference: Reference;
  readonly #desk: Desk;
  readonly #browsers = new Map<number, Browser>();
  readonly #signedIn = new Set<number>();
  /** Public ids by place. */
  readonly #tickets: string[];
  readonly #cursors = new Map<number, { readonly query: Query; readonly cursor: string } | null>();

  constructor(reference: Reference, desk: Desk) {
    this.#reference = reference;
    this.#desk = desk;
    this.#tickets = Array.from({ length: reference.tickets }, (_, place) => publicIdOf('ticket', `t${place}`));
  }

  /** The person's own browser, signed in if they may. Every browser keeps its session, whatever becomes of it. */
  async browser(person: number): Promise<Browser> {
    const browser = this.#browsers.get(person) ?? this.#desk.browser();
    this.#browsers.set(person, browser);
    if (!this.#signedIn.has(person) && this.#reference.maySignIn(person)) {
      await browser.backend.signIn({ method: 'password', email: `${personId(person)}@example.com`, password });
      this.#signedIn.add(person);
    }
    return browser;
  }

  /** The answer: to the viewer, else to support or to the owner. */
  async perform(command: Command): Promise<unknown> {
    return answerOf(async () => {
      const { staff, owner } = this.#desk;
      switch (command.type) {
        case 'answer':
          return staff.answer(this.#ticket(command.ticket), command.text);
        case 'note':
          return staff.note(this.#ticket(command.ticket), command.text);
        case 'status':
          return staff.status(this.#ticket(command.ticket), statuses[command.status]?.id ?? 'lost');
        case 'move':
          return staff.move(this.#ticket(command.ticket), inboxes[command.inbox] ?? '');
        case 'remove':
          return owner.remove(this.#ticket(command.ticket));
        case 'parties': {
          const { requester, contacts, participants, companies } = this.#reference.parties(command);
          return owner.parties(this.#ticket(command.ticket), {
            requester: personId(requester),
            contacts: contacts.map(personId),
            participants: participants.map(personId),
            companies: companies.map(companyId),
          });
        }
        case 'companies': {
          const { companies, primary } = this.#reference.companiesOf(command);
          const id = this.#person(command.person);
          return owner.companies(id, companies.map(companyId), primary === null ? null : companyId(primary));
        }
        case 'enabled':
          if (!command.enabled) this.#signedIn.delete(this.#reference.person(command.person));
          return owner.enabled(this.#person(command.person), command.enabled);
        case 'properties':
          return owner.properties(this.#person(command.person), command.properties);
        case 'permission':
          return owner.permission(command.permission);
        case 'actions':
          return owner.actions(command.actions);
        default:
          return this.#visit(command);
      }
    });
  }

  /** One page from the start, whose cursor nobody holds. */
  async list(person: number, query: Query): Promise<unknown> {
    return answerOf(async () => this.#page(await this.#listed(person, query)));
  }

  shown(ticket: Ticket): Shown {
    return {
      ticket: this.#tickets.indexOf(ticket.id),
      number: ticket.number,
      subject: ticket.subject,
      status: ticket.status.id,
      turn: ticket.turn,
      requester: ticket.requester.name,
      company: ticket.company?.name ?? null,
      unread: ticket.unread,
      // In one order, for what is compared as text.
      properties: Object.fromEntries(
        Object.entries(ticket.properties).sort(([one], [other]) => (one < other ? -1 : 1)),
      ),
      relation: ticket.why.relation,
      through: ticket.why.company?.name ?? null,
      because: ticket.why.condition && `${ticket.why.condition.property}=${ticket.why.condition.value}`,
      snippet: ticket.snippet?.text ?? null,
    };
  }

  async #visit(command: Command): Promise<unknown> {
    const person = this.#reference.person(command.viewer);
    const { backend } = await this.browser(person);
    switch (command.type) {
      case 'session': {
        const { contact, permission } = await backend.session();
        return { contact: contact?.name ?? null, company: contact?.company?.name ?? null, permission };
      }
      case 'counts':
        return countsOf(await backend.counts({ scope: this.#scope(command.scope) }));
      case 'list': {
        const page = await this.#listed(person, command.query);
        this.#hold(person, command.query, page);
        return this.#page(page);
      }
      case 'next': {
        const held = this.#cursors.get(this.#reference.person(command.holder));
        if (!held) return 'no cursor';
        const page = await this.#listed(person, held.query, held.cursor);
        this.#hold(person, held.query, page);
        return this.#page(page);
      }
      case 'get':
        return this.#detail(await backend.getTicket(this.#ticket(command.ticket)));
      case 'read':
        return backend.markRead(this.#ticket(command.ticket));
      case 'messages':
        return this.#thread(person, this.#ticket(command.ticket), command.limit);
      case 'reply': {
        const { author, text } = await backend.reply(
          this.#ticket(command.ticket),
          { body: command.text },
          { idempotencyKey: crypto.randomUUID() },
        );
        return { author: author.name, side: author.side, text };
      }
      case 'create': {
        const { subject, text } = command;
        const made = await backend.createTicket({ subject, message: text }, { idempotencyKey: crypto.randomUUID() });
        this.#tickets.push(made.id);
        return this.#detail(made);
      }
      default:
        return null;
    }
  }

  #person = (place: number): string => personId(this.#reference.person(place));

  #ticket = (place: number): string => this.#tickets[this.#reference.ticket(place)] ?? absent;

  #scope = (scope: Query['scope']): TicketScope =>
    typeof scope === 'number'
      ? `company:${publicIdOf('company', companyId(this.#reference.scopeCompany(scope)))}`
      : scope;

  async #listed(person: number, query: Query, cursor?: string): Promise<Page<Ticket>> {
    const { backend } = await this.browser(person);
    const { scope, state, status, turn, requester, properties, sort, descending, q, limit } = query;
    return backend.listTickets({
      scope: this.#scope(scope),
      state,
      properties,
      sort: `${descending ? '-' : ''}${sort}` as SortKey,
      limit,
      ...(status !== null && { status }),
      ...(turn !== null && { turn }),
      ...(requester !== null && { requester: publicIdOf('contact', this.#person(requester)) }),
      ...(q !== null && { q }),
      ...(cursor !== undefined && { cursor }),
    } satisfies TicketQuery);
  }

  #hold(person: number, query: Query, { nextCursor }: Page<Ticket>): void {
    this.#cursors.set(person, nextCursor === null ? null : { query, cursor: nextCursor });
  }

  #page = ({ items, nextCursor }: Page<Ticket>) => ({
    items: items.map((ticket) => this.shown(ticket)),
    more: nextCursor !== null,
  });

  #detail = (ticket: TicketDetail) => ({
    ...this.shown(ticket),
    actions: ticket.actions,
    participants: ticket.participants.map(({ name }) => name).toSorted(),
  });

  async #thread(person: number, ticket: string, limit: number) {
    const { backend } = await this.browser(person);
    const pages = [];
    for (let before: string | null | undefined; before !== null; ) {
      const page = await backend.listMessages(ticket, { limit, ...(before !== undefined && { before }) });
      pages.push(
        page.items.map(({ author, text, status }) => ({
          author: author.name,
          side: author.side,
          text,
          change: status && [status.from, status.to],
        })),
      );
      before = page.previousCursor;
    }
    return pages;
  }
}

const countsOf = ({ scopes, states, statuses, requesters, unread }: Counts) => ({
  all: scopes.all,
  mine: scopes.mine,
  participating: scopes.participating,
  company: scopes.company.map(({ name, count }) => [name, count]),
  open: states.open,
  closed: states.closed,
  statuses,
  requesters: requesters.map(({ name, count }) => [name, count]),
  unread,
});

/** What came, `null` where nothing does, or the code of the refusal; nobody signed in is one, however it is said. */
export async function answerOf(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return (await ask()) ?? null;
  } catch (error) {
    if (!isBackendError(error) && !(error instanceof StoreError)) throw error;
    const { code } = error;
    return { error: code === 'unauthenticated' || code === 'session-expired' ? 'signed-out' : code };
  }
}
