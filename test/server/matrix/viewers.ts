import type { Name, TicketName } from './world.js';

/**
 * Who looks, and what each of them sees: written by hand after test/policy/truth.md, asked of nothing in src. `sees` names
 * every ticket that may reach the viewer and why; whatever is not named here is not there for them.
 */
export interface ViewerCase {
  readonly viewer: string;
  /** Who signs in, and at which portal; without it nobody does. */
  readonly who?: Name | 'oli';
  readonly signsInAt?: string;
  /** Where they look; the cookie that they got elsewhere goes along under this portal's name. */
  readonly at: 'help' | 'mine' | 'firm';
  /** `over`: a cookie comes along that opens nothing any more, or never did here. */
  readonly session: 'live' | 'none' | 'over';
  readonly bearer?: 'staff' | 'admin';
  /** Who of the staff is signed in, by a cookie. */
  readonly staff?: keyof typeof staff;
  readonly permission: 'own' | 'company' | null;
  readonly sees: Readonly<Partial<Record<TicketName, 'requester' | 'contact' | 'participant' | 'company'>>>;
}

/** Whoever of the staff is signed in: without inboxes they answer all; `away` is of another account. */
export const staff = {
  owner: { role: 'admin' },
  agent: { role: 'agent' },
  sales: { role: 'agent', inbox: 'sales' },
  dismissed: { role: 'admin' },
  away: { role: 'admin' },
} as const;

const acme = {
  ann: 'company',
  bea: 'company',
  max: 'company',
  tom: 'company',
  sue: 'company',
  moe: 'company',
  lia: 'company',
  dis: 'company',
  una: 'company',
  eve: 'company',
  ivy: 'company',
  pat: 'company',
} as const;
const globex = { gus: 'company', fay: 'company' } as const;

const out = { at: 'help', permission: null, sees: {} } as const;
const live = { at: 'help', session: 'live' } as const;

export const viewers: readonly ViewerCase[] = [
  { viewer: 'nobody', ...out, session: 'none' },
  { viewer: 'the requester', who: 'ann', ...live, permission: 'own', sees: { ann: 'requester' } },
  {
    viewer: 'an associated contact',
    who: 'cat',
    ...live,
    permission: 'own',
    sees: { cat: 'requester', ann: 'contact' },
  },
  { viewer: 'a participant', who: 'zoe', ...live, permission: 'own', sees: { zoe: 'requester', ann: 'participant' } },
  {
    viewer: 'a colleague who does not pass company-if',
    who: 'bea',
    ...live,
    permission: 'own',
    sees: { bea: 'requester' },
  },
  {
    viewer: 'a manager under company-if',
    who: 'max',
    ...live,
    permission: 'company',
    sees: { ...acme, max: 'requester' },
  },
  {
    viewer: 'a manager under own',
    who: 'tom',
    at: 'mine',
    session: 'live',
    permission: 'own',
    sees: { tom: 'requester' },
  },
  {
    viewer: 'a colleague under company',
    who: 'sue',
    at: 'firm',
    session: 'live',
    permission: 'company',
    sees: { ...acme, sue: 'requester' },
  },
  {
    viewer: 'a manager of another company',
    who: 'gus',
    ...live,
    permission: 'company',
    sees: { ...globex, gus: 'requester' },
  },
  {
    viewer: 'a manager whose further company it is',
    who: 'fay',
    ...live,
    permission: 'company',
    sees: { ...globex, fay: 'requester' },
  },
  {
    viewer: 'a manager who has moved to another company',
    who: 'moe',
    ...live,
    permission: 'company',
    sees: { ...globex, moe: 'requester' },
  },
  { viewer: 'a manager who has left the company', who: 'lia', ...live, permission: 'own', sees: { lia: 'requester' } },
  { viewer: 'a manager disabled since', who: 'dis', ...out, session: 'over' },
  { viewer: 'a manager no longer verified', who: 'una', ...out, session: 'over' },
  { viewer: 'a manager out of the access group since', who: 'eve', ...out, session: 'over' },
  { viewer: 'a manager whose session has ended', who: 'ivy', ...out, session: 'over' },
  { viewer: 'a manager signed in at another portal', who: 'pat', signsInAt: 'firm', ...out, session: 'over' },
  { viewer: 'a manager of another account', who: 'oli', signsInAt: 'away', ...out, session: 'over' },
  { viewer: 'staff', ...out, session: 'none', bearer: 'staff' },
  { viewer: 'the administrator', ...out, session: 'none', bearer: 'admin' },
  { viewer: 'an admin', ...out, session: 'none', staff: 'owner' },
  { viewer: 'an agent', ...out, session: 'none', staff: 'agent' },
  { viewer: 'an agent of an inbox', ...out, session: 'none', staff: 'sales' },
  { viewer: 'an admin disabled since', ...out, session: 'none', staff: 'dismissed' },
  { viewer: 'an admin of another account', ...out, session: 'none', staff: 'away' },
];

/** What staff sees of the account: everything but what is deleted, and nothing of another account. */
export const hiddenFromStaff: readonly TicketName[] = ['deleted', 'away'];
/** Tickets in the inbox of the agent who answers one alone. */
export const ofSales: readonly TicketName[] = ['sales'];
