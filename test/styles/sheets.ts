import type { CSSResult } from 'lit';

import {
  CustomerPortalElement,
  PortalLoginElement,
  SupportFormElement,
  TicketCountElement,
  TicketDetailElement,
  TicketListElement,
} from '../../src/index.js';
import { field } from '../../src/styles/field.styles.js';
import { dialogStyles } from '../../src/elements/customer-portal/dialog.styles.js';
import { signInStyles } from '../../src/elements/portal-login/sign-in.styles.js';

type Sheets = CSSResult | readonly Sheets[];

const textOf = (sheets: Sheets): string => ('cssText' in sheets ? sheets.cssText : sheets.map(textOf).join('\n'));

/** The style sheets of each element as one text, by tag. The form to sign in with and the dialog add their own when they are loaded. */
export const sheets: Readonly<Record<string, string>> = {
  'customer-portal': textOf([CustomerPortalElement.styles, dialogStyles]),
  'portal-login': textOf([PortalLoginElement.styles, field, signInStyles]),
  'ticket-list': textOf(TicketListElement.styles),
  'ticket-detail': textOf(TicketDetailElement.styles),
  'support-form': textOf(SupportFormElement.styles),
  'ticket-count': textOf(TicketCountElement.styles),
};

/** Every `var()` of a sheet, those inside others too: its property, and its fallback, `undefined` when it has none. */
export function readsOf(sheet: string): { name: string; fallback: string | undefined }[] {
  return [...sheet.matchAll(/var\((--[\w-]+)/g)].map(({ 0: start, 1: name = '', index }) => {
    const from = index + start.length;
    let end = from;
    for (let depth = 1; depth > 0; end++) depth += sheet[end] === '(' ? 1 : sheet[end] === ')' ? -1 : 0;
    const rest = sheet.slice(from, end - 1).trim();
    return { name, fallback: rest.startsWith(',') ? rest.slice(1).trim() : undefined };
  });
}
