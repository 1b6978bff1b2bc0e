import { expect, test } from 'vitest';

import { demoPassword, demoPeople } from '../../demo/scripts/people.js';
import { demoWorld } from '../../src/world/demo-world.js';

test('the demo pages offer everybody who may sign in to the demo world, with what they see', () => {
  const members = demoWorld.accessGroup.members.map((id) => demoWorld.contacts.find((contact) => contact.id === id));
  expect(demoPeople).toEqual(
    members.map((contact) => ({ name: contact?.name, email: contact?.email, hint: contact?.hint })),
  );
  expect(demoPassword).toBe(demoWorld.password);
});
