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
}

export interface PasswordSignIn {
  readonly method: 'password';
  readonly email: string;
  readonly password: string;
}

/** Which sessions to end: the one that asks, all others of the contact, or all. */
export type SignOutScope = 'this' | 'others' | 'all';
