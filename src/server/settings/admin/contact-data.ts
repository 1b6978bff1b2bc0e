import type { ContactDataWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { Statement } from '../../database.js';
import { type AdminWriting, record } from './writing.js';

/** A time of `jsonb`, as the wire has it. */
const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const all = (fields: string, order: string, from: string) =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object(${fields}) ORDER BY ${order}), '[]') FROM ${from})`;

const files = `(SELECT coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'type', a.type, 'size', a.size) ORDER BY a.id), '[]')
  FROM attachments a WHERE a.account_id = m.account_id AND a.ticket_id = m.ticket_id AND a.message_id = m.id)`;
const messages = `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.public_id, 'at', ${iso('m.created_at')},
    'own', coalesce(m.contact_id = c.id, false), 'author', m.author_name, 'text', m.text, 'files', ${files})
    ORDER BY m.created_at, m.id), '[]')
  FROM messages m WHERE m.account_id = t.account_id AND m.ticket_id = t.id AND m.kind = 'message' AND NOT m.internal
    AND (t.requester_id = c.id OR m.contact_id = c.id))`;
const rating = `(SELECT jsonb_build_object('rating', r.rating, 'comment', r.comment, 'at', ${iso('r.rated_at')}) FROM ratings r
  WHERE r.account_id = t.account_id AND r.ticket_id = t.id AND r.contact_id = c.id)`;
const readAt = `(SELECT ${iso('r.read_at')} FROM read_marks r
  WHERE r.account_id = t.account_id AND r.ticket_id = t.id AND r.contact_id = c.id)`;
const ofContact = 'account_id = c.account_id AND %s.contact_id = c.id';
const where = (alias: string) => `WHERE ${alias}.${ofContact.replace('%s', alias)}`;

/** One row with everything, or none. Parameters: account, public id. */
const read: Statement = {
  name: 'admin_contact_data',
  text: `SELECT
    jsonb_build_object('id', c.public_id, 'email', c.email, 'name', c.name, 'locale', c.locale, 'enabled', c.enabled,
      'verified', c.verified, 'properties', c.properties,
      'hasPassword', EXISTS (SELECT FROM credentials k ${where('k')}),
      'companies', ${all(`'name', o.name, 'primary', cc.is_primary`, 'o.id', `contact_companies cc JOIN companies o ON o.account_id = cc.account_id AND o.id = cc.company_id ${where('cc')}`)},
      'accessGroups', (SELECT coalesce(jsonb_agg(g.name ORDER BY g.name), '[]') FROM access_group_members m
        JOIN access_groups g ON g.account_id = m.account_id AND g.id = m.group_id ${where('m')})) AS contact,
    (SELECT jsonb_build_object('columns', p.columns, 'followsCompany', p.follows_company) FROM preferences p
      ${where('p')}) AS preferences,
    ${all(`'issuer', i.issuer, 'subject', i.subject, 'since', ${iso('i.created_at')}`, 'i.created_at', `identities i ${where('i')}`)} AS identities,
    ${all(`'portal', p.slug, 'method', s.method, 'startedAt', ${iso('s.created_at')}, 'lastSeenAt', ${iso('s.last_seen_at')}`, 's.created_at', `sessions s JOIN portals p ON p.account_id = s.account_id AND p.id = s.portal_id ${where('s')}`)} AS sessions,
    ${all(`'portal', p.slug, 'kind', f.kind, 'at', ${iso('f.created_at')}`, 'f.created_at', `flows f JOIN portals p ON p.account_id = f.account_id AND p.id = f.portal_id WHERE f.account_id = c.account_id AND lower(f.email) = lower(c.email)`)} AS sign_ins,
    ${all(`'portal', p.slug, 'version', r.version, 'locale', r.locale, 'text', x.texts ->> r.locale, 'givenAt', ${iso('r.given_at')}, 'withdrawnAt', ${iso('r.withdrawn_at')}`, 'r.id', `consent_records r JOIN portals p ON p.account_id = r.account_id AND p.id = r.portal_id JOIN consent_texts x ON x.account_id = r.account_id AND x.portal_id = r.portal_id AND x.version = r.version ${where('r')}`)} AS consents,
    ${all(`'name', u.name, 'type', u.type, 'size', u.size, 'at', ${iso('u.created_at')}`, 'u.id', `uploads u ${where('u')}`)} AS uploads,
    ${all(
      `'id', t.public_id, 'number', t.number, 'subject', t.subject, 'status', t.status, 'createdAt', ${iso('t.created_at')},
      'relation', coalesce(tc.role, 'none'), 'properties', t.properties, 'readAt', ${readAt}, 'rating', ${rating},
      'messages', ${messages}`,
      't.number',
      `tickets t LEFT JOIN ticket_contacts tc ON tc.account_id = t.account_id AND tc.ticket_id = t.id AND tc.contact_id = c.id
        WHERE t.account_id = c.account_id AND (tc.role IS NOT NULL OR EXISTS (SELECT FROM messages m
          WHERE m.account_id = t.account_id AND m.ticket_id = t.id AND m.contact_id = c.id))`,
    )} AS tickets,
    ${all(`'at', ${iso('l.at')}, 'event', l.event, 'actor', l.actor, 'portal', l.portal, 'outcome', l.outcome`, 'l.id', `audit_log l WHERE l.account_id = c.account_id AND (l.actor = 'contact' AND l.actor_id = c.public_id OR l.subjects ->> 'contact' = c.public_id)`)} AS audit
  FROM contacts c WHERE c.account_id = $1 AND c.public_id = $2 AND c.erased_at IS NULL`,
};

/** Everything that is kept about a contact. No secret is in it: no hash, no token. @throws ApiError `not-found` */
export async function exportContact(writing: AdminWriting, id: string): Promise<ContactDataWire> {
  const [row] = await writing.tx.query<Omit<ContactDataWire, 'signIns'> & { sign_ins: ContactDataWire['signIns'] }>(
    read,
    [writing.account, id],
  );
  if (!row) throw new ApiError('not-found');
  await record(writing, { event: 'contact-exported', subjects: { contact: id } });
  const { sign_ins: signIns, ...data } = row;
  return { ...data, signIns };
}
