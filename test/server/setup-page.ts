import { createSetupBackend } from '../../src/backend/setup/rest-setup-backend.js';
import type { AppFixture } from './app-fixture.js';
import { welcomeStaff } from './staff-visitor.js';

/** What the admin page asks with, as an admin who has signed in. */
export async function openSetupPage(fixture: AppFixture) {
  const { visitor } = await welcomeStaff(fixture, { name: 'olga', role: 'admin' });
  return createSetupBackend('http://localhost:4400/admin', async (input, init) => {
    const request = new Request(input, init);
    request.headers.set('x-test-cookie', [...visitor.cookies].map((pair) => pair.join('=')).join('; '));
    request.headers.set('x-test-origin', 'http://localhost:4400');
    request.headers.set('x-test-site', 'same-origin');
    return fixture.app.fetch(request);
  });
}
