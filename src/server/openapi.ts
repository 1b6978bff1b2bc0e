import * as z from 'zod/mini';

import type { Route } from '../wire/index.js';
import { problemSchema, tusBytes } from '../wire/index.js';
import { staffCookie } from './identity/staff-session.js';

type Json = Record<string, unknown>;

/** JSON schema of a wire schema. Answers name every key that they may carry, so that one more is a finding. */
function toSchema(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => {
      if (jsonSchema.type === 'object' && jsonSchema.properties) jsonSchema.additionalProperties = false;
    },
  }) as Json;
  return rest;
}

const parameters = (schema: z.ZodMiniObject | undefined, place: 'path' | 'query') =>
  Object.entries(schema?.shape ?? {}).map(([name, type]) => ({
    name,
    in: place,
    required: !z.safeParse(type as z.ZodMiniType, undefined).success,
    schema: toSchema(type as z.ZodMiniType, 'input'),
  }));

const header = (name: string, description: string, required = true) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
});

/** Of a request that speaks tus. */
const tusHeaders = ({ method }: Route) => [
  header('Tus-Resumable', 'Version of the protocol tus: 1.0.0'),
  ...(method === 'POST' ? [header('Upload-Length', 'Bytes of the file')] : []),
  ...(method === 'POST' ? [header('Upload-Metadata', '`filename`, a blank, and the name in base64')] : []),
  ...(method === 'PATCH' ? [header('Upload-Offset', 'Bytes that are there already')] : []),
];

function success({ answer, events, type, status }: Route): Json {
  if (answer) return { description: 'Done', content: { 'application/json': { schema: toSchema(answer, 'output') } } };
  if (events) {
    const description = 'Events; the schema is that of the data of `ticket`. `ready` comes first; `reset`: ask anew';
    return { description, content: { 'text/event-stream': { schema: toSchema(events, 'output') } } };
  }
  return status === 204
    ? { description: 'Done' }
    : { description: type ? 'Done' : 'Bytes, of whatever type they are', content: { [type ?? '*/*']: {} } };
}

const oneFile: Json = {
  type: 'object',
  properties: { file: { type: 'string', format: 'binary' } },
  required: ['file'],
  additionalProperties: false,
};

/** Every refusal that may come: what follows from the route's parts, and what its table adds. */
function refusals(route: Route): number[] {
  const needsSomebody = !route.open;
  return [
    ...[400, 403, 404],
    ...(needsSomebody ? [401] : []),
    ...(route.once ? [409, 422] : []),
    ...(route.body || route.file ? [413, 415] : []),
    ...(route.refuses ?? []),
    ...[500, 503],
  ];
}

/** What is of one account is open to its staff as well. */
const securityOf = ({ query }: Route) => [{ bearer: [] }, ...(query ? [{ staff: [] }] : [])];

function operation(name: string, route: Route, tag: string): Json {
  return {
    operationId: `${tag}-${name}`,
    tags: [tag],
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      header('X-Portal-Client', 'Name and version of the client, as name/version'),
      ...(route.events ? [header('Last-Event-ID', 'Id of the last event: goes on from there', false)] : []),
      ...(route.tagged ? [header('If-None-Match', 'The ETag of an answer that the client has kept', false)] : []),
      ...(route.tus ? tusHeaders(route) : []),
      ...(route.once ? [header('Idempotency-Key', 'A UUID; the same key and body are carried out once')] : []),
    ],
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: toSchema(route.body, 'input') } } },
    }),
    ...(route.tus && route.method === 'PATCH' && { requestBody: { required: true, content: { [tusBytes]: {} } } }),
    ...(route.file && { requestBody: { required: true, content: { 'multipart/form-data': { schema: oneFile } } } }),
    responses: {
      [route.status]: success(route),
      ...(route.tus && route.method === 'PATCH' && { 204: { description: 'There is more to come' } }),
      ...(route.tagged && { 304: { description: 'What the client has kept is what would be answered' } }),
      ...Object.fromEntries(refusals(route).map((status) => [status, { $ref: '#/components/responses/Refused' }])),
    },
    ...(!route.open && { security: tag === 'portal' ? [{ session: [] }] : securityOf(route) }),
  };
}

/** The OpenAPI 3.1 document of route tables, each under its base. */
export function openApiDocument(
  areas: readonly { readonly tag: string; readonly base: string; readonly routes: Record<string, Route> }[],
  cookie: string,
): Json {
  const paths: Record<string, Json> = {};
  for (const { tag, base, routes } of areas) {
    for (const [name, route] of Object.entries(routes)) {
      const path = base + route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route, tag) };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Portico', version: '1' },
    paths,
    components: {
      schemas: { Problem: toSchema(problemSchema, 'output') },
      responses: {
        Refused: {
          description: 'Refused',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: cookie },
        staff: { type: 'apiKey', in: 'cookie', name: staffCookie },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
