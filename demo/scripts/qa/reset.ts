import { askDemo, tellDemo } from '../demo-server.js';
import { find } from '../dom.js';
import type { PageWorlds } from './page-worlds.js';
import type { QaState } from './state.js';
import { say } from './words.js';

export interface ResetOptions {
  state(): QaState;
  /** The server in the page, if one was started. */
  worlds(): Promise<PageWorlds> | null;
  /** The element is to be put on the stage anew. */
  onDone(): void;
}

export interface Reset {
  /** Whether this page came from a demo server. */
  findServer(): Promise<boolean>;
  show(state: QaState): void;
}

/** The button that takes back whatever was done to the world. At a server it is offered where that says that it may be. */
export function createReset(button: HTMLButtonElement, { state, worlds, onDone }: ResetOptions): Reset {
  const said = find('[data-copied]');
  let isOffered = false;
  let isRunning = false;

  async function reset(): Promise<void> {
    const { server } = state();
    // In memory each opening begins with a world of its own.
    if (server === 'page') await (await worlds())?.reset(state());
    if (server === 'here') await tellDemo('reset');
  }

  function show({ server }: QaState): void {
    button.textContent = say(isRunning ? 'resetting' : 'reset');
    button.disabled = isRunning || (server === 'here' && !isOffered);
  }

  button.addEventListener('click', async () => {
    isRunning = true;
    show(state());
    try {
      await reset();
      said.textContent = say('resetDone');
      onDone();
    } catch {
      said.textContent = say('resetFailed');
    } finally {
      isRunning = false;
      show(state());
    }
  });

  return {
    show,
    async findServer() {
      try {
        const answer: unknown = await (await askDemo('reset')).json();
        isOffered = (answer as { offered?: unknown }).offered === true;
        return true;
      } catch {
        return false;
      }
    },
  };
}
