import { z } from 'zod';
import { problems, type ProblemCode } from './problems.ts';
import { apiPrefix, type Route } from './route.ts';
import type { Stream } from './streams.ts';

type Json = { [key: string]: unknown };

/** The OpenAPI 3.1 document of the given routes, and the handshakes of the streams. */
export function openApiDocument(routes: readonly Route[], streams: readonly Stream[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = apiPrefix + route.path;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  for (const stream of streams) paths[apiPrefix + stream.path] = { get: handshake(stream) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Shomoy',
      version: '1',
      description: 'Appointments for doctors’ chambers, clinics and outpatient desks.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: problemSchema },
    },
  };
}

/** JSON Schema of what a handler returns: the server serialises by it, so that nothing unnamed leaves. */
export const answerSchema = (schema: z.ZodType): Json => plain(z.toJSONSchema(schema, { io: 'output' }));

const inputSchema = (schema: z.ZodType): Json =>
  plain(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));

function operation(route: Route): Json {
  return {
    summary: route.summary,
    tags: [route.tag],
    operationId: operationIdOf(route.method, route.path),
    security: route.access === 'public' ? [] : [{ bearer: [] }],
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      ...(route.idempotent ? [idempotencyKey] : []),
      ...(route.guest ? [guestToken] : []),
    ],
    ...requestBody(route),
    responses: {
      ...answers(route),
      ...refusals(route),
    },
  };
}

/** What is said after the handshake stands in the AsyncAPI document. */
function handshake({ path, summary, tag }: Stream): Json {
  return {
    summary,
    description:
      'A WebSocket; its messages stand in `/api/v1/asyncapi.json`. A program sends its token as a header, a browser in ' +
      'its first message.',
    tags: [tag],
    operationId: operationIdOf('GET', path),
    security: [{ bearer: [] }, {}],
    parameters: [],
    responses: {
      101: { description: 'Connected' },
      ...refusalsOf([
        'malformed_request',
        'token_expired',
        'not_allowed',
        'too_many_requests',
        'unavailable',
      ]),
    },
  };
}

const operationIdOf = (method: string, path: string): string =>
  `${method.toLowerCase()}${path.replace(/[^a-zA-Z]+(.)?/g, (_, next = '') => next.toUpperCase())}`;

/** A preview has the status 200, which may be the answer's own. */
function answers(route: Route): Json {
  const { ok, preview } = route;
  const bodies = new Map<number, z.ZodType[]>([[ok.status, ok.body ? [ok.body] : []]]);
  if (preview) bodies.set(200, [...(bodies.get(200) ?? []), preview]);
  return Object.fromEntries(
    [...bodies].map(([status, schemas]) => {
      const files = status === ok.status ? fileTypes(route) : {};
      const [schema, ...others] = schemas.map(answerSchema);
      const description =
        preview && status === 200
          ? 'With `preview=true` what it would change, and nothing was changed'
          : 'Done';
      if (!schema)
        return [status, Object.keys(files).length > 0 ? { description, content: files } : { description }];
      const shown = others.length > 0 ? { anyOf: [schema, ...others] } : schema;
      return [status, { description, content: { 'application/json': { schema: shown }, ...files } }];
    }),
  );
}

const fileTypes = ({ files = [] }: Route): Json =>
  Object.fromEntries(files.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]));

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Made once per form; the same key and body give the same answer for 24 hours',
  schema: { type: 'string', minLength: 8, maxLength: 100 },
};

const guestToken = {
  name: 'Guest-Token',
  in: 'header',
  required: true,
  description: 'The guestToken of `POST /guests/{codeId}/confirmation`',
  schema: { type: 'string', minLength: 20, maxLength: 100 },
};

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = inputSchema(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function requestBody(route: Route): Json | undefined {
  if (route.body)
    return {
      requestBody: { required: true, content: { 'application/json': { schema: inputSchema(route.body) } } },
    };
  if (!route.file) return undefined;
  const schema = {
    type: 'object',
    properties: { [route.file]: { type: 'string', format: 'binary' } },
    required: [route.file],
  };
  return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
}

function refusals(route: Route): Json {
  const codes: ProblemCode[] = [...(route.problems ?? []), 'too_many_requests', 'internal_error'];
  if (route.body || route.query || route.params) codes.push('invalid_input');
  if (route.access !== 'public' || route.guest) codes.push('not_signed_in');
  if (Array.isArray(route.access)) codes.push('not_allowed');
  if (route.params) codes.push('not_found');
  return refusalsOf(codes);
}

function refusalsOf(codes: readonly ProblemCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => problems[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: [...new Set(same)].join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems) },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
    alternatives: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          startsAt: { type: 'string' },
          serial: { type: 'integer' },
          sessionKey: { type: 'string' },
        },
      },
    },
    appointments: { type: 'array', items: { type: 'integer' } },
  },
};

/** Drops the dialect marker and writes "nullable" the short way, `type: ["string", "null"]`. */
function plain(schema: unknown): Json {
  const { $schema: _, ...rest } = walk(schema) as Json;
  return rest;
}

function walk(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(walk);
  if (typeof node !== 'object' || node === null) return node;
  const copy: Json = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
  const { anyOf, ...others } = copy;
  // A number or a flag in a URL is text on the wire; the document shows what it means.
  if (anyOf && (others.type === 'integer' || others.type === 'boolean')) return others;
  if (!Array.isArray(anyOf) || anyOf.length !== 2 || anyOf[1]?.type !== 'null') return copy;
  const [value] = anyOf;
  if (typeof value.type !== 'string') return copy;
  const widened = { ...value, ...others, type: [value.type, 'null'] };
  return value.enum ? { ...widened, enum: [...value.enum, null] } : widened;
}
