import { ContextProvider, createContext } from '@lit/context';

import { backendVersion } from '../backend/portal-backend.js';

/** Where the visitor is in a portal: a ticket's id, `new` for the form, `null` for the list. */
export type Place = string | null;

/** What `<customer-portal>` offers to the elements inside it. */
export interface PortalRoute {
  readonly place: Place;
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
