import * as z from 'zod/mini';

/**
 * What goes over the wire to a company's own service, and back. The descriptions are the contract: `openapi.json` is made
 * of them, and whoever writes such a service reads nothing else.
 */

/** No database keeps NUL, and JSON knows halves of letters that nothing else does. */
const unkeepable = /\0|\p{Surrogate}/gu;
const clean = (value: string): string => value.replace(unkeepable, '\uFFFD');
const isClean = z.refine<string>((value) => clean(value) === value);
const text = z.pipe(z.string(), z.transform(clean));
const named = z.pipe(z.string().check(z.minLength(1), z.maxLength(1000)), z.transform(clean));
const ref = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(200),
    isClean,
    z.describe('Your own id of it, the same for ever. Portico shows it to nobody.'),
  );
const email = z.string().check(z.maxLength(320), z.regex(/^[^\s@]+@[^\s@]+$/), isClean);
/** Only its shape is in the document; the calendar is ours to check. */
const time = z.pipe(
  z.string().check(
    z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/),
    z.refine((value) => !Number.isNaN(Date.parse(value))),
    z.describe('ISO 8601 with a time zone: `2026-03-01T09:30:00.250Z`.'),
  ),
  z.transform((value) => new Date(value)),
);
const properties = z._default(z.record(z.string(), text), {}).check(z.describe('By name, as text.'));
const statusId = z.string().check(z.minLength(1), z.maxLength(100), isClean, z.describe('Id of a status.'));

export const personSchema = z
  .object({
    ref,
    name: text.check(z.describe('What customers see. Of staff as well: `Mia` or `Support`.')),
    email: z
      .nullable(email)
      .check(z.describe('By which a customer is known and signs in; null for staff and for who has none.')),
  })
  .check(z.describe('Somebody who takes part in a ticket or wrote in it.'));

export const companySchema = z.object({ ref, name: named });

export const statusSchema = z.object({
  id: statusId,
  category: z
    .enum(['open', 'waiting_on_contact', 'closed'])
    .check(z.describe('`waiting_on_contact`: it is the customer’s turn. Nothing but this is decided by.')),
  label: z
    .record(z.string(), named)
    .check(z.describe('What customers read, by language: `{ "en": "Waiting for you", "pl": "Czeka na Ciebie" }`.')),
});

export const inboxSchema = z.object({ ref, name: named });

export const fileSchema = z.object({
  ref,
  name: named,
  type: text.check(z.describe('`image/png`')),
  size: z.int().check(z.minimum(0), z.describe('In bytes.')),
  inline: z._default(z.boolean(), false).check(z.describe('It is shown inside of the HTML.')),
  contentId: z
    ._default(z.nullable(text), null)
    .check(z.describe('By which the HTML refers to it (`cid:…`), without angle brackets.')),
});

const event = {
  ref,
  at: time,
  side: z.enum(['contact', 'support']).check(z.describe('Whether a customer or your staff did it.')),
  author: personSchema,
};
const saidSchema = z
  .object({
    ...event,
    kind: z.literal('message'),
    text: text.check(z.describe('Plain text. It is searched, and shown where there is no HTML.')),
    html: z._default(z.nullable(text), null).check(z.describe('The same as HTML; Portico sanitises it.')),
    files: z._default(z.array(fileSchema), []),
  })
  .check(z.describe('A public message.'));
const changedSchema = z
  .object({ ...event, kind: z.literal('status'), from: statusId, to: statusId })
  .check(z.describe('A change of status.'));
export const messageSchema = z
  .discriminatedUnion('kind', [saidSchema, changedSchema])
  .check(
    z.describe(
      'Something that happened in a ticket and that its customers may know of. INTERNAL NOTES ARE NEVER HANDED OVER: ' +
        'whatever is in this list, customers read.',
    ),
  );

const people = z._default(z.array(personSchema), []);
export const ticketSchema = z.object({
  ref,
  number: z.int().check(z.minimum(1), z.describe('What people call it by; no two have the same.')),
  inbox: ref.check(z.describe('Ref of an inbox.')),
  subject: text,
  status: statusId,
  createdAt: time,
  deleted: z._default(z.boolean(), false),
  requester: personSchema.check(z.describe('The customer whose ticket it is.')),
  contacts: people.check(z.describe('Other customers whom your staff tied to it. They see it.')),
  participants: people.check(z.describe('Other customers who take part in it. They see it.')),
  companies: z
    .nullable(z.array(companySchema))
    .check(
      z.describe(
        'Whose it is: who may see all of a company sees these. Null where you keep none with a ticket: then it is the ' +
          'requester’s primary one.',
      ),
    ),
  properties,
});

export const contactSchema = z.object({
  ref,
  name: text,
  email,
  enabled: z._default(z.boolean(), true).check(z.describe('False locks them out of the portal.')),
  properties: properties.check(
    z.describe('What you know of them, as text: `{ "role": "manager" }`. Permissions of a portal can ask for it.'),
  ),
});

const writerSchema = z
  .object({ name: z.string(), email: z.string() })
  .check(
    z.describe('The customer who writes. Portico has verified the address; add a person whom you do not know yet.'),
  );
const newFileSchema = z.object({ name: z.string(), type: z.string(), base64: z.string() });
const write = { type: z.literal('write'), by: writerSchema };
const newTicketSchema = z
  .object({
    ...write,
    kind: z.literal('ticket'),
    inbox: z.string().check(z.describe('Ref of an inbox.')),
    subject: z.string(),
    text: z.string(),
    files: z.array(newFileSchema),
    properties: z.record(z.string(), z.string()),
  })
  .check(z.describe('Opens a ticket whose requester is the writer. Answer with its ref.'));
const newReplySchema = z
  .object({
    ...write,
    kind: z.literal('message'),
    ticket: z.string(),
    text: z.string(),
    files: z.array(newFileSchema),
    joins: z
      .boolean()
      .check(z.describe('The writer does not take part in the ticket yet: make them a participant, and they do.')),
  })
  .check(
    z.describe(
      'Adds a public message to a ticket. A ticket that waits for the customer or is closed should go back to an open ' +
        'status. Answer with the ref of the message.',
    ),
  );
const newStatusSchema = z
  .object({ ...write, kind: z.literal('status'), ticket: z.string(), status: statusId })
  .check(
    z.describe(
      'Changes the status of a ticket. Answer with the ref of the ticket. That it has it already is no error.',
    ),
  );

/** The six requests by their type, each with what is answered. */
export const endpoints = {
  desk: {
    summary: 'What kinds of tickets there are. Also asked to see whether the service is there',
    request: z.object({ type: z.literal('desk') }),
    answer: z.object({
      statuses: z
        .array(statusSchema)
        .check(z.minLength(1), z.describe('All that a ticket may have, in the order of a ticket’s life.')),
      inboxes: z
        .array(inboxSchema)
        .check(
          z.minLength(1),
          z.describe('Where tickets may lie; new ones go to the first, unless a portal says otherwise.'),
        ),
    }),
  },
  changes: {
    summary: 'Which tickets have changed. Asked every few seconds; every 15 minutes with null, to compare everything',
    request: z.object({
      type: z.literal('changes'),
      cursor: z
        .nullable(z.string())
        .check(z.describe('What the last answer gave. Null: from the beginning, all the tickets that there are.')),
    }),
    answer: z.object({
      tickets: z
        .array(
          z.object({
            ref,
            stamp: z
              .string()
              .check(
                z.maxLength(200),
                z.describe('Another one whenever anything of the ticket has changed: a version, a time.'),
              ),
          }),
        )
        .check(
          z.maxLength(1000),
          z.describe(
            'Tickets in which anything has changed since the cursor: messages, status, inbox, people, companies. One ' +
              'too many does no harm, one too few does. One that was deleted comes too.',
          ),
        ),
      cursor: z.string().check(z.maxLength(1000), z.describe('Where to go on.')),
      more: z.boolean().check(z.describe('There are more right now: Portico asks again at once.')),
    }),
  },
  ticket: {
    summary: 'A ticket as it is now, with all that was said publicly in it',
    request: z.object({ type: z.literal('ticket'), ref: z.string() }),
    answer: z.object({
      ticket: z.nullable(ticketSchema).check(z.describe('Null when it is not there.')),
      messages: z.array(messageSchema).check(z.describe('All of them, the oldest first. Without internal notes.')),
    }),
  },
  contact: {
    summary: 'The person with an e-mail address, and whom they work for. Asked when they sign in, and every 30 seconds',
    request: z.object({
      type: z.literal('contact'),
      email: z.string().check(z.describe('Verified. Upper and lower case are the same.')),
    }),
    answer: z.object({
      contact: z.nullable(contactSchema).check(z.describe('Null when nobody has the address.')),
      companies: z.array(companySchema).check(z.describe('Whom they belong to, the primary one first.')),
    }),
  },
  file: {
    summary: 'Bytes of a file',
    request: z.object({
      type: z.literal('file'),
      ticket: z.string(),
      file: z.string().check(z.describe('Ref of a file. Answer 404 unless a PUBLIC message of THIS ticket has it.')),
    }),
    /** Bytes. */
    answer: null,
  },
  write: {
    summary: 'What a customer writes, once for each webhook-id',
    request: z.discriminatedUnion('kind', [newTicketSchema, newReplySchema, newStatusSchema]),
    answer: z.object({ ref }),
  },
} as const;

export type EndpointName = keyof typeof endpoints;
export type HttpRequest = z.output<(typeof endpoints)[EndpointName]['request']>;
/** Those that are answered with JSON. */
export type JsonName = Exclude<EndpointName, 'file'>;
export type AnswerOf<Name extends JsonName> = z.output<(typeof endpoints)[Name]['answer']>;
