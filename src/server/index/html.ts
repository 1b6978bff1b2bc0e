import type { Database, Statement } from '../database.js';

/**
 * Counts the rules by which HTML is made harmless: it goes up when the sanitiser or one of its rules changes, and what was made
 * by older ones is not served any more, but made anew.
 */
export const htmlVersion = 1;

/** Makes HTML of a stranger harmless. `null` for one that is too large: then there is the text. */
export type Sanitise = (html: string) => string | null;

/** The columns of a message for the HTML that it came with. */
export const htmlColumns = (sanitise: Sanitise, raw: string | null) => ({
  raw_html: raw,
  html: raw === null ? null : sanitise(raw),
  html_version: raw === null ? null : htmlVersion,
});

const outdated: Statement = {
  name: 'html_outdated',
  text: `SELECT ticket_id, id, raw_html FROM messages
    WHERE account_id = $1 AND raw_html IS NOT NULL AND html_version IS DISTINCT FROM ${htmlVersion} LIMIT $2`,
};
const renew: Statement = {
  name: 'html_renew',
  text: `UPDATE messages m SET html = r.html, html_version = ${htmlVersion}
    FROM jsonb_to_recordset($2) AS r (ticket_id bigint, id bigint, html text)
    WHERE m.account_id = $1 AND m.ticket_id = r.ticket_id AND m.id = r.id`,
};
/** Messages made anew in one go, while this process serves nobody: a large one takes a good part of a second. */
const atOnce = 5;

interface Outdated {
  readonly ticket_id: number;
  readonly id: number;
  readonly raw_html: string;
}

/** Makes anew what was made by other rules than those of now. */
export async function renewHtml(database: Database, sanitise: Sanitise, account: number): Promise<void> {
  const context = { role: 'staff', account } as const;
  for (let found = atOnce; found === atOnce; ) {
    found = await database.tx(context, async (tx) => {
      const rows = await tx.query<Outdated>(outdated, [account, atOnce]);
      const made = rows.map(({ raw_html, ...key }) => ({ ...key, html: sanitise(raw_html) }));
      if (made.length) await tx.query(renew, [account, JSON.stringify(made)]);
      return rows.length;
    });
  }
}
