import * as z from 'zod/mini';

const originSchema = z.string().check(z.maxLength(300), z.regex(/^https?:\/\/[^/?#@]+$/));

/** Query of `/<slug>/sso/<connection>/start`, a page of its own that sends the visitor to their provider. */
export const ssoStartSchema = z.strictObject({
  /** S256 of the verifier that `exchange` will show. */
  challenge: z.string().check(z.regex(/^[\w-]{43}$/)),
  /** Comes back as it is: by it the page knows its own question. */
  state: z.string().check(z.regex(/^[\w-]{22,128}$/)),
  /** Of the page. */
  origin: originSchema,
  mode: z.enum(['popup', 'redirect']),
  /** Address of the page, for `redirect`. */
  return_to: z.optional(z.string().check(z.maxLength(2000))),
});
export type SsoStartWire = z.infer<typeof ssoStartSchema>;
