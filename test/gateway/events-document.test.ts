import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events } from '../../src/contract/events.ts';
import { apiPrefix } from '../../src/contract/route.ts';
import { streams } from '../../src/contract/routes.ts';
import { startApp, type TestApp } from '../harness/app.ts';

type Message = { name: string; payload: { properties: Record<string, { const?: unknown }> } };
type Document = {
  channels: Record<string, { address: string; servers: { $ref: string }[] }>;
  components: { messages: Record<string, Message> };
};

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

const document = async () => (await t.inject('/api/v1/asyncapi.json')).json<Document>();

test('events and streams are documented as AsyncAPI 3.0, by the specification’s own schema', async () => {
  const schema = JSON.parse(
    readFileSync('node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json', 'utf8'),
  );
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  const told = await document();
  expect(validate(told), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...told, channels: { broken: { address: 1 } } })).toBe(false);
});

test('every event of the contract is there with its version, and every stream', async () => {
  const { channels, components } = await document();
  const at = (server: string) =>
    Object.values(channels)
      .filter(({ servers }) => servers[0]?.$ref === `#/servers/${server}`)
      .map(({ address }) => address);
  expect(new Set(at('broker'))).toEqual(new Set(Object.keys(events)));
  expect(at('gateway')).toEqual(streams.map(({ path }) => apiPrefix + path));
  for (const { name, payload } of Object.values(components.messages)) {
    expect(payload.properties['name']?.const).toBe(name);
    expect(payload.properties['version']?.const).toBe(events[name as keyof typeof events].version);
  }
});
