import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as the server got it; `text` is the raw message with encoded parts as they travelled. */
export type CapturedMail = { from: string; to: string; raw: string };

/**
 * An SMTP server on this machine that keeps what it takes. `answer` may refuse a recipient by an error with a
 * `responseCode`; `drop` ends the connection after the content came and before it is answered.
 */
export async function aMailServer(
  options: {
    answer?: (recipient: string) => Error | null;
    drop?: (mail: CapturedMail) => boolean;
  } = {},
) {
  const mails: CapturedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onRcptTo: ({ address }, _, done) => done(options.answer?.(address) ?? null),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo[0]?.address ?? '',
          raw: Buffer.concat(parts).toString('utf8'),
        };
        mails.push(mail);
        if (!options.drop?.(mail)) return done();
        for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy();
        return undefined;
      });
    },
  });
  server.on('error', () => undefined);
  const sockets = new Set<Socket>();
  const listening = server.listen(0, '127.0.0.1');
  listening.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}

export type CapturedCall = {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
};

/** An HTTP server on this machine that keeps what it is asked; `answer` answers, `drop` by destroying the connection. */
export async function anHttpServer(
  answer: (call: CapturedCall, response: ServerResponse) => void = (_, response) =>
    void response.end('{"status":"OK"}'),
) {
  const calls: CapturedCall[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      const call = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
      };
      calls.push(call);
      answer(call, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The text part of a raw mail, decoded. */
export function textOf({ raw }: CapturedMail): string {
  const part = /content-type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/i.exec(raw);
  const encoding = /content-type: text\/plain[\s\S]*?content-transfer-encoding: (\S+)/i.exec(raw)?.[1];
  return decode(part?.[1] ?? '', encoding ?? '7bit').replaceAll('\r\n', '\n');
}

/** The calendar file of a raw mail, decoded; null without one. */
export function calendarOf({ raw }: CapturedMail): { method: string; content: string } | null {
  const head = /content-type: text\/calendar;[\s\S]*?method=(\w+)[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/i.exec(raw);
  if (!head?.[1] || head[2] === undefined) return null;
  const encoding = /transfer-encoding: (\S+)/i.exec(head[0])?.[1] ?? '7bit';
  return { method: head[1], content: decode(head[2], encoding).replaceAll('\r\n ', '') };
}

export const subjectOf = ({ raw }: CapturedMail): string => {
  const line = /^subject: ([\s\S]*?)\r\n(?!\s)/im.exec(raw)?.[1] ?? '';
  return line
    .replace(/\r\n\s+/g, ' ')
    .replace(/=\?utf-8\?(b|q)\?([^?]*)\?=\s?/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : decode(text.replaceAll('_', ' '), 'quoted-printable'),
    );
};

function decode(text: string, encoding: string): string {
  if (encoding.toLowerCase() === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  if (encoding.toLowerCase() !== 'quoted-printable') return text;
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
