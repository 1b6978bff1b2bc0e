import type { Mail, MailContent } from '../mail.js';
import type { OutgoingMail } from '../transport.js';
import { en } from './en.js';
import { htmlOf, textOf } from './layout.js';
import { pl } from './pl.js';
import type { MailText, MailWords } from './words.js';

const languages: readonly MailWords[] = [en, pl];

/**
 * Says a mail in the language of who reads it, as text and as HTML. Names are somebody's input: in headers they are one line,
 * in HTML they are text, and none of them brings a link along.
 */
export async function composeMail({
  to,
  locale,
  portal,
  content,
}: Omit<Mail, 'expiresAt'>): Promise<Omit<OutgoingMail, 'messageId'>> {
  const words = wordsOf(locale);
  const sender = oneLine(portal, 80);
  const name = content.kind === 'register' ? null : nameOf(to.name);
  const code = 'code' in content ? groups(content.code) : null;
  const parts = { ...textFor(words, sender, content), words, sender, name, code, link: content.link };
  return {
    from: sender,
    to: { email: to.email, name },
    subject: parts.subject,
    text: textOf(parts),
    html: await htmlOf(parts),
    language: words.locale,
  };
}

function wordsOf(locale: string): MailWords {
  const [language] = locale.toLowerCase().split(/[-_]/);
  return languages.find((words) => words.locale === language) ?? en;
}

function textFor(words: MailWords, portal: string, content: MailContent): MailText {
  if (content.kind === 'password-changed') return words.passwordChanged(portal, content);
  if (content.kind === 'invitation') return words.invitation(portal, content);
  return words.code[content.kind](portal, groups(content.code), content.minutes);
}

/** `K7QM-3XN4` is easier to read across than `K7QM3XN4`. */
const groups = (code: string): string => code.match(/[^\s-]{1,4}/g)?.join('-') ?? '';

/** Without line ends, and without signs that make what follows run the other way. */
function oneLine(text: string, length: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return [...line].slice(0, length).join('');
}

/**
 * What somebody is called, `null` where that looks like a link: mail programs make one of it, and whoever registers could send
 * it to everybody. For the same reason the name of who registers is said to nobody.
 */
function nameOf(name: string | null): string | null {
  const line = oneLine(name ?? '', 60);
  return line === '' || /:\/\/|www\.|@|\.\p{L}{2,}/iu.test(line) ? null : line;
}
