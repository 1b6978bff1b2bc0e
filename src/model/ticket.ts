/** Plain types of what a customer may see. Times are ISO 8601 in UTC; an absent value is `null`, never missing. */

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Company {
  readonly id: string;
  readonly name: string;
}

/** The only property of a status that logic may depend on. */
export type StatusCategory = 'open' | 'waiting_on_contact' | 'closed';

export interface Status {
  readonly id: string;
  readonly category: StatusCategory;
  /** The customer label, in the language of the request. */
  readonly label: string;
}

/** Who is expected to write next; `null` when the ticket is closed. */
export type Turn = 'contact' | 'support';

/** How the viewer is tied to a ticket: the first that holds of requester, contact, participant, company. */
export type Relation = 'requester' | 'contact' | 'participant' | 'company';

/** Why the viewer sees the ticket. The words are made in the element. */
export interface Why {
  readonly relation: Relation;
  /** The primary company through which a colleague sees it. */
  readonly company: Company | null;
  /** The contact property that turned `company-if` into `company` for this viewer. */
  readonly condition: { readonly property: string; readonly value: string } | null;
}

export interface Snippet {
  readonly text: string;
  /** Half-open ranges of UTF-16 code units in `text` that match the search. */
  readonly marks: readonly (readonly [from: number, to: number])[];
}

export interface Ticket {
  readonly id: string;
  /** Counts up within an account. Shown and searched, never a key. */
  readonly number: number;
  readonly subject: string;
  readonly status: Status;
  readonly turn: Turn | null;
  readonly requester: Person;
  readonly company: Company | null;
  readonly createdAt: string;
  /** Time of the last public event. */
  readonly updatedAt: string;
  readonly unread: boolean;
  readonly snippet: Snippet | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly why: Why;
}

/** Another ticket, as a link to it is named. */
export interface TicketLink {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
}

/** What a viewer may do with a ticket. */
export type Action = 'reply' | 'close' | 'reopen' | 'add-participant' | 'rate' | 'edit';

export interface TicketDetail extends Ticket {
  readonly actions: readonly Action[];
  readonly participants: readonly Person[];
  /** How good the help was, 1 to 5, in the viewer's own view: of others' ratings nobody but support learns. */
  readonly rating: number | null;
  /** What the viewer wrote with it. Absent where a backend knows no such thing. */
  readonly ratingComment?: string | null | undefined;
  /** The ticket that this one goes on with, if the viewer may see it. Absent where a backend knows no such thing. */
  readonly followUpOf?: TicketLink | null | undefined;
  /** Tickets that go on with this one, of those that the viewer may see; the latest 20, oldest first. Absent likewise. */
  readonly followUps?: readonly TicketLink[] | undefined;
  /** Until when this viewer has read it; `null` for one who never has. */
  readonly readAt: string | null;
}

export type TicketScope = 'all' | 'mine' | 'participating' | 'company' | `company:${string}`;
export type TicketState = 'open' | 'closed' | 'all';
export type SortKey = 'updated' | 'created' | 'number' | 'status';
export type TicketSort = SortKey | `-${SortKey}`;

export interface TicketQuery {
  /** Default `all`: everything visible. */
  readonly scope?: TicketScope;
  /** Default `all`. `open` is every category but `closed`. */
  readonly state?: TicketState;
  /** A status id. */
  readonly status?: string;
  /** Who is expected to write next. */
  readonly turn?: Turn;
  /** Id of the contact who asked. */
  readonly requester?: string;
  /**
   * By the name of one of `Portal.properties`: the wanted value, by its type. Of a `text` a part, letter case aside; of a
   * `choice` or a `boolean` the value; of a `number` or a `date` `from..to`, where one side may be absent and both count.
   */
  readonly properties?: Readonly<Record<string, string>>;
  /** Subject, number and text of public messages contain it, letter case aside. */
  readonly q?: string;
  /** Default `-updated`. */
  readonly sort?: TicketSort;
  readonly cursor?: string;
  /** 1 to 100, default 25. */
  readonly limit?: number;
}

/** What an export takes: the whole list, not a page of it. */
export type ExportQuery = Omit<TicketQuery, 'cursor' | 'limit'>;

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  /** When a help desk behind the portal does not answer: all of this is of then. */
  readonly asOf?: string | null | undefined;
}

/** What a customer writes to open a ticket. */
export interface NewTicket {
  readonly subject: string;
  readonly message: string;
  readonly properties?: Readonly<Record<string, string>>;
  /** Id of the portal's form that it comes by. Needless where there is only one. */
  readonly form?: string;
  /** Id of the ticket that it goes on with: one that the contact may see. Only where tickets have `followUps`. */
  readonly followUp?: string;
  /** Ids of uploads of the contact's own. */
  readonly attachments?: readonly string[];
}

/** What a customer changes of a ticket. */
export interface TicketChange {
  /** By the name of one of `Portal.properties`: what it holds from now on, by its type; `null` or a blank for nothing. */
  readonly properties: Readonly<Record<string, string | null>>;
}

/** Whom a customer brings into a ticket. */
export interface NewParticipant {
  /** Of a colleague. Letter case and blanks around it do not count. */
  readonly email: string;
}

/** What a customer thinks of the help with a ticket. Another one takes the place of the one before, comment and all. */
export interface NewRating {
  /** 1 (very bad) to 5 (very good). */
  readonly rating: number;
  /** For support alone. */
  readonly comment?: string;
}
