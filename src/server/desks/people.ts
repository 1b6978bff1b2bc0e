import { DeskError } from '../connectors/connector.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import type { SignedIn } from '../identity/session.js';
import { resolveCompanies } from '../index/feed-people.js';
import { companySteps } from '../settings/contact-companies.js';
import type { PortalSettings } from '../settings/portal.js';
import type { Desk } from './desks.js';
import { within } from './within.js';

/** What a desk says of a contact holds for so many milliseconds. */
const contactLag = 30_000;
/** Milliseconds that a request waits for it. */
const patience = 3_000;

/** Of several requests at once, one asks. */
const claim: Statement = {
  name: 'desk_contact_claim',
  text: `UPDATE contacts SET desk_asked_at = $3 WHERE account_id = $1 AND id = $2
    AND (desk_asked_at IS NULL OR desk_asked_at <= $4) RETURNING desk_ref`,
};
const link: Statement = {
  name: 'desk_contact_link',
  text: 'UPDATE contacts SET desk_ref = $3 WHERE account_id = $1 AND id = $2 AND desk_ref IS DISTINCT FROM $3',
};
/** Whom the desk has locked out stays out until somebody lets them in again here. */
const describe: Statement = {
  name: 'desk_contact_describe',
  text: `UPDATE contacts SET properties = properties || $3::jsonb, enabled = enabled AND $4
    WHERE account_id = $1 AND id = $2 AND (NOT properties @> $3::jsonb OR enabled AND NOT $4)`,
};

/**
 * Asks the desk who has the contact's address, which is verified, and keeps companies, properties and whether they are locked
 * out. Who was known to the desk and is no longer belongs to no company from then on; whom it never knew stays as they are.
 *
 * @returns whether anything was asked: somebody else may be about it
 * @throws DeskError
 */
async function refreshContact(
  { database, clock, newId }: Pick<AppDeps, 'database' | 'clock' | 'newId'>,
  { account, feed }: Desk,
  { viewer, email }: SignedIn,
): Promise<boolean> {
  const context = { role: 'staff', account } as const;
  const now = clock();
  const params = [account, viewer.id, now, new Date(now.getTime() - contactLag)];
  const [[mine]] = (await database.batch(context, [{ statement: claim, params }])) as [{ desk_ref: string | null }[]];
  if (!mine) return false;
  const contact = await within(patience, (signal) => feed.contactByEmail(email, signal));
  if (!contact && mine.desk_ref === null) return true;
  await database.tx(context, async (tx) => {
    const companies = await resolveCompanies({ tx, account, now, newId }, contact?.companies ?? []);
    await tx.batch([
      { statement: link, params: [account, viewer.id, contact?.ref ?? null] },
      {
        statement: describe,
        params: [account, viewer.id, JSON.stringify(contact?.properties ?? {}), contact?.enabled ?? true],
      },
      ...companySteps(account, viewer.id, companies, companies[0] ?? null),
    ]);
  });
  return true;
}

/** Asks the desk behind the portal who the contact is, when it was last asked too long ago. Answers whether it was. */
export const createAskDesk =
  (deps: AppDeps) =>
  async (portal: PortalSettings, session: SignedIn | null): Promise<boolean> => {
    if (!portal.desk || !session) return false;
    const { askedAt } = session;
    if (askedAt !== null && deps.clock().getTime() - askedAt.getTime() < contactLag) return false;
    const desk = await deps.desks.of(portal.account);
    if (!desk) return false;
    try {
      return await refreshContact(deps, desk, session);
    } catch (error) {
      // What it said last holds until it answers.
      if (error instanceof DeskError) return false;
      throw error;
    }
  };
