import type { Company } from './ticket.js';

export interface SignedInContact {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly company: Company | null;
}

/** Who is signed in at the portal; `contact` is `null` when nobody is. */
export interface Session {
  readonly contact: SignedInContact | null;
  /** What the contact sees beyond their own tickets. */
  readonly permission: 'own' | 'company' | null;
  /** The session ends then unless it is used before. */
  readonly expiresAt: string | null;
  /** Base64url of 256 bits that only a live session can fetch; drafts are kept under it. */
  readonly draftKey: string | null;
  /** The columns that the contact has chosen for the list: `Preferences.columns`. */
  readonly columns?: readonly string[] | null | undefined;
  /** Nobody is signed in yet, but this browser has asked for a code and may still enter it. */
  readonly pending?: PendingSignIn | undefined;
  /** This browser keeps no cookie of the portal here: the session ends when the page is left. */
  readonly untilReload?: boolean | undefined;
}

/** What was asked for and waits for its code; or, as `consent`, who has shown who they are and has not agreed yet. */
export interface PendingSignIn {
  readonly method: 'email' | 'register' | 'reset' | 'consent';
  /** Where the code goes, or whose it is, most of it hidden: `a•••@example.com`. */
  readonly email: string;
  readonly expiresAt: string;
}

export interface PasswordSignIn {
  readonly method: 'password';
  readonly email: string;
  readonly password: string;
}

/** The first of two steps: a code goes to the address, if it is one that may sign in here. */
export type SignInStart = {
  readonly email: string;
  /** Address of the page to come back to by the link in the mail. Default: the hosted portal. */
  readonly page?: string;
} & (
  | { readonly method: 'email' }
  /** For a new password, which `setPassword` then takes. */
  | { readonly method: 'reset' }
  | {
      readonly method: 'register';
      readonly name: string;
      /** Where the portal offers passwords. */
      readonly password?: string;
    }
);

/** The code of the mail, in whatever spelling, from the browser that asked for it. */
export interface CodeSignIn {
  readonly method: 'code';
  readonly code: string;
}

/** The part of an invitation's link after `#portal_invitation=`. */
export interface InvitationSignIn {
  readonly method: 'invitation';
  readonly token: string;
  /** Where the portal offers passwords. */
  readonly password?: string;
}

/** A signed token of the site that the portal is part of, for a nonce that was fetched just before. */
export interface HostTokenSignIn {
  readonly method: 'host-token';
  readonly token: string;
}

/** A yes to the notice that `PortalBackend.consent` has answered, from the browser that was asked. */
export interface ConsentSignIn {
  readonly method: 'consent';
  readonly version: number;
  readonly locale: string;
}

export type SignIn = PasswordSignIn | CodeSignIn | InvitationSignIn | HostTokenSignIn | ConsentSignIn;

/** What customers agree to before their session starts. */
export interface ConsentNotice {
  /** Counts texts of the portal. */
  readonly version: number;
  /** Of the text. */
  readonly locale: string;
  /** Plain, with an empty line between paragraphs. */
  readonly text: string;
  /** When the contact has agreed to it; `null` for what they are asked now. */
  readonly givenAt: string | null;
}

/** A new password, with the code that was asked for by `reset`. It signs nobody in. */
export interface NewPassword {
  readonly code: string;
  readonly password: string;
}

/** Which sessions to end: the one that asks, all others of the contact, or all. */
export type SignOutScope = 'this' | 'others' | 'all';

/** What a contact has chosen, on every device of theirs. */
export interface Preferences {
  /** Names of the list's columns in their order, a property of tickets as `property:<name>`; `null`: as the page has them. */
  readonly columns: readonly string[] | null;
  /** Mail about every ticket of the primary company, where they see them all. */
  readonly followsCompany: boolean;
}
