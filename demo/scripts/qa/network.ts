import type { Breakage } from './breakage.js';
import type { RouteName } from './routes.js';
import type { QaState } from './state.js';

export type NetworkControls = Pick<QaState, 'latency' | 'jitter' | 'offline' | 'fail' | 'status'>;

/** What lies between the element and its portal. */
export interface Network {
  /** Takes effect with the next request. */
  set(controls: NetworkControls): void;
  /**
   * `setup`: somebody is signed in for the scenario, and nothing stands in the way. `steps`: what slows and what answers by
   * route holds. `open`: so does what a tester does to an element that stands, to be offline and to fail the next request.
   */
  enter(phase: 'setup' | 'steps' | 'open'): void;
  /** How the request goes wrong, or `null`. The wish for the next one is spent by it. */
  due(route: RouteName | undefined): Breakage | 'offline' | null;
  /** Resolves after the latency. @throws the signal's reason */
  wait(signal?: AbortSignal | null): Promise<void>;
  /** False while nothing of it is to be seen. */
  readonly isShown: boolean;
}

/** @param onSpent the next request has failed, as wished */
export function createNetwork(onSpent: () => void): Network {
  let controls: NetworkControls = { latency: 0, jitter: 0, offline: false, fail: 'none', status: {} };
  let phase: 'setup' | 'steps' | 'open' = 'setup';

  function sayOnline(): void {
    const onLine = !(phase === 'open' && controls.offline);
    if (navigator.onLine === onLine) return;
    // The browser itself has a network; elements ask it whether it has.
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: onLine });
    dispatchEvent(new Event(onLine ? 'online' : 'offline'));
  }

  return {
    set(next) {
      controls = next;
      sayOnline();
    },
    enter(next) {
      phase = next;
      sayOnline();
    },
    get isShown() {
      return phase !== 'setup';
    },
    due(route) {
      if (phase === 'setup') return null;
      if (phase === 'open' && controls.offline) return 'offline';
      // The stream of events is opened again and again, and would take the wish from what the tester does.
      if (phase === 'open' && controls.fail !== 'none' && route !== 'subscribe') {
        const { fail } = controls;
        controls = { ...controls, fail: 'none' };
        onSpent();
        return fail;
      }
      return (route && controls.status[route]) ?? null;
    },
    wait(signal) {
      const { latency, jitter } = controls;
      const delay = phase === 'setup' ? 0 : latency + Math.round(Math.random() * jitter);
      return delay > 0 ? pause(delay, signal) : Promise.resolve();
    },
  };
}

function pause(milliseconds: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
