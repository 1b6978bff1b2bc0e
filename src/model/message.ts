import type { Page, Person } from './ticket.js';

export interface Author extends Person {
  readonly side: 'contact' | 'support' | 'system';
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** It is shown inside of the HTML, and refers to it so. */
  readonly inline: boolean;
  /** By which the HTML of its message refers to it: `cid:…`. */
  readonly contentId: string | null;
}

/** A public message, or a change of status, in a ticket's thread. */
export interface Message {
  readonly id: string;
  readonly kind: 'message' | 'status';
  readonly createdAt: string;
  readonly author: Author;
  readonly text: string;
  /** Sanitised markup, or `null` when there is only text. */
  readonly html: string | null;
  /** Customer labels before and after, for a change of status. */
  readonly status: { readonly from: string; readonly to: string } | null;
  readonly attachments: readonly Attachment[];
}

/** One page of a thread, oldest first inside the page. */
export interface MessagePage extends Page<Message> {
  /** Leads to the page before this one (older messages). */
  readonly previousCursor: string | null;
}

export interface MessageQuery {
  /** Cursor of an earlier answer: the page that ends right before it. */
  readonly before?: string;
  /** Cursor of an earlier answer: the page that starts right after it. */
  readonly after?: string;
  /** 1 to 100, default 25. */
  readonly limit?: number;
}

/** A file that its contact has sent for a message that they have not written yet. */
export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** It can be written until then. */
  readonly expiresAt: string;
}

export interface NewMessage {
  readonly body: string;
  /** Ids of uploads of the contact's own. */
  readonly attachments?: readonly string[];
}
