import type { Shown } from './reference-answers.js';
import { companyNames, statuses } from './setting.js';

/** A ticket that the viewer sees. */
interface Seen extends Shown {
  readonly companies: readonly number[];
  /** Is it one of the scope? */
  readonly scoped: boolean;
}

/** The numbers of a scope and of everything. */
export function countAll(seen: readonly Seen[], companies: readonly number[]) {
  const count = (wanted: (one: Seen) => boolean) => seen.filter(wanted).length;
  const asked = seen.flatMap(({ requester, scoped }) => (scoped ? requester : []));
  return {
    all: seen.length,
    mine: count(({ relation }) => relation === 'requester' || relation === 'contact'),
    participating: count(({ relation }) => relation === 'participant'),
    company: companies.map((company) => [companyNames[company], count((one) => one.companies.includes(company))]),
    open: count(({ scoped, turn }) => scoped && turn !== null),
    closed: count(({ scoped, turn }) => scoped && turn === null),
    statuses: Object.fromEntries(
      statuses.map(({ id }) => [id, count(({ scoped, status }) => scoped && status === id)]),
    ),
    requesters: [...new Set(asked)].toSorted().map((name) => [name, asked.filter((one) => one === name).length]),
    unread: count(({ unread }) => unread),
  };
}
