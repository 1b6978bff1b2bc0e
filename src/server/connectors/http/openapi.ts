import * as z from 'zod/mini';
import {
  companySchema,
  contactSchema,
  endpoints,
  fileSchema,
  inboxSchema,
  messageSchema,
  personSchema,
  statusSchema,
  ticketSchema,
} from './schemas.js';

type Json = Record<string, unknown>;

const named = {
  Company: companySchema,
  Contact: contactSchema,
  File: fileSchema,
  Inbox: inboxSchema,
  Message: messageSchema,
  Person: personSchema,
  Status: statusSchema,
  Ticket: ticketSchema,
};

const description = `A service of your own by which Portico, a customer support portal, stands before your help desk.
Implement six endpoints in any language; a complete one in 80 lines of Python is \`demo/connectors/python/desk.py\`.

**What it is.** Portico keeps an index of your tickets: it asks \`/changes\` every few seconds, and reads each ticket that
has changed by \`/ticket\`. When a customer looks at a ticket, it is read once more, so that nobody sees what was true
before. What a customer writes is brought to you by \`/write\`. Your desk decides nothing about who sees what and never
hears of a password: it says who takes part in a ticket, and Portico shows it to those.

**Requests** are all POST with a JSON body, whose \`type\` is the last part of the path. Answer with 200 and JSON in
UTF-8, at most 10 MB and within 10 seconds (\`/file\`: with bytes). Ignore keys that you do not know; Portico does, too.

**Every request is signed** as Standard Webhooks specifies (https://www.standardwebhooks.com; there are libraries for most
languages): \`webhook-signature\` holds, separated by spaces, one or more of \`v1,\` + base64 of
HMAC-SHA256(key, webhook-id + "." + webhook-timestamp + "." + body as it came). The key is the base64 behind \`whsec_\`.
Answer 401, before you look at anything else, unless one of them is right (compared in constant time) and the timestamp is
within 5 minutes of your clock. Then answer 400 unless \`type\` is the last part of the path: the path is not signed.
The signature hides nothing: outside of one machine use https.

**A write happens once.** \`webhook-id\` of \`/write\` names the write. Portico sends it again, with the same id, whenever it
does not know whether it has arrived: keep the id with what you wrote, in one transaction, and answer an id that you know
with the same ref, writing nothing. Two may come at the same time.

**What is not there** is answered with 200 and null. Never answer 404 for it (but for a file): that is what a proxy says when
your service is gone, and Portico would take every ticket for deleted.

**Refusals.** 409 or 422 to \`/write\`: this will never be done, and nothing was written (a ticket that is gone, files that you
do not take; 413: too large). The customer is told at once, so refuse nothing that is only late. 401 and other 4xx: the
administrator has to put something right. 5xx, 429, or no answer: Portico tries again in a moment; writes wait until they
are through. Redirects are not followed.`;

const header = (name: string, text: string) => ({
  name,
  in: 'header',
  required: true,
  description: text,
  schema: { type: 'string' },
});

const json = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
const capital = (name: string) => name[0]?.toUpperCase() + name.slice(1);
const requestOf = (name: string) => `${capital(name)}Request`;
const answerOf = (name: string) => `${capital(name)}Answer`;

function withoutAddress(schema: Json): Json {
  const { $schema: _, $id: __, ...rest } = schema;
  return rest;
}

/** The contract that a service keeps, as an OpenAPI 3.1 document. */
export function httpOpenApi(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const paths: Json = {};
  for (const [name, { summary, request, answer }] of Object.entries(endpoints)) {
    registry.add(request, { id: requestOf(name) });
    if (answer) registry.add(answer, { id: answerOf(name) });
    paths[`/${name}`] = {
      post: {
        operationId: name,
        summary,
        parameters: ['Id', 'Timestamp', 'Signature'].map((one) => ({ $ref: `#/components/parameters/${one}` })),
        requestBody: { required: true, content: json(requestOf(name)) },
        responses: {
          200: answer
            ? { description: 'Done', content: json(answerOf(name)) }
            : {
                description: 'Its bytes. Portico knows name and type from the message',
                content: { 'application/octet-stream': {} },
              },
          401: { description: 'The signature is wrong or old' },
          ...(name === 'file' && { 404: { description: 'There is no such file of a public message of this ticket' } }),
          ...(name === 'write' && {
            409: { description: 'Refused for good, nothing was written. 422 and 413 as well' },
          }),
        },
      },
    };
  }
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: (id) => `#/components/schemas/${id}` });
  return {
    openapi: '3.1.0',
    info: { title: 'A help desk behind Portico', version: '1', description },
    paths,
    components: {
      parameters: {
        Id: header('webhook-id', 'Id of the request; of a write the same each time that it is tried'),
        Timestamp: header('webhook-timestamp', 'Seconds since 1970'),
        Signature: header('webhook-signature', '`v1,` and the signature; perhaps several, separated by spaces'),
      },
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutAddress(schema)])),
    },
  };
}
