/**
 * The demo world as plain data: seed of the reference server's demo folder and of the memory backend. Ids are chosen by
 * hand and stable ("alice", "acme", "t-1042"); the stores make public ids of them. Times are minutes before "now", so
 * that the demo looks alive on every day. Texts are in the language that their author would write.
 */
import type { ActionSettings } from '../policy/actions.js';
import type { TicketPermission } from '../policy/visibility.js';

export type LocalText = Readonly<{ en: string; pl: string }>;

export interface WorldStatus {
  readonly id: string;
  readonly category: 'open' | 'waiting_on_contact' | 'closed';
  readonly label: LocalText;
}

export interface WorldCompany {
  readonly id: string;
  readonly name: string;
}

export interface WorldContact {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: 'en' | 'pl';
  readonly companies: readonly string[];
  /** One of `companies`. */
  readonly primaryCompany: string | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly verified: boolean;
  /** A line for the demo's sign-in buttons: what this person sees. */
  readonly hint: LocalText;
}

export interface WorldStaff {
  readonly id: string;
  readonly name: string;
  /** By which they sign in and set up the portal; without one they only answer. */
  readonly email?: string;
}

export interface WorldAttachment {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** The content: text as it is, binary as base64. */
  readonly text?: string;
  readonly base64?: string;
  /** By which the HTML of its message refers to it. */
  readonly contentId?: string;
}

export interface WorldMessage {
  readonly id: string;
  /** `public` reaches customers, `note` never does, `status` is a change of status. */
  readonly kind: 'public' | 'note' | 'status';
  /** A contact's or a staff member's id. */
  readonly author: string;
  readonly minutesAgo: number;
  readonly text: string;
  /** As it came by mail; kept, never served raw. */
  readonly html?: string;
  /** Status ids before and after, for `status`. */
  readonly status?: { readonly from: string; readonly to: string };
  readonly attachments?: readonly WorldAttachment[];
}

export interface WorldTicket {
  readonly id: string;
  readonly number: number;
  readonly inbox: string;
  readonly subject: string;
  /** Status now; the last `status` message agrees. */
  readonly status: string;
  readonly requester: string;
  readonly contacts: readonly string[];
  readonly participants: readonly string[];
  readonly companies: readonly string[];
  readonly deleted: boolean;
  readonly properties: Readonly<Record<string, string>>;
  /** Oldest first; the first is the requester's own. */
  readonly messages: readonly WorldMessage[];
  /** Contacts who have read everything; others see it as unread when the last public message is not theirs. */
  readonly readBy: readonly string[];
}

/** A property as a column and a filter of the list. */
export interface WorldProperty {
  /** One of the portal's `properties`. */
  readonly name: string;
  readonly type: 'text' | 'choice' | 'number' | 'date' | 'boolean';
  readonly label: LocalText;
  /** Of a `choice`. */
  readonly options: readonly { readonly value: string; readonly label: LocalText }[] | null;
}

/** A form that new tickets come by. */
export interface WorldForm {
  readonly id: string;
  readonly label: LocalText;
  /** Below subject and message; each is one of the portal's `propertyDefinitions`. */
  readonly fields: readonly { readonly property: string; readonly required: boolean }[];
}

export interface WorldPortal {
  readonly slug: string;
  readonly name: string;
  readonly locale: 'en' | 'pl';
  readonly locales: readonly ('en' | 'pl')[];
  readonly permission: TicketPermission;
  /** What differs from the usual actions. */
  readonly actions: ActionSettings;
  /** Inboxes whose tickets the portal shows; the first receives new tickets. */
  readonly inboxes: readonly string[];
  /** Ticket properties that customers see. */
  readonly properties: readonly string[];
  /** Of those, what the list can show and be filtered by, in the order of its columns. */
  readonly propertyDefinitions?: readonly WorldProperty[];
  /** Without any there is the one that every portal has. */
  readonly forms?: readonly WorldForm[];
  /** What customers agree to before a session starts; without it nobody is asked. */
  readonly consent?: LocalText;
  /** The owner's own word for a ticket, by language: a form by plural category, and `nominative` for many. */
  readonly words?: { readonly ticket: Readonly<Partial<Record<keyof LocalText, Readonly<Record<string, string>>>>> };
}

export interface World {
  readonly account: string;
  /** Of everybody who signs in. */
  readonly password: string;
  readonly portal: WorldPortal;
  readonly inboxes: readonly { readonly id: string; readonly name: string }[];
  readonly statuses: readonly WorldStatus[];
  readonly companies: readonly WorldCompany[];
  readonly contacts: readonly WorldContact[];
  readonly staff: readonly WorldStaff[];
  /** The access group whose members may sign in, and its members. */
  readonly accessGroup: { readonly name: string; readonly members: readonly string[] };
  readonly tickets: readonly WorldTicket[];
}
