import { dictionary } from '@zxcvbn-ts/language-common';

let known: ReadonlySet<string> | undefined;

/** Letters in which a password is seen as those who guess see it: without what people add to please a rule. */
const bare = (password: string) => password.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/**
 * Is it among the passwords that everybody tries, as it is or with figures and signs before or after it? So are repetitions
 * of a few characters. The list comes with the package (49,233 passwords that have leaked); nobody is asked.
 */
export function isKnownPassword(password: string): boolean {
  known ??= new Set(dictionary['passwords-common'] as readonly string[]);
  const lower = password.toLowerCase();
  if (new Set(lower).size < 5 || known.has(lower)) return true;
  // A short word is a small part of a long password.
  const word = bare(lower);
  return word.length * 2 > lower.length && known.has(word);
}
