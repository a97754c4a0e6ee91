import { z } from 'zod';
import { events, happenedSchema, type EventName } from './events.ts';
import { apiPrefix } from './route.ts';
import { closings, type Stream } from './streams.ts';

type Json = { [key: string]: unknown };

/**
 * The AsyncAPI 3 document of the events, which a program gets that binds its own queue to the exchange, and of the streams,
 * the WebSockets of the API.
 */
export function asyncApiDocument(streams: readonly Stream[]): Json {
  const names = Object.keys(events) as EventName[];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Shomoy events and streams',
      version: '1',
      description:
        'What has happened, at least once each, in no promised order. `id` is the same whenever an event comes again. ' +
        'Payloads carry ids: read the present state from the API. Streams are WebSockets for one reader, in order.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: {
      broker: {
        host: 'localhost:5672',
        protocol: 'amqp',
        description: 'RABBITMQ_URL; the exchange is `shomoy.events`, or begins with INSTALLATION',
      },
      gateway: { host: 'localhost:8000', protocol: 'wss', description: 'Where the API is; `ws` without TLS' },
    },
    channels: Object.fromEntries([
      ...names.map((name) => [keyOf(name), channel(name)]),
      ...streams.map((stream) => [keyOfStream(stream), streamChannel(stream)]),
    ]),
    operations: Object.fromEntries([
      ...names.map((name) => [
        keyOf(name),
        { action: 'send', summary: events[name].summary, channel: { $ref: `#/channels/${keyOf(name)}` } },
      ]),
      ...streams.flatMap(streamOperations),
    ]),
    components: {
      messages: Object.fromEntries(names.map((name) => [keyOf(name), message(name)])),
    },
  };
}

/** Dots would be steps of a JSON pointer's reader. */
const keyOf = (name: EventName): string =>
  name.replace(/[.]([a-z])/g, (_, first: string) => first.toUpperCase());

const channel = (name: EventName): Json => ({
  address: name,
  servers: [{ $ref: '#/servers/broker' }],
  messages: { [keyOf(name)]: { $ref: `#/components/messages/${keyOf(name)}` } },
  bindings: {
    amqp: {
      is: 'routingKey',
      exchange: { name: 'shomoy.events', type: 'topic', durable: true, autoDelete: false, vhost: '/' },
      bindingVersion: '0.3.0',
    },
  },
});

const message = (name: EventName): Json => ({
  name,
  title: name,
  summary: events[name].summary,
  contentType: 'application/json',
  payload: payloadOf(happenedSchema(name), 'output'),
});

const keyOfStream = ({ path }: Stream): string =>
  path.slice(1).replace(/[^a-zA-Z]+(.)?/g, (_, next: string = '') => next.toUpperCase());

const streamChannel = ({ path, summary, says, hears }: Stream): Json => ({
  address: apiPrefix + path,
  servers: [{ $ref: '#/servers/gateway' }],
  description: `${summary}.\n\nThe client speaks first. The connection is closed with one of these codes:\n\n${Object.entries(
    closings,
  )
    .map(([name, { code, advice }]) => `- ${code} \`${name}\`: ${advice}`)
    .join('\n')}`,
  messages: {
    said: { title: 'What the client sends', payload: payloadOf(says, 'input') },
    heard: { title: 'What the client gets', payload: payloadOf(hears, 'output') },
  },
});

function streamOperations(stream: Stream): [string, Json][] {
  const key = keyOfStream(stream);
  const operation = (action: 'send' | 'receive', which: 'said' | 'heard'): Json => ({
    action,
    summary: stream.summary,
    channel: { $ref: `#/channels/${key}` },
    messages: [{ $ref: `#/channels/${key}/messages/${which}` }],
  });
  return [
    [`${key}Said`, operation('receive', 'said')],
    [`${key}Heard`, operation('send', 'heard')],
  ];
}

function payloadOf(of: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(of, { io });
  return schema;
}
