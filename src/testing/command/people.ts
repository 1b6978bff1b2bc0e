import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';

import { LiveError, type PersonInput } from '../live/run.js';

const nameSchema = z.union([z.number(), z.string()]);

const peopleSchema = z
  .array(
    z.strictObject({
      email: z.string().check(z.minLength(1)),
      password: z.string().check(z.minLength(1)),
      sees: z.optional(z.array(nameSchema)),
      not: z.optional(z.array(nameSchema)),
    }),
  )
  .check(z.minLength(1));

/** The people that a file names. What is wrong is told by its place alone, for the file holds passwords. @throws LiveError */
export async function readPeople(path: string): Promise<readonly PersonInput[]> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) throw new LiveError(`The file ${path} cannot be read.`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new LiveError(`The file ${path} is not JSON.`);
  }
  const result = z.safeParse(peopleSchema, json);
  if (result.success) return result.data;
  const place = result.error.issues[0]?.path.join('.') || 'the list';
  throw new LiveError(`In ${path}, ${place} is not as it should be: [{ "email": …, "password": …, "sees": [1042] }].`);
}
