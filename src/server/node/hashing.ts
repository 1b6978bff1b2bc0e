import { hash, verify } from '@node-rs/argon2';
import { availableParallelism } from 'node:os';
import type { PasswordHasher } from '../deps.js';

/** OWASP's second argon2id profile: 19 MiB, two passes, one lane. argon2id is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes on at most as many threads as there are cores: many sign-ins at once wait instead of filling the memory. */
export function createHasher(parallel = availableParallelism()): PasswordHasher {
  const limited = limit(parallel);
  return {
    hash: (password) => limited(() => hash(password, cost)),
    verify: (phc, password) => limited(() => verify(phc, password)),
  };
}

function limit(parallel: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running === parallel) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      // The place goes straight to who waits longest, so that nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
