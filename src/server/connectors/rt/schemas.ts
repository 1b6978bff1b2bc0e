import * as z from 'zod/mini';

/** What we read of RT's answers. It writes numbers now as text, now as numbers, and nothing as an empty text or as null. */

const text = z.pipe(
  z.optional(z.nullable(z.union([z.string(), z.number()]))),
  z.transform((value) => (value === undefined || value === null ? '' : String(value))),
);
const id = z.pipe(z.union([z.string(), z.number()]), z.transform(String)).check(z.regex(/^[1-9][0-9]*$/));
const time = z.pipe(
  z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)),
  z.transform((value) => new Date(value)),
);

const pageOf = <Item extends z.ZodMiniType>(item: Item) => z.object({ items: z.array(item) });

export const rtSchema = z.object({ Version: z.string() });

/** Where RT says that a thing is. */
export const linksSchema = z.object({ _hyperlinks: z.array(z.object({ _url: z.url() })) });

const watcherSchema = z.object({
  type: z.string(),
  id,
  Name: text,
  RealName: text,
  EmailAddress: text,
  /** Of a group: `UserDefined` for those that people make. */
  Domain: text,
});
/** A user or a group with a role on a ticket. */
export type Watcher = z.output<typeof watcherSchema>;

const ticketRowSchema = z.object({
  id,
  EffectiveId: id,
  Subject: text,
  Status: z.string(),
  Queue: z.object({ Name: z.string() }),
  Requestor: z.array(watcherSchema),
  Cc: z.array(watcherSchema),
  Created: time,
  LastUpdated: time,
});
export type TicketRow = z.output<typeof ticketRowSchema>;
export const ticketRowsSchema = pageOf(ticketRowSchema);

const changeSchema = z.object({ id, EffectiveId: id, Status: z.string(), LastUpdated: time });
/** Enough of a ticket to see that it changed. */
export type ChangeRow = z.output<typeof changeSchema>;
export const changesSchema = pageOf(changeSchema);

export const idsSchema = pageOf(z.object({ id }));

const eventSchema = z.object({
  id,
  Type: z.string(),
  /** The ticket that it happened to, also when that has been merged into another. */
  ObjectId: id,
  Created: time,
  OldValue: text,
  NewValue: text,
  Creator: z.object({ id, Name: z.string(), RealName: text, EmailAddress: text }),
});
/** What RT calls a transaction. */
export type RtEvent = z.output<typeof eventSchema>;
export const eventsSchema = pageOf(eventSchema);

const partSchema = z.object({
  id,
  TransactionId: id,
  Filename: text,
  ContentType: text,
  ContentLength: z.pipe(text, z.transform(Number)),
  Headers: text,
});
/** What RT calls an attachment: any part of a message, its text as well. */
export type Part = z.output<typeof partSchema>;
export const partsSchema = pageOf(partSchema);

export const bodiesSchema = pageOf(z.object({ id, Content: text }));

export const userSchema = z.object({
  id,
  Name: z.string(),
  RealName: text,
  EmailAddress: text,
  Organization: text,
  Privileged: z.pipe(
    text,
    z.transform((value) => value === '1'),
  ),
  Disabled: z.pipe(
    text,
    z.transform((value) => value === '1'),
  ),
  Memberships: z._default(z.array(z.object({ type: z.string(), id })), []),
  CustomFields: z._default(z.array(z.object({ name: z.string(), values: z.array(z.unknown()) })), []),
});
export type User = z.output<typeof userSchema>;

export const foundUsersSchema = pageOf(z.object({ id, EmailAddress: text }));
export const groupsSchema = pageOf(z.object({ id, Name: z.string(), Domain: text }));
export const queueSchema = z.object({ Name: z.string(), _hyperlinks: z.array(z.object({ ref: text })) });
