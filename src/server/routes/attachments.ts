import type { portalRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import { createCurrent } from '../desks/current.js';
import { within } from '../desks/within.js';
import type { Handlers } from '../http/mount.js';
import type { PortalWhos } from '../http/portal-call.js';
import { contextOf } from '../identity/session.js';
import { account } from '../index/asking.js';
import { type TicketRow, ticketStep } from '../index/ticket.js';
import { createKeepUpload } from '../writing/uploads.js';
import { toTicket } from './tickets.js';

const byPublicId: Statement = {
  name: 'attachment',
  text: `SELECT a.name, a.type, a.size, a.file_key, a.desk_ref, t.public_id AS ticket
    FROM attachments a
    JOIN messages m ON m.account_id = a.account_id AND m.ticket_id = a.ticket_id AND m.id = a.message_id AND NOT m.internal
    JOIN tickets t ON t.account_id = a.account_id AND t.id = a.ticket_id
    WHERE a.account_id = ${account} AND a.public_id = $1`,
};

interface FileRow {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** Where its bytes are: here or in the desk. */
  readonly file_key: string | null;
  readonly desk_ref: string | null;
  readonly ticket: string;
}

/** Milliseconds for a whole file from the desk. */
const patience = 60_000;

/** Types that a browser may be told; everything else is bytes. */
const harmless = /^(image\/(png|jpeg|gif|webp|avif)|text\/(plain|csv)|application\/(pdf|zip))$/;

export function attachmentHandlers(
  deps: AppDeps,
): Pick<Handlers<typeof portalRoutes, PortalWhos>, 'upload' | 'download'> {
  const current = createCurrent(deps);
  const keepUpload = createKeepUpload(deps);

  /** `null` for a file that is gone. */
  async function read(account: number, file: FileRow, ticket: TicketRow) {
    if (file.file_key !== null) return deps.files.open(account, file.file_key);
    if (file.desk_ref === null || ticket.desk_ref === null) return null;
    const desk = await deps.desks.of(account);
    if (!desk) return null;
    const [of, ref] = [ticket.desk_ref, file.desk_ref];
    const opened = await within(patience, (signal) => desk.feed.openFile(of, ref, signal));
    return opened?.body ?? null;
  }

  return {
    upload: ({ request, who }) => keepUpload(who, request),

    download: {
      read: async ({ params }) => ({
        steps: [{ statement: byPublicId, params: [params.id] }],
        async answer({ who }) {
          const { portal, session } = who;
          const [file] = (who.rows[0] ?? []) as FileRow[];
          if (!file) throw new ApiError('not-found');
          // An id alone never opens a file: its ticket is authorised again on every use.
          const steps = [ticketStep(file.ticket)];
          const found = await deps.database.batch(contextOf(portal, session.viewer.id), steps);
          const { row } = toTicket(who, session, (await current({ portal, session, rows: found }, steps)).rows[0]);
          const bytes = await read(portal.account, file, row);
          if (!bytes) throw new ApiError('not-found');
          const answer = new Headers();
          answer.set('content-type', harmless.test(file.type) ? file.type : 'application/octet-stream');
          answer.set('content-disposition', disposition(file.name));
          // What comes as a stream does not say how much it is; a desk's own may have changed.
          if (file.file_key !== null) answer.set('content-length', String(file.size));
          return new Response(bytes as BodyInit, { headers: answer });
        },
      }),
    },
  };
}

/** RFC 6266: an ASCII name for old clients, of letters that mean nothing to them, and the real one, percent-encoded. */
function disposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\/%<>:|?*]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
