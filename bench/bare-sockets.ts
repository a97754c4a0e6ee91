import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { answerParent } from './child-process.ts';

/** The least that a WebSocket costs in Node: greets whoever says something, and tells all of them when it is asked to. */
const server = createServer((_, response) => {
  for (const socket of sockets.clients) socket.send(JSON.stringify(note));
  response.end();
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', (socket) => {
  socket.on('message', () => socket.send('{"type":"ready","lastId":0,"unread":0,"complete":true}'));
  socket.on('error', () => undefined);
});

/** As long as one of ours. */
const note = {
  type: 'notification',
  notification: {
    id: 12_345,
    kind: 'reminder',
    title: 'Your visit is near',
    text: 'Please come to the chamber.',
    path: null,
    createdAt: '2026-11-28T20:00:00.000000Z',
    readAt: null,
  },
  unread: 1,
};

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  answerParent(`http://127.0.0.1:${address.port}`, async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });
});
