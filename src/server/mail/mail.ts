/** What a mail tells. Links are the server's own and lead to a page of the portal. */
export type MailContent =
  | {
      /** `known`: somebody asked to register with an address that has an account; the code signs in to that one. */
      readonly kind: 'sign-in' | 'register' | 'known' | 'reset';
      readonly code: string;
      readonly link: string;
      /** For which the code is taken. */
      readonly minutes: number;
    }
  | { readonly kind: 'password-changed'; readonly link: string }
  | { readonly kind: 'invitation'; readonly link: string; readonly days: number };

export interface Mail {
  readonly to: { readonly email: string; readonly name: string | null };
  /** Of who reads it, as BCP 47. What we have no words in is English. */
  readonly locale: string;
  /** The portal's name: sender, and part of the subject. */
  readonly portal: string;
  readonly content: MailContent;
  /** Later than this it helps nobody, and is not sent any more. */
  readonly expiresAt: Date;
}
