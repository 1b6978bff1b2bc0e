import * as z from 'zod/mini';

/** Text that PostgreSQL can keep, also inside of JSON: no NUL, and no half of a surrogate pair. */
export const kept = (max: number) => z.string().check(z.maxLength(max), z.regex(/^[^\0\p{Cs}]*$/u));
/** Properties as they are written. */
export const propertiesSchema = z.record(kept(64), kept(2000));
/** The same, and `null` for what is no more. */
export const propertyChangesSchema = z.record(kept(64), z.nullable(kept(2000)));
