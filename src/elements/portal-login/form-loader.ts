import { loadCode } from '../../load-code.js';
import type { PortalController } from '../../controllers/portal-controller.js';

/** The code of the form to sign in with, and of what else only few need. */
export const loadForm = () => loadCode(() => import('./sign-in-form.js'));

/**
 * Loads the form while the backend is still being asked who is signed in, unless this visitor was signed in the last
 * time: who has to sign in does not wait for one after the other, and who has not does not load it.
 */
export function foreseeForm({ client, address }: PortalController): void {
  const key = `portico:hint:${address}`;
  try {
    // Whether somebody was signed in, never who.
    if (client && client.state !== 'unknown') localStorage[key] = client.contact ? '1' : '0';
    // What does not come now is asked for again, and answered for, when it is needed.
    else if (localStorage[key] !== '1') loadForm().catch(() => {});
  } catch {
    // A page without storage remembers nothing, and loads the form when it is needed.
  }
}
