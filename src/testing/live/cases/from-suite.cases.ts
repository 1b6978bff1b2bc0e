import { conformanceCases } from '../../conformance/index.js';
import { seedOf } from '../../conformance/seed.js';
import type { ConformanceWorld, StaffSide } from '../../conformance/world.js';
import { absentId } from '../compare.js';
import { promises, type LiveCase, type LiveNeed } from '../live-case.js';
import type { LivePortal } from '../portal.js';

/**
 * A case of the suite for seeded worlds that knows nothing of its seed. It meets the named people as if they were those of
 * the seed.
 */
const fromSuite = (promise: string, name: string, needs: readonly LiveNeed[] = []): LiveCase => {
  const found = conformanceCases.find((one) => one.name === name);
  if (!found) throw new Error(`the suite has no case "${name}"`);
  return { promise, name, needs, run: (portal) => found.run(worldOf(portal)) };
};

export const suiteCases: readonly LiveCase[] = [
  fromSuite(promises.shape, 'names no feature that it has no method for'),
  fromSuite(promises.session, 'says that nobody is signed in, without an error'),
  fromSuite(promises.session, 'lets nobody in without an address or a password'),
  fromSuite(promises.session, 'answers nothing but session and portal to a visitor who is signed out'),
  fromSuite(promises.list, 'refuses filters that do not exist and names them', ['person']),
];

const nobody = () => Promise.reject(new Error('nobody answers as support here'));
const staff: StaffSide = { reply: nobody, note: nobody, setStatus: nobody, thread: nobody, withSubject: nobody };

const worldOf = ({ people, visitor }: LivePortal): ConformanceWorld => ({
  seed: seedOf('live'),
  visitor: async (person) => (person ? people[0] : undefined)?.backend ?? visitor().backend,
  idOf: (kind) => (kind === 'ticket' ? people[0]?.tickets[0]?.id : undefined) ?? absentId,
  staff,
  close: async () => {},
});
