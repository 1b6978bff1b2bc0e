import type { Status } from './ticket.js';

export interface Field {
  readonly name: string;
  readonly type: 'text' | 'textarea';
  readonly required: boolean;
  readonly label: string;
}

export interface PortalForm {
  readonly id: string;
  readonly label: string;
  /** Subject and message. */
  readonly fields: readonly Field[];
  /** What else it asks for, by the names of the portal's `properties`. Absent where a backend knows no such thing. */
  readonly properties?: readonly FormProperty[] | undefined;
}

export interface FormProperty {
  readonly name: string;
  readonly required: boolean;
}

/** A property of tickets that customers see: a column and a filter of the list. */
export interface TicketProperty {
  readonly name: string;
  /** Values are strings whatever the type: a `date` is `2026-11-29`, a `boolean` `true` or `false`. */
  readonly type: 'text' | 'choice' | 'number' | 'date' | 'boolean';
  readonly label: string;
  /** Of a `choice`. */
  readonly options: readonly { readonly value: string; readonly label: string }[] | null;
}

/**
 * A way in: by password, by a code sent by e-mail, by a new password after such a code, by registering oneself, by
 * a token of the site that the portal is part of, by signing in elsewhere.
 */
export type SignInMethod = 'password' | 'email' | 'reset' | 'register' | 'host-token' | 'sso';

/** A place elsewhere where people of the portal sign in: their company, for one. */
export interface SignInConnection {
  readonly id: string;
  /** For the button: "Sign in with …". */
  readonly label: string;
}

/** What anybody may know of a portal before signing in. */
export interface Portal {
  readonly name: string;
  readonly slug: string;
  readonly locale: string;
  readonly locales: readonly string[];
  /** Ways in that this portal offers now. */
  readonly signIn: readonly SignInMethod[];
  /** Where one may sign in with `sso`. Absent where a backend knows no such thing. */
  readonly connections?: readonly SignInConnection[] | undefined;
  /** Names of the optional `PortalBackend` methods that this portal has. */
  readonly features: readonly string[];
  readonly forms: readonly PortalForm[];
  readonly statuses: readonly Status[];
  /** Absent where a backend knows no such thing. */
  readonly properties?: readonly TicketProperty[] | undefined;
  /**
   * The owner's own word for a ticket in the language asked for: a form by each plural category of that language, and
   * `nominative` for many of them. `null` keeps ours: where there is none, and where the portal does not speak it.
   */
  readonly words: { readonly ticket: Readonly<Record<string, string>> | null };
  readonly limits: {
    /** Of one file. */
    readonly attachmentBytes: number;
    readonly attachmentsPerMessage: number;
    /** Extensions of files that are taken, in lower case and without the dot. Absent: whichever. */
    readonly attachmentExtensions?: readonly string[] | undefined;
    readonly messageLength: number;
  };
}
