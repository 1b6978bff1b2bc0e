import { BackendError } from '../../backend/backend-error.js';
import type { PortalBackend } from '../../backend/portal-backend.js';
import type { ScenarioFault } from './scenario.js';

/** The same backend, of which calls go wrong as long as `faults` holds a fault for them. */
export function withFaults(backend: PortalBackend, faults: ReadonlyMap<string, ScenarioFault>): PortalBackend {
  const wrapped = Object.entries(backend).map(([name, method]) => {
    if (typeof method !== 'function') return [name, method];
    const call = method.bind(backend) as (...args: unknown[]) => Promise<unknown>;
    return [name, async (...args: unknown[]) => fail(faults.get(name)) ?? call(...args)];
  });
  return Object.fromEntries(wrapped) as PortalBackend;
}

function fail(fault: ScenarioFault | undefined): Promise<never> | undefined {
  if (!fault) return undefined;
  if (fault.with === 'silence') return new Promise(() => {});
  const { retryAfter = null, field } = fault;
  const fields = field ? [{ path: field[0], code: field[1] }] : null;
  return Promise.reject(new BackendError(fault.with, undefined, { retryAfter, fields }));
}
