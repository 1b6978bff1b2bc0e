import { ContextProvider, createContext } from '@lit/context';

import { backendVersion } from '../backend/portal-backend.js';

/** Where the visitor is in a portal: a ticket's id, `new` for the form, `new.ID` for the form of a follow-up, `null` for the list. */
export type Place = string | null;

/** The places of the form. No id of ours has a dot. */
export const formPlace = /^new(\.|$)/;

/** Where a portal keeps in the page's address what it shows: in the query, in the hash, or not there at all. */
export type Routing = 'query' | 'hash' | 'none';

/** What `<customer-portal>` offers to the elements inside it. */
export interface PortalRoute {
  readonly place: Place;
  readonly routing: Routing;
  /**
   * The portal's name in the address, by which two portals on a page do not meet. The place is under the name itself
   * (`ticket=ID`); what the list keeps is under the name, an `s` and a dot (`tickets.scope=company`).
   */
  readonly key: string;
  /** A real address of a place, for a link. */
  href(place: Place): string;
  /** Goes there, unless the page forbids it. */
  go(place: Place): void;
}

export const routeContext = createContext<PortalRoute>(Symbol.for(`portico.route/${backendVersion}`));

/** Gives the way through a portal to the elements below a node. */
export const provideRoute = (
  node: HTMLElement,
  route: PortalRoute,
): ContextProvider<typeof routeContext, HTMLElement> =>
  new ContextProvider(node, { context: routeContext, initialValue: route });
