import type { MemoryBackend } from '../../src/index.js';
import { pageLanguage, withoutServer } from './page.js';

/** One of those who may sign in to the demo. A test holds this list to the demo world. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  /** What this person sees. */
  readonly hint: Readonly<{ en: string; pl: string }>;
}

/** Published on the front door: it opens nothing but the demo. */
export const demoPassword = 'portico-demo-2026';

export const demoPeople: readonly DemoPerson[] = [
  {
    name: 'Alice Moreau',
    email: 'alice@acme.example',
    hint: { en: 'no role: sees only her own 9', pl: 'bez roli: widzi tylko swoje 9 zgłoszeń' },
  },
  {
    name: 'Bob Fraser',
    email: 'bob@acme.example',
    hint: { en: 'manager: sees all 24 of Acme', pl: 'kierownik: widzi wszystkie 24 zgłoszenia firmy Acme' },
  },
  {
    name: 'Carol Zielińska',
    email: 'carol@globex.example',
    hint: { en: 'manager: sees all 31 of Globex', pl: 'kierowniczka: widzi wszystkie 31 zgłoszeń firmy Globex' },
  },
  {
    name: 'Dave Turner',
    email: 'dave@example.com',
    hint: {
      en: 'no company: his own, and one of Acme that he takes part in',
      pl: 'bez firmy: swoje oraz jedno firmy Acme, w którym uczestniczy',
    },
  },
  {
    name: 'Erin O’Brien',
    email: 'erin@acme.example',
    hint: { en: 'Globex first, Acme too: her own of both', pl: 'głównie Globex, także Acme: swoje z obu firm' },
  },
];

export const hintOf = (person: DemoPerson): string => person.hint[pageLanguage()];

/**
 * The backend that the page's portal talks to; both keep their session across a reload. From the adapters' own entries: all
 * of the library would be a second copy of Lit beside the one of the portal's elements.
 */
async function pageBackend(): Promise<MemoryBackend> {
  if (withoutServer()) {
    const { createMemoryBackend } = await import('../../src/backend/memory/memory-backend.js');
    return createMemoryBackend({ storage: sessionStorage });
  }
  const { createRestBackend } = await import('../../src/backend/rest/rest-backend.js');
  return createRestBackend({ address: new URL('/help', location.href).href });
}

/** Signs in as a demo person, as if they had typed it. @throws BackendError */
export async function signInAs({ email }: DemoPerson): Promise<void> {
  const backend = await pageBackend();
  await backend.signIn({ method: 'password', email, password: demoPassword });
}
