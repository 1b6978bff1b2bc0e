import type { Guest } from '../../../backend/setup/people-backend.js';
import { KeptValues } from '../kept-values.js';

/** Whom a text names: addresses a line each, or as a mail program writes them: `Pat Lee <pat@acme.example>, …`. */
export function readGuests(text: string): Guest[] {
  return text.split('\n').flatMap((line): Guest[] => {
    if (!line.includes('<')) return line.split(/[\s,;]+/).flatMap((email) => (email ? [{ email }] : []));
    const found = line.matchAll(/(?:"([^"]*)"|([^"<>,;]*))\s*<([^<>]*)>|([^\s"<>,;]+)/g);
    return [...found].map(([, quoted = '', plain = '', marked, bare = '']) => {
      const name = (quoted || plain).trim();
      return { email: (marked ?? bare).trim(), ...(name && { name }) };
    });
  });
}

export const lineOf = ({ email, name }: Guest): string => (name ? `${name} <${email}>` : email);

/** The form that people are invited to a portal by, as it is kept for this tab. */
export const keptGuests = (slug: string): KeptValues => new KeptValues(`invitations:${slug}`);

/** Writes addresses into that form, after what is there. */
export function addGuests(slug: string, emails: readonly string[]): void {
  const kept = keptGuests(slug);
  const before = kept.read() as { people?: string };
  const { people = '' } = before;
  const known = new Set(readGuests(people).map(({ email }) => email.toLowerCase()));
  const others = emails.filter((email) => !known.has(email.toLowerCase()));
  kept.write({ ...before, people: [people.trim(), ...others].filter(Boolean).join('\n') });
}
