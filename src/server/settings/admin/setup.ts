import { type Category, possibleActions, usualActions } from '../../../policy/index.js';
import type { AddressWire, SetupWire } from '../../../wire/index.js';
import type { Statement } from '../../database.js';
import type { AppDeps } from '../../deps.js';
import { builtinAlone } from '../portal.js';
import { addressOf, holdDomain } from './domain-rows.js';
import { listDomains } from './domains.js';
import type { AdminWriting } from './writing.js';

type Reading = Pick<AdminWriting, 'tx' | 'account'>;

interface SetupRow {
  readonly account: SetupWire['account'];
  readonly desk: { readonly kind: string; readonly lag: number; readonly syncedAt: number | null } | null;
  readonly inboxes: SetupWire['inboxes'];
  readonly contacts: number;
  readonly companies: number;
  readonly properties: readonly string[];
  readonly portals: readonly {
    readonly slug: string;
    readonly name: string;
    readonly host: string | null;
    readonly open: boolean;
    readonly step: SetupWire['portals'][number]['step'];
  }[];
}

const read: Statement = {
  name: 'admin_setup',
  text: `SELECT jsonb_build_object('id', a.public_id, 'name', a.name) AS account,
      (SELECT jsonb_build_object('kind', d.kind, 'lag', d.lag, 'syncedAt', floor(extract(epoch FROM d.synced_at) * 1000))
        FROM desks d WHERE d.account_id = a.account_id) AS desk,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', i.public_id, 'name', i.name) ORDER BY i.id), '[]')
        FROM inboxes i WHERE i.account_id = a.account_id) AS inboxes,
      (SELECT count(*) FROM contacts c WHERE c.account_id = a.account_id) AS contacts,
      (SELECT count(*) FROM companies c WHERE c.account_id = a.account_id) AS companies,
      ARRAY(SELECT DISTINCT p.name FROM contacts c,
          jsonb_object_keys(CASE jsonb_typeof(c.properties) WHEN 'object' THEN c.properties ELSE '{}' END) AS p (name)
        WHERE c.account_id = a.account_id ORDER BY p.name LIMIT 100) AS properties,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('slug', p.slug, 'name', p.name, 'host', p.host, 'open', p.is_open,
            'step', coalesce(p.set_up_step, 'address'))
          ORDER BY p.id), '[]')
        FROM portals p WHERE p.account_id = a.account_id) AS portals
    FROM accounts a WHERE a.account_id = $1`,
};
const isTaken: Statement = { name: 'admin_address_taken', text: 'SELECT address_taken($1, $2, $3) AS taken' };

/**
 * What is there already.
 *
 * @param base scheme and host of the system domain
 * @param keepsProperties what the connector of the account's desk says
 */
export async function readSetup(
  { mail }: Pick<AppDeps, 'mail'>,
  reading: Reading,
  base: string,
  keepsProperties: boolean,
): Promise<SetupWire> {
  const [row] = await reading.tx.query<SetupRow>(read, [reading.account]);
  if (!row) throw new Error('The account has gone');
  const { account, desk, inboxes, contacts, companies, properties, portals } = row;
  const at = desk?.syncedAt ?? null;
  return {
    account,
    base,
    mail: { sends: mail !== null && !mail.keeps, keeps: mail !== null && mail.keeps },
    desk: desk && {
      kind: desk.kind,
      lag: desk.lag,
      syncedAt: at === null ? null : new Date(at).toISOString(),
      keepsProperties,
    },
    inboxes,
    domains: await listDomains(reading),
    contacts,
    companies,
    actions: actionsOf(desk !== null),
    contactProperties: [...properties],
    portals: portals.map((portal) => ({
      slug: portal.slug,
      name: portal.name,
      open: portal.open,
      step: portal.step,
      address: addressOf(portal, portal.slug, base),
    })),
  };
}

function actionsOf(hasDesk: boolean): SetupWire['actions'] {
  const possible = (category: Category) => [...possibleActions(category, hasDesk ? builtinAlone : [])];
  const usual = ({ open, waiting_on_contact: waiting, closed }: (typeof usualActions)[keyof typeof usualActions]) => ({
    open: [...open],
    waiting_on_contact: [...waiting],
    closed: [...closed],
  });
  const { requester, participant, colleague } = usualActions;
  return {
    usual: { requester: usual(requester), participant: usual(participant), colleague: usual(colleague) },
    possible: {
      open: possible('open'),
      waiting_on_contact: possible('waiting_on_contact'),
      closed: possible('closed'),
    },
  };
}

/** First parts of an address that are the server's own. */
const reserved = ['admin', 'staff', 'api', 'demo', 'healthz', 'readyz', 'assets', '.well-known'];

/**
 * What the address of a portal would be, and what is in its way.
 *
 * @param asked `except` is the slug of the portal that is to have it
 * @throws ApiError `invalid` for a domain that the account does not have
 */
export async function readAddress(
  reading: Reading,
  { domain, slug, except }: { readonly domain: string; readonly slug: string; readonly except?: string | undefined },
  base: string,
): Promise<AddressWire> {
  const { host } = await holdDomain(reading, { id: domain, host: null });
  const address = addressOf({ host }, slug, base);
  if (reserved.includes(slug)) return { address, problem: 'reserved' };
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(slug)) return { address, problem: 'malformed' };
  const [answer] = await reading.tx.query<{ taken: boolean }>(isTaken, [host, slug, except ?? null]);
  return { address, problem: answer?.taken ? 'taken' : null };
}
