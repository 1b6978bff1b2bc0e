import type { adminRoutes } from '../../../wire/index.js';
import type { AppDeps } from '../../deps.js';
import type { Handlers } from '../../http/mount.js';
import { type AuditRow, auditPage, toAuditEntry } from '../../settings/admin/audit-log.js';
import { createInbox, deleteInbox, listInboxes, updateInbox } from '../../settings/admin/inboxes.js';
import { createStatus, deleteStatus, listStatuses, updateStatus } from '../../settings/admin/statuses.js';
import { type AdminWhos, contextOf, type createPages, createWrite } from './admin-call.js';

type Account =
  | 'listInboxes'
  | 'createInbox'
  | 'updateInbox'
  | 'deleteInbox'
  | 'listStatuses'
  | 'createStatus'
  | 'updateStatus'
  | 'deleteStatus'
  | 'listAudit';

/** What all portals of an account have in common. */
export function accountHandlers(
  deps: AppDeps,
  page: ReturnType<typeof createPages>,
): Pick<Handlers<typeof adminRoutes, AdminWhos>, Account> {
  const write = createWrite(deps);
  return {
    listInboxes: ({ who }) => write(who, listInboxes),
    createInbox: ({ body, who }) => write(who, (writing) => createInbox(writing, body)),
    updateInbox: ({ params, body, who }) => write(who, (writing) => updateInbox(writing, params.id, body)),
    deleteInbox: ({ params, who }) => write(who, (writing) => deleteInbox(writing, params.id)),

    listStatuses: ({ who }) => write(who, listStatuses),
    createStatus: ({ body, who }) => write(who, (writing) => createStatus(writing, body)),
    updateStatus: ({ params, body, who }) => write(who, (writing) => updateStatus(writing, params.id, body)),
    deleteStatus: ({ params, query, who }) =>
      write(who, (writing) => deleteStatus(writing, params.id, query.replacement)),

    listAudit: ({ query, who }) => {
      const { event, actor = null } = query;
      const events = event?.split(',') ?? null;
      const read = async (beyond: number | null, rows: number) => {
        const step = auditPage(who.account, { events, actor, beyond }, rows);
        const [found] = await deps.database.batch(contextOf(who), [step]);
        return found as AuditRow[];
      };
      return page([who.account, 'audit', event, actor], query, read, toAuditEntry);
    },
  };
}
