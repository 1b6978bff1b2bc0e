import type { Command, Query } from './command.js';
import { everything } from './command.js';
import type { Permission, Settings, Tie } from './rules.js';
import { because, doings, opening } from './rules.js';
import { notFound, type Shown, signedOut, unspecified } from './reference-answers.js';
import { countAll } from './reference-counts.js';
import { found, wordsIn } from './reference-search.js';
import type { Kept } from './reference-ticket.js';
import {
  firstWaiting,
  hasAll,
  keep,
  lastOpen,
  say,
  setStatus,
  sortKey,
  stageOf,
  threadPages,
} from './reference-ticket.js';
import type { Person, Setting } from './setting.js';
import { apart, companyNames, firstNumber, personName, shownInboxes, statuses } from './setting.js';

/** The place after which a list goes on. */
interface Held {
  readonly query: Query;
  readonly after: readonly [number, number];
}

/**
 * What a portal answers, by the rules of `rules.ts`, with the simplest means: every question goes through every ticket. It
 * is told a command and says what the asking viewer must be answered.
 */
export class Reference {
  readonly #companies: number;
  readonly #people: Person[];
  readonly #tickets: Kept[];
  #permission: Permission;
  #actions: Settings;
  readonly #lacks: readonly string[];
  readonly #held = new Map<number, Held | null>();
  #moment = 0;

  /** @param lacks actions that no ticket lists here */
  constructor(setting: Setting, lacks: readonly string[] = []) {
    this.#lacks = lacks;
    this.#companies = setting.companies;
    this.#people = [...setting.people];
    this.#permission = setting.permission;
    this.#actions = setting.actions;
    this.#tickets = setting.tickets.map(keep);
  }

  get people(): number {
    return this.#people.length;
  }

  get tickets(): number {
    return this.#tickets.length;
  }

  person = (place: number): number => place % this.#people.length;

  /** -1 for one that does not exist. */
  ticket = (place: number): number => (place < 0 ? -1 : place % this.#tickets.length);

  company = (place: number): number => place % this.#companies;

  /** The company that a list asks for; the one after the last does not exist. */
  scopeCompany = (place: number): number => place % (this.#companies + 1);

  maySignIn(person: number): boolean {
    const one = this.#person(person);
    return one.enabled && one.verified && one.member;
  }

  /** The company all of whose tickets they see. */
  widened(person: number): number | null {
    const { primary, properties } = this.#person(person);
    return opening(this.#permission, properties) === null ? null : primary;
  }

  /** Who is to look at all their tickets after the command. */
  concerned(command: Command): readonly number[] {
    if (command.type === 'permission') return [...this.#people.keys()];
    return [this.person('person' in command ? command.person : command.viewer)];
  }

  /** The parties that a command asks for. The requester stays; somebody may be named twice. */
  parties(command: Command & { type: 'parties' }) {
    const people = (places: readonly number[]) => [...new Set(places.map(this.person))];
    const ticket = this.#tickets[this.ticket(command.ticket)];
    return {
      requester: ticket?.requester ?? 0,
      contacts: people(command.contacts),
      participants: people(command.participants),
      companies: [...new Set(command.companies?.map(this.company) ?? ticket?.companies)],
    };
  }

  companiesOf({ companies, primary }: Command & { type: 'companies' }) {
    const of = [...new Set(companies.map(this.company))];
    return { companies: of, primary: primary ? (of[0] ?? null) : null };
  }

  /** The command with people for what depends on where things stand. */
  resolve(command: Command): Command {
    if (command.type !== 'next') return command;
    const holders = [...this.#held].flatMap(([person, held]) => (held ? [person] : []));
    const { viewer } = command;
    // Then somebody begins.
    if (holders.length === 0) return { type: 'list', viewer, query: { ...everything, limit: 1 } };
    const holder = holders[command.holder % holders.length] ?? 0;
    return { ...command, holder, viewer: command.own ? holder : viewer };
  }

  /** Id of a ticket's status. */
  statusOf = (place: number): string | undefined => statuses[this.#tickets[this.ticket(place)]?.status ?? -1]?.id;

  /** Carries the command out. Returns what the viewer, support or the owner is answered. */
  answer(command: Command): unknown {
    this.#moment += 1;
    const viewer = this.person(command.viewer);
    switch (command.type) {
      case 'session':
        return this.#session(viewer);
      case 'list':
        return this.#hold(viewer, command.query, null);
      case 'next':
        return this.#next(viewer, this.person(command.holder));
      case 'counts':
        return this.maySignIn(viewer) ? this.#counts(viewer, command.scope) : signedOut;
      case 'get':
        return this.#seen(viewer, command.ticket, (_, ticket) => this.detail(viewer, ticket));
      case 'read':
        return this.#seen(viewer, command.ticket, (kept) => {
          kept.read.set(viewer, kept.updated);
          return null;
        });
      case 'messages':
        return this.#seen(viewer, command.ticket, (kept) => threadPages(kept, command.limit));
      case 'reply':
        return this.#reply(viewer, command.ticket, command.text);
      case 'create':
        return this.#create(viewer, command.subject, command.text);
      case 'answer':
      case 'note':
      case 'status':
      case 'move':
      case 'remove':
      case 'parties':
        return this.#atTheDesk(command);
      case 'companies':
        return this.#change(command.person, this.companiesOf(command));
      case 'enabled':
        return this.#change(command.person, { enabled: command.enabled });
      case 'properties':
        return this.#change(command.person, { properties: command.properties });
      case 'permission':
        this.#permission = command.permission;
        return null;
      case 'actions':
        this.#actions = command.actions;
        return null;
      case 'stream':
      case 'hang-up':
        return null;
    }
  }

  /** What the viewer sees of a ticket; `null` for nothing. */
  show(viewer: number, place: number, q: string | null = null): Shown | null {
    const kept = this.#tickets[place];
    const tie = kept && this.#tie(viewer, kept);
    if (!kept || !tie) return null;
    const { primary, properties } = this.#person(viewer);
    const said = kept.entries.filter(({ note }) => !note);
    const words = [kept.subject, String(firstNumber + place), ...said.map(({ text }) => text)].flatMap(wordsIn);
    if (q !== null && !found(words, q)) return null;
    const hit = q === null ? null : said.find(({ text }) => found(wordsIn(text), q, 'any'));
    const stage = stageOf(kept);
    const group = opening(this.#permission, properties) ?? [];
    const company = kept.companies.toSorted((one, other) => one - other)[0];
    return {
      ticket: place,
      number: firstNumber + place,
      subject: kept.subject,
      status: statuses[kept.status]?.id ?? '',
      turn: stage === 'closed' ? null : stage === 'open' ? 'support' : 'contact',
      requester: personName(kept.requester),
      company: company === undefined ? null : (companyNames[company] ?? null),
      unread: kept.last !== viewer && (kept.read.get(viewer) ?? -Infinity) < kept.updated,
      properties: kept.properties,
      relation: tie,
      through: tie === 'company' && primary !== null ? (companyNames[primary] ?? null) : null,
      because: tie === 'company' ? because(group, properties) : null,
      snippet: hit?.text ?? null,
    };
  }

  detail(viewer: number, ticket: number) {
    const kept = this.#tickets[ticket];
    const shown = this.show(viewer, ticket);
    if (!kept || !shown) return notFound;
    return {
      ...shown,
      actions: doings(shown.relation, stageOf(kept), this.#actions).filter((doing) => !this.#lacks.includes(doing)),
      participants: [...kept.contacts, ...kept.participants].map(personName).toSorted(),
    };
  }

  /** Tells one state of a ticket, as this viewer sees it, from every other. */
  print(viewer: number, ticket: number): string | null {
    const shown = this.show(viewer, ticket);
    return shown && JSON.stringify([shown, this.#tickets[ticket]?.updated]);
  }

  list(viewer: number, query: Query) {
    return this.maySignIn(viewer) ? this.#page(viewer, query, null).answer : signedOut;
  }

  /** A page of the list, whose cursor the viewer holds from now on. */
  #hold(viewer: number, query: Query, after: Held['after'] | null) {
    if (!this.maySignIn(viewer)) return signedOut;
    const { answer, next } = this.#page(viewer, query, after);
    this.#held.set(viewer, next && { query, after: next });
    return answer;
  }

  #page(viewer: number, query: Query, after: Held['after'] | null) {
    const direction = query.descending ? -1 : 1;
    const order = (one: Held['after'], other: Held['after']) => direction * (one[0] - other[0] || one[1] - other[1]);
    const rows = this.#tickets
      .map((kept, place) => ({ kept, place, key: [sortKey(kept, place, query), place] as const }))
      .filter(({ kept, key }) => this.#isAsked(viewer, kept, query) && (after === null || order(key, after) > 0))
      .flatMap(({ place, key }) => {
        const shown = this.show(viewer, place, query.q);
        return shown ? [{ shown, key }] : [];
      })
      .toSorted((one, other) => order(one.key, other.key));
    const page = rows.slice(0, query.limit);
    const more = rows.length > query.limit;
    return {
      answer: { items: page.map(({ shown }) => shown), more },
      next: (more && page.at(-1)?.key) || null,
    };
  }

  #next(viewer: number, holder: number) {
    const held = this.#held.get(holder);
    if (!held) return 'no cursor';
    if (!this.maySignIn(viewer)) return signedOut;
    return viewer === holder ? this.#hold(viewer, held.query, held.after) : { error: 'invalid' };
  }

  #person(place: number): Person {
    const person = this.#people[place];
    if (!person) throw new Error(`person ${place}`);
    return person;
  }

  #tie(viewer: number, kept: Kept): Tie | null {
    if (kept.deleted || kept.inbox >= shownInboxes || !this.maySignIn(viewer)) return null;
    if (kept.requester === viewer) return 'requester';
    if (kept.contacts.includes(viewer)) return 'contact';
    if (kept.participants.includes(viewer)) return 'participant';
    const company = this.widened(viewer);
    return company !== null && kept.companies.includes(company) ? 'company' : null;
  }

  #isAsked(viewer: number, kept: Kept, query: Query): boolean {
    const { scope, state, status, turn, requester } = query;
    const tie = this.#tie(viewer, kept);
    const { primary } = this.#person(viewer);
    if (scope === 'mine' && tie !== 'requester' && tie !== 'contact') return false;
    if (scope === 'participating' && tie !== 'participant') return false;
    if (scope === 'company' && (primary === null || !kept.companies.includes(primary))) return false;
    if (typeof scope === 'number' && !kept.companies.includes(this.scopeCompany(scope))) return false;
    if (turn !== null && stageOf(kept) !== (turn === 'support' ? 'open' : 'waiting_on_contact')) return false;
    if (requester !== null && kept.requester !== this.person(requester)) return false;
    if (!hasAll(kept, query)) return false;
    if (state === 'open' && stageOf(kept) === 'closed') return false;
    if (state === 'closed' && stageOf(kept) !== 'closed') return false;
    return status === null || statuses[kept.status]?.id === status;
  }

  #session(viewer: number) {
    const { primary } = this.#person(viewer);
    if (!this.maySignIn(viewer)) return { contact: null, company: null, permission: null };
    return {
      contact: personName(viewer),
      company: primary === null ? null : (companyNames[primary] ?? null),
      permission: this.widened(viewer) === null ? 'own' : 'company',
    };
  }

  #counts(viewer: number, scope: Query['scope']) {
    const seen = this.#tickets.flatMap((kept, place) => {
      const shown = this.show(viewer, place);
      const scoped = this.#isAsked(viewer, kept, { ...everything, scope });
      return shown ? [{ ...shown, companies: kept.companies, scoped }] : [];
    });
    const { companies, primary } = this.#person(viewer);
    const others = companies.filter((one) => one !== primary).toSorted((one, other) => one - other);
    return countAll(seen, [...(primary === null ? [] : [primary]), ...others]);
  }

  #seen(viewer: number, place: number, then: (kept: Kept, ticket: number) => unknown): unknown {
    if (!this.maySignIn(viewer)) return signedOut;
    const ticket = this.ticket(place);
    const kept = this.#tickets[ticket];
    return kept && this.#tie(viewer, kept) ? then(kept, ticket) : notFound;
  }

  #reply(viewer: number, place: number, text: string) {
    const blank = text.trim() === '';
    if (!this.maySignIn(viewer)) return blank ? unspecified : signedOut;
    // What cannot be a reply is refused before anybody looks for the ticket.
    if (blank) return { error: 'invalid' };
    return this.#seen(viewer, place, (kept, ticket) => {
      const seen = this.detail(viewer, ticket);
      if ('error' in seen || !seen.actions.includes('reply')) return { error: 'forbidden' };
      if (seen.relation === 'company') kept.participants = [...kept.participants, viewer];
      say(kept, viewer, text, this.#moment);
      if (stageOf(kept) !== 'open') setStatus(kept, viewer, lastOpen, this.#moment);
      kept.read.set(viewer, kept.updated);
      return { author: personName(viewer), side: 'contact', text };
    });
  }

  #create(viewer: number, subject: string, text: string) {
    if (!this.maySignIn(viewer)) return signedOut;
    const { primary } = this.#person(viewer);
    const kept: Kept = {
      subject,
      requester: viewer,
      properties: {},
      contacts: [],
      participants: [],
      companies: primary === null ? [] : [primary],
      status: 0,
      inbox: 0,
      deleted: false,
      entries: [],
      created: this.#moment,
      updated: this.#moment,
      last: viewer,
      read: new Map([[viewer, this.#moment]]),
    };
    this.#tickets.push(kept);
    say(kept, viewer, text, this.#moment);
    return this.detail(viewer, this.#tickets.length - 1);
  }

  #atTheDesk(command: Command & { ticket: number }) {
    const kept = this.#tickets[this.ticket(command.ticket)];
    if (!kept || kept.deleted) return notFound;
    switch (command.type) {
      case 'answer':
        say(kept, null, command.text, this.#moment);
        if (stageOf(kept) === 'open') setStatus(kept, null, firstWaiting, this.#moment);
        break;
      case 'note':
        kept.entries.push({ by: null, note: true, text: command.text, change: null });
        break;
      case 'status':
        if (command.status >= statuses.length) return { error: 'invalid' };
        if (command.status !== kept.status) setStatus(kept, null, command.status, this.#moment);
        break;
      case 'move':
        kept.inbox = command.inbox;
        break;
      case 'remove':
        kept.deleted = true;
        break;
      case 'parties': {
        const { requester, contacts, participants, companies } = this.parties(command);
        Object.assign(kept, apart(requester, contacts, participants), { companies });
        break;
      }
    }
    return null;
  }

  #change(place: number, changed: Partial<Person>): null {
    const person = this.person(place);
    this.#people[person] = { ...this.#person(person), ...changed };
    return null;
  }
}
