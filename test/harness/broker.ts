import { randomBytes } from 'node:crypto';
import { Connection } from 'rabbitmq-client';

/** RabbitMQ for the tests that need it. */
const brokerUrl = process.env['TEST_RABBITMQ_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672';

/** A part of the broker that no other test uses. */
export type BrokerCorner = {
  env: { RABBITMQ_URL: string; INSTALLATION: string };
  connection: Connection;
  /** Removes what stands under the prefix. */
  clear(consumers: readonly string[]): Promise<void>;
};

export async function aBrokerCorner(url = brokerUrl): Promise<BrokerCorner> {
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const connection = new Connection({ url, noDelay: true });
  // Tests that stop the broker lose this connection on purpose.
  connection.on('error', () => undefined);
  await connection.onConnect(10_000);
  return {
    env: { RABBITMQ_URL: url, INSTALLATION: prefix },
    connection,
    async clear(consumers) {
      for (const name of [...consumers, 'dead']) await connection.queueDelete(`${prefix}.${name}`);
      for (const name of ['events', 'dead'])
        await connection.exchangeDelete({ exchange: `${prefix}.${name}` });
      await connection.close();
    },
  };
}
