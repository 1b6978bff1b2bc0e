/** Calls of a backend as they travel: the one list behind the network log and the control "status by route". */
const table = {
  session: ['GET', '/session'],
  portal: ['GET', '/portal'],
  signIn: ['POST', '/session'],
  startSignIn: ['POST', '/session/start'],
  setPassword: ['POST', '/session/password'],
  signOut: ['DELETE', '/session'],
  listTickets: ['GET', '/tickets'],
  createTicket: ['POST', '/tickets'],
  getTicket: ['GET', '/tickets/:id'],
  listMessages: ['GET', '/tickets/:id/messages'],
  reply: ['POST', '/tickets/:id/messages'],
  close: ['POST', '/tickets/:id/close'],
  reopen: ['POST', '/tickets/:id/reopen'],
  rate: ['PUT', '/tickets/:id/rating'],
  edit: ['PATCH', '/tickets/:id'],
  addParticipant: ['POST', '/tickets/:id/participants'],
  markRead: ['POST', '/tickets/:id/read'],
  upload: ['POST', '/attachments'],
  download: ['GET', '/attachments/:id'],
  subscribe: ['GET', '/events'],
} as const;

export type RouteName = keyof typeof table;

export const routeNames = Object.keys(table) as readonly RouteName[];

export const isRouteName = (name: string): name is RouteName => Object.hasOwn(table, name);

/** `GET /tickets/:id`. */
export const lineOf = (name: RouteName): string => table[name].join(' ');

/** The call behind a request, by its method and its path below `/api/v1`. */
export function routeOf(method: string, path: string): RouteName | undefined {
  const [asked = ''] = path.split('?');
  return routeNames.find((name) => {
    const [of, pattern] = table[name];
    return of === method && new RegExp(`^${pattern.replace(':id', '[^/]+')}$`).test(asked);
  });
}

/** What a query may say in a log: what somebody searches for is their own, and only its length is shown. */
export function loggedQuery(query: Iterable<readonly [string, string]>): string {
  const shown = [...query]
    .filter(([key, value]) => value !== '' && key !== 'cursor')
    .map(([key, value]) => `${key}=${key === 'q' ? '…' : value}`);
  return shown.length > 0 ? `?${shown.join('&')}` : '';
}
