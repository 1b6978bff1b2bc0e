import { expect, test } from 'vitest';

import { auditEvents } from '../../src/server/identity/audit.js';
import { eventGroups } from '../../src/elements/portal-setup/account/audit-events.js';
import en from '../../src/elements/portal-setup/words/en.json' with { type: 'json' };

test('everything that the audit log holds has words, and is of one kind that can be looked for', () => {
  const words: Readonly<Record<string, string>> = en;
  expect(auditEvents.filter((event) => !words[`audit.event-${event}`])).toEqual([]);
  expect(Object.values(eventGroups).flat().toSorted()).toEqual([...auditEvents].toSorted());
});
