import { afterAll, beforeAll, expect, test } from 'vitest';
import { problems } from '../../src/contract/problems.ts';
import { apiPrefix, type Route } from '../../src/contract/route.ts';
import { routesByService, streams } from '../../src/contract/routes.ts';
import { startApp, type TestApp } from '../harness/app.ts';

type Node = { [key: string]: unknown };
type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  security: object[];
  parameters: { name: string; in: string; required: boolean; schema: Node }[];
  requestBody?: { content: Record<string, { schema: Node }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Node }> }>;
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: Node;
  tags: { name: string }[];
};

let t: TestApp;
let document: Document;
const routes: readonly Route[] = Object.values(routesByService).flat();

beforeAll(async () => {
  t = await startApp();
  document = (await t.inject({ url: `${apiPrefix}/openapi.json` })).json();
});
afterAll(() => t.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

test('the document names every route of the contract and no other', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(
    operations()
      .map(({ path, method }) => `${method.toUpperCase()} ${path}`)
      .toSorted(),
  ).toEqual(
    [
      ...routes.map((route) => `${route.method} ${apiPrefix}${route.path}`),
      ...streams.map(({ path }) => `GET ${apiPrefix}${path}`),
    ].toSorted(),
  );
});

test('operation ids are there once each, and tags are declared', () => {
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(ids.every((id) => /^[a-z][A-Za-z]+$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  const tags = new Set(document.tags.map(({ name }) => name));
  for (const { operation } of operations()) expect(operation.tags.every((tag) => tags.has(tag))).toBe(true);
});

test('every reference leads somewhere', () => {
  let references = 0;
  walk(document, (node) => {
    if (typeof node['$ref'] !== 'string') return;
    references += 1;
    expect(node['$ref']).toMatch(/^#\//);
    const target = node['$ref']
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (at as Node | undefined)?.[key], document);
    expect(target, node['$ref']).toBeTypeOf('object');
  });
  expect(references).toBeGreaterThan(routes.length);
});

test('path parameters are those of the path, and required', () => {
  for (const { path, operation } of operations()) {
    const named = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name).toSorted((a, b) =>
      a.localeCompare(b),
    );
    const given = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(given.map(({ name }) => name).toSorted(), path).toEqual(named);
    expect(given.every(({ required }) => required)).toBe(true);
    for (const { name, schema } of operation.parameters)
      expect(Object.keys(schema).length, `${path} ${name}`).toBeGreaterThan(0);
  }
});

test('who must sign in is said, and where the key may be sent', () => {
  expect(document.components['securitySchemes']).toMatchObject({
    bearer: { type: 'http', scheme: 'bearer' },
  });
  for (const route of routes) {
    const operation = document.paths[apiPrefix + route.path]?.[route.method.toLowerCase()];
    expect(operation?.security, route.path).toEqual(route.access === 'public' ? [] : [{ bearer: [] }]);
    expect(operation?.parameters.some(({ name }) => name === 'Idempotency-Key')).toBe(
      route.idempotent === true,
    );
    expect(Object.keys(operation?.responses ?? {})).toContain(String(route.ok.status));
    expect(operation?.requestBody !== undefined).toBe(Boolean(route.body ?? route.file));
    const refusals = Object.keys(operation?.responses ?? {}).map(Number);
    for (const code of route.problems ?? []) expect(refusals).toContain(problems[code].status);
    if (route.access !== 'public') expect(refusals).toContain(401);
  }
});

test('schemas are plain JSON Schema of 2020-12', () => {
  const types = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);
  let schemas = 0;
  walk(document, (node) => {
    expect(node).not.toHaveProperty('$schema');
    expect(node['nullable']).toBeUndefined();
    const type = node['type'];
    if (typeof type !== 'string' && !Array.isArray(type)) return;
    if (type === 'http') return;
    schemas += 1;
    for (const each of [type].flat()) expect(types.has(String(each)), JSON.stringify(type)).toBe(true);
  });
  expect(schemas).toBeGreaterThan(100);
});

test('Swagger UI answers at its address with the document', async () => {
  const page = await t.inject({ url: '/user-auth/api/v1/api-docs' });
  const shown =
    page.statusCode === 302
      ? await t.inject({ url: new URL(String(page.headers.location), 'http://x/user-auth/api/v1/').pathname })
      : page;
  expect(shown.statusCode).toBe(200);
  expect(shown.headers['content-type']).toContain('text/html');
  expect(shown.headers['content-security-policy']).toContain("default-src 'self'");
  expect(shown.body).toContain('swagger-ui');
  const assets = Array.from(
    shown.body.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g),
    ([, file]) => file ?? '',
  );
  expect(assets.length).toBeGreaterThan(2);
  for (const file of assets) {
    const url = new URL(file, 'http://x/user-auth/api/v1/api-docs/').pathname;
    expect((await t.inject({ url })).statusCode, url).toBe(200);
  }
  const json = await t.inject({ url: '/user-auth/api/v1/api-docs/json' });
  expect(Object.keys(json.json().paths)).toEqual(Object.keys(document.paths));
});

function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const each of node) walk(each, visit);
  else if (typeof node === 'object' && node !== null) {
    visit(node as Node);
    for (const each of Object.values(node)) walk(each, visit);
  }
}
