import type { AppDeps } from '../deps.js';
import type { PortalSettings } from '../settings/portal.js';
import { type AuditEntry, auditStep } from './audit.js';
import type { SignedIn } from './session.js';

/** Refusals of one contact, or of all visitors of a portal, that are entered in a minute. */
const mostAMinute = 60;

/**
 * Enters refusals in the audit log. The same one is entered once a minute, and of one contact no more than 60: whoever asks
 * without end neither fills the log nor makes the database write.
 */
export function createRefusals({ database, clock }: Pick<AppDeps, 'database' | 'clock'>) {
  let minute = 0;
  /** What this process has entered in this minute, by who was refused. */
  let entered = new Map<string, Set<string>>();

  return async (
    portal: PortalSettings,
    session: SignedIn | null,
    event: 'access' | 'origin',
    subjects: NonNullable<AuditEntry['subjects']> = {},
  ): Promise<void> => {
    const now = clock();
    const current = Math.floor(now.getTime() / 60_000);
    if (current !== minute) entered = new Map();
    minute = current;
    const who = [portal.account, portal.id, session?.publicId].join(' ');
    const what = [event, ...Object.values(subjects)].join(' ');
    const before = entered.get(who) ?? new Set();
    if (before.has(what) || before.size >= mostAMinute) return;
    entered.set(who, before.add(what));
    const entry: AuditEntry = {
      // A foreign page may use somebody's session: it is not they who asked.
      ...(session && event === 'access' ? { actor: 'contact', actorId: session.publicId } : { actor: 'visitor' }),
      event,
      portal: portal.slug,
      subjects: session && event === 'origin' ? { contact: session.publicId } : subjects,
      refused: true,
      // Other processes of the server enter it as well.
      once: [minute, who, what].join(' '),
    };
    const context = { role: 'app', account: portal.account, portal: portal.id } as const;
    try {
      await database.batch(context, [auditStep(portal.account, now, entry)]);
    } catch (error) {
      before.delete(what);
      throw error;
    }
  };
}
