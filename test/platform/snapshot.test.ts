import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';
import { inSnapshot } from '../../src/platform/database.ts';

test('who ends a reading while its connection is being made does not wait for it', async () => {
  // A server that is going down: it takes the connection, says nothing and closes it.
  const over = new AbortController();
  const server = createServer((socket) => {
    over.abort(new Error('it was ended'));
    setTimeout(() => socket.destroy(), 50);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pool = new pg.Pool({ host: '127.0.0.1', port, connectionTimeoutMillis: 30_000 });
  try {
    await expect(inSnapshot(pool, async () => expect.fail(), over.signal)).rejects.toThrow('it was ended');
  } finally {
    await pool.end();
    server.close();
  }
});
