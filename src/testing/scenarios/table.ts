import { customerPortalRows } from './rows/customer-portal.js';
import { portalLoginRows } from './rows/portal-login.js';
import { ticketListRows } from './rows/ticket-list.js';
import { ticketDetailRows } from './rows/ticket-detail.js';
import { ticketCountRows } from './rows/ticket-count.js';
import { supportFormRows } from './rows/support-form.js';
import type { Rows } from './rows/common.js';
import type { Scenario, ScenarioTag } from './scenario.js';

/** Element by element, state by state. Adding a state is adding a row. */
const rows: Readonly<Record<ScenarioTag, Rows>> = {
  'customer-portal': customerPortalRows,
  'portal-login': portalLoginRows,
  'ticket-list': ticketListRows,
  'ticket-detail': ticketDetailRows,
  'support-form': supportFormRows,
  'ticket-count': ticketCountRows,
};

/** Every element in every state: what tests, the QA page and pictures show. */
export const scenarios: readonly Scenario[] = Object.entries(rows).flatMap(([element, states]) =>
  Object.entries(states).map(([name, row]) => ({ id: `${element}/${name}`, element: element as ScenarioTag, ...row })),
);

/** @throws Error for an id that is not in the table */
export function scenarioOf(id: string): Scenario {
  const found = scenarios.find((scenario) => scenario.id === id);
  if (!found) throw new Error(`There is no scenario "${id}"`);
  return found;
}
