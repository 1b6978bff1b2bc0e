import type { portalRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { Statement } from '../database.js';
import type { AppDeps } from '../deps.js';
import type { Handlers } from '../http/mount.js';
import type { PortalWhos } from '../http/portal-call.js';
import { contextOf } from '../identity/session.js';
import { account } from '../index/asking.js';
import { ticketStep } from '../index/ticket.js';
import { toTicket } from './tickets.js';

const byPublicId: Statement = {
  name: 'attachment',
  text: `SELECT a.name, a.type, a.file_key, t.public_id AS ticket
    FROM attachments a
    JOIN messages m ON m.account_id = a.account_id AND m.ticket_id = a.ticket_id AND m.id = a.message_id AND NOT m.internal
    JOIN tickets t ON t.account_id = a.account_id AND t.id = a.ticket_id
    WHERE a.account_id = ${account} AND a.public_id = $1`,
};

interface FileRow {
  readonly name: string;
  readonly type: string;
  readonly file_key: string;
  readonly ticket: string;
}

/** Types that a browser may be told; everything else is bytes. */
const harmless = /^(image\/(png|jpeg|gif|webp|avif)|text\/(plain|csv)|application\/(pdf|zip))$/;

export const attachmentHandlers = (deps: AppDeps): Pick<Handlers<typeof portalRoutes, PortalWhos>, 'download'> => ({
  download: {
    read: async ({ params }) => ({
      steps: [{ statement: byPublicId, params: [params.id] }],
      async answer({ who }) {
        const { portal, session } = who;
        const [file] = (who.rows[0] ?? []) as FileRow[];
        if (!file) throw new ApiError('not-found');
        // An id alone never opens a file: its ticket is authorised again on every use.
        const [rows] = await deps.database.batch(contextOf(portal, session.viewer.id), [ticketStep(file.ticket)]);
        toTicket(who, session, rows);
        const bytes = await deps.files.get(portal.account, file.file_key);
        if (!bytes) throw new ApiError('not-found');
        const answer = new Headers();
        answer.set('content-type', harmless.test(file.type) ? file.type : 'application/octet-stream');
        answer.set('content-disposition', disposition(file.name));
        return new Response(bytes as BodyInit, { headers: answer });
      },
    }),
  },
});

/** RFC 6266: an ASCII name for old clients and the real one, percent-encoded. */
function disposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
