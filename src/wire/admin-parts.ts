import * as z from 'zod/mini';

import { publicIdSchema } from './schemas.js';
import { kept } from './text.js';

/** What several of the administrator's routes take. */

export const named = (max: number) => kept(max).check(z.regex(/\S/));
export const nameSchema = named(200);
export const emailSchema = kept(254).check(z.regex(/^[^\s@]+@[^\s@]+$/));
export const localeSchema = z.string().check(z.maxLength(35), z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/));
export const propertyName = named(64);
export const propertyValue = kept(2000);
export const idsSchema = z.array(publicIdSchema).check(z.maxLength(100));
/** `acme.example`, as addresses have it after the `@`. */
const domainSchema = z.string().check(z.maxLength(253), z.regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/));
export const domainsSchema = z.array(domainSchema).check(z.maxLength(100));
