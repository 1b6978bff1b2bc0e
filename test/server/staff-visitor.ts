import type { AppFixture, Visitor } from './app-fixture.js';

/** What people of the staff choose here. */
export const staffPassword = 'a staple and no battery';

export interface StaffSeed {
  readonly name: string;
  readonly role: 'agent' | 'admin';
  /** Public ids; all without it. */
  readonly inboxes?: readonly string[];
  /** Public id of their account, needless where there is only one. */
  readonly account?: string;
}

export interface StaffVisitor {
  readonly visitor: Visitor;
  readonly id: string;
  readonly email: string;
}

type Fixture = Pick<AppFixture, 'app' | 'deps' | 'visitor'>;

/** The token behind the `#` of a one-time link. */
export const tokenOf = (link: string): string => /#welcome=([\w-]+)$/.exec(link)?.[1] ?? '';

/** Adds somebody by the admin token; their link is not used yet. */
export async function addStaff(
  { visitor, deps }: Fixture,
  { name, role, inboxes, account }: StaffSeed,
): Promise<{ id: string; email: string; token: string }> {
  const email = `${name}@staff.example`;
  const response = await visitor().request('POST', `/admin/api/v1/staff${account ? `?account=${account}` : ''}`, {
    body: { name, email, role, ...(inboxes && { inboxes }) },
    headers: { authorization: `Bearer ${deps.adminToken}` },
  });
  if (response.status !== 201) throw new Error(`${name} was not added: ${response.status}`);
  const { staff, link } = (await response.json()) as { staff: { id: string }; link: string };
  return { id: staff.id, email, token: tokenOf(link) };
}

/** Adds somebody, who chooses a password and is signed in by it. */
export async function welcomeStaff(fixture: Fixture, seed: StaffSeed): Promise<StaffVisitor> {
  const { id, email, token } = await addStaff(fixture, seed);
  const visitor = fixture.visitor();
  const body = { token, password: staffPassword, name: seed.name };
  const { status } = await visitor.request('POST', '/admin/api/v1/welcome', { body });
  if (status !== 200) throw new Error(`${seed.name} was not welcomed: ${status}`);
  return { visitor, id, email };
}
