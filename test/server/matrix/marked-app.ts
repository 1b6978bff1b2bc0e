import { staffTokens } from '../../../src/server/identity/staff.js';
import type { TestDatabase } from '../../support/database.js';
import type { AppFixture, Visitor } from '../app-fixture.js';
import { createAppFixture } from '../app-fixture.js';
import { welcomeStaff } from '../staff-visitor.js';
import type { ViewerCase } from './viewers.js';
import { staff as staffSeeds, viewers } from './viewers.js';
import type { MarkedWorld } from './world.js';
import { afterSignIn, seedMarkedWorld } from './world.js';

export interface MarkedApp {
  readonly fixture: AppFixture;
  readonly world: MarkedWorld;
  /** By viewer: their browser, after everything that has happened to them since. */
  readonly visitors: ReadonlyMap<string, Visitor>;
  readonly bearers: Readonly<Record<'staff' | 'admin', string>>;
  /** Public ids of who of the staff signs in. */
  readonly staff: Readonly<Record<keyof typeof staffSeeds, string>>;
}

const bytes = new TextEncoder().encode('/* built */');

/** The app over the marked world, everybody signed in who ever was. */
export async function openMarkedApp(database: TestDatabase): Promise<MarkedApp> {
  await database.reset();
  const type = 'text/javascript';
  const fixture = createAppFixture(database, {
    'embed.js': { bytes, type },
    'assets/a.js': { bytes, type },
    'admin/admin.html': { bytes, type },
    'admin/assets/a.js': { bytes, type },
    'themes/a.js': { bytes, type },
    'hosted.html': { bytes, type: 'text/html' },
  });
  const world = await seedMarkedWorld(fixture.deps);
  const visitors = new Map<string, Visitor>();
  const members: Partial<Record<keyof typeof staffSeeds, string>> = {};
  for (const one of viewers) {
    if (one.staff) {
      const { visitor, id } = await joinStaff(fixture, world, one.staff);
      visitors.set(one.viewer, visitor);
      members[one.staff] = id;
    } else visitors.set(one.viewer, await arrive(fixture, one));
  }
  for (const sql of afterSignIn) await database.asSuperuser(sql);
  const member = { account: world.account.id, publicId: 'staff', name: 'Sam' };
  const staff = await staffTokens(fixture.deps).seal({ member }, 3600);
  const bearers = { staff, admin: fixture.deps.adminToken };
  return { fixture, world, visitors, bearers, staff: members as MarkedApp['staff'] };
}

function joinStaff(fixture: AppFixture, world: MarkedWorld, name: keyof typeof staffSeeds) {
  const { role, ...more } = staffSeeds[name];
  const { publicId: account } = name === 'away' ? world.away : world.account;
  const inboxes = 'inbox' in more ? { inboxes: [world.inboxes[more.inbox]] } : {};
  return welcomeStaff(fixture, { name, role, account, ...inboxes });
}

async function arrive(fixture: AppFixture, { who, at, signsInAt = at }: ViewerCase): Promise<Visitor> {
  const visitor = fixture.visitor(signsInAt);
  if (!who) return visitor;
  const answer = await visitor.signIn(`${who}@example.com`);
  if (answer.status !== 200) throw new Error(`${who} cannot sign in at ${signsInAt}`);
  for (const token of visitor.cookies.values()) visitor.cookies.set(`__Host-portal_s_${at}`, token);
  return visitor;
}
