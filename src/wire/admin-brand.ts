import * as z from 'zod/mini';

/** Colours in no other notation: what an owner writes ends up in a style sheet. */
const colourSchema = z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/));

/** A picture as `data:`, of at most 64 KiB. Its first bytes have to be of the type that it names. */
const imageSchema = z
  .string()
  .check(z.maxLength(87_420), z.regex(/^data:image\/(png|jpeg|webp|x-icon);base64,[A-Za-z0-9+/]+={0,2}$/));

/** The look of the hosted page; what is left out is ours. It is set as a whole. */
export const brandSchema = z.strictObject({
  /** Of the main button and of marks. Text on it is black or white, and links are drawn towards the text until they are read. */
  accent: z.optional(colourSchema),
  /** The same where the reader's page is dark. */
  accentDark: z.optional(colourSchema),
  /** Of the light page. */
  background: z.optional(colourSchema),
  /** On it, at a contrast of 4.5 at least. */
  text: z.optional(colourSchema),
  /** `system`, `rounded`, `serif`, `mono`, or the name of a font that readers have. */
  font: z.optional(z.string().check(z.maxLength(60), z.regex(/^[A-Za-z0-9]+([ -][A-Za-z0-9]+)*$/))),
  /** Of corners, in pixels. */
  radius: z.optional(z.int().check(z.gte(0), z.lte(24))),
  logo: z.optional(imageSchema),
  icon: z.optional(imageSchema),
});
