import type { MailContent } from '../mail.js';

/** What a mail says, paragraph by paragraph, without what all mails have. */
export interface MailText {
  readonly subject: string;
  /** Its first line, which stands beside the subject in a list of mails. */
  readonly lead: string;
  /** Before the code, or before the link where there is no code. */
  readonly before: readonly string[];
  /** What the link does. */
  readonly button: string;
  readonly after: readonly string[];
}

type ContentOf<Kind> = Extract<MailContent, { readonly kind: Kind }>;
export type CodeKind = Extract<MailContent, { readonly code: string }>['kind'];

/** One language. */
export interface MailWords {
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  greeting(name: string | null): string;
  /** Above the link in letters. */
  readonly address: string;
  /** @param code as it is shown */
  readonly code: Readonly<Record<CodeKind, (portal: string, code: string, minutes: number) => MailText>>;
  readonly passwordChanged: (portal: string, content: ContentOf<'password-changed'>) => MailText;
  readonly invitation: (portal: string, content: ContentOf<'invitation'>) => MailText;
}

/** "1 minute", "5 minutes": the form that a language has for a number. */
export function plural(
  locale: string,
  count: number,
  forms: Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>,
): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return `${new Intl.NumberFormat(locale).format(count)} ${form}`;
}
