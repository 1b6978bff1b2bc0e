import type { PortalClient } from '../../controllers/portal-client.js';
import type { TicketScope } from '../../model/index.js';

/** What a column of ours can show. A property of tickets is a column as well, as `property:<name>`. */
const columnNames = ['number', 'requester', 'company', 'status', 'created', 'updated'] as const;

export type ColumnName = (typeof columnNames)[number];

/** The name of the property that a column shows. */
export const propertyOf = (column: string): string | undefined =>
  column.startsWith('property:') ? column.slice('property:'.length) : undefined;

/** The list's columns beside the subject: whoever has chosen some sees those, before all others. */
export class Columns {
  #chosen: { readonly by: string; readonly names: readonly string[] } | undefined;

  /** Chosen by the contact on this page; on the next one it is for the backend to know. */
  choose({ contact }: PortalClient, names: readonly string[]): void {
    if (contact) this.#chosen = { by: contact.id, names };
  }

  /**
   * Names of the columns in their order: those that the reader has chosen, else the page's, else status and time, and in a
   * company's list who asked. What the portal does not have is left out.
   */
  shown(client: PortalClient, locale: string, scope: TicketScope, page: string): readonly string[] {
    const usual = scope.startsWith('company') ? ['requester', 'status', 'updated'] : ['status', 'updated'];
    const chosen = this.#chosen && this.#chosen.by === client.contact?.id ? this.#chosen.names : client.columns;
    const wanted = chosen ?? (page.trim() ? page.trim().split(/\s+/) : usual);
    const properties = client.settingsIn(locale)?.properties?.map(({ name }) => `property:${name}`) ?? [];
    const known: readonly string[] = [...columnNames, ...properties];
    return [...new Set(wanted)].filter((column) => known.includes(column));
  }
}
