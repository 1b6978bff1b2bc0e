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
  readonly fields: readonly Field[];
}

/**
 * A way in: by password, by a code sent by e-mail, by a new password after such a code, by registering oneself.
 */
export type SignInMethod = 'password' | 'email' | 'reset' | 'register';

/** What anybody may know of a portal before signing in. */
export interface Portal {
  readonly name: string;
  readonly slug: string;
  readonly locale: string;
  readonly locales: readonly string[];
  /** Ways in that this portal offers now. */
  readonly signIn: readonly SignInMethod[];
  /** Names of the optional `PortalBackend` methods that this portal has. */
  readonly features: readonly string[];
  readonly forms: readonly PortalForm[];
  readonly statuses: readonly Status[];
  /** The owner's own words, by plural category; `null` keeps ours. */
  readonly words: { readonly ticket: Readonly<Record<string, string>> | null };
  readonly limits: {
    readonly attachmentBytes: number;
    readonly attachmentsPerMessage: number;
    readonly messageLength: number;
  };
}
