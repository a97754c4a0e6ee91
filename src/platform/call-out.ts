import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';

export type Called =
  /** No connection came about: nobody has seen the request. */
  | { reached: false; why: string }
  /** `status` null: the request may have been read, but no answer came. */
  | { reached: true; status: null; why: string }
  | { reached: true; status: number; text: string };

const mostBytes = 64 * 1024;

/**
 * Calls another program once, over a connection of its own, so that it is known for sure whether anybody can have seen
 * the request. Follows no redirect, reads at most 64 KB, ends after `timeoutMs`.
 */
export function callOut(options: {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
  /** Decides which address is connected to. */
  lookup?: LookupFunction;
}): Promise<Called> {
  const { url, method, headers, body, timeoutMs, lookup } = options;
  const secure = url.protocol === 'https:';
  return new Promise((resolve) => {
    let reached = false;
    const request = (secure ? https : http).request(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      ...(lookup ? { lookup } : {}),
    });
    request.on('socket', (socket) =>
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        reached = true;
      }),
    );
    request.on('error', (error) =>
      resolve(
        reached ? { reached, status: null, why: reasonOf(error) } : { reached: false, why: reasonOf(error) },
      ),
    );
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      let text = '';
      const done = () => {
        request.destroy();
        resolve({ reached: true, status, text });
      };
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length >= mostBytes) done();
      });
      // The status has been said; the rest of a body that breaks off is nobody's loss.
      response.on('end', done).on('error', done).on('aborted', done);
    });
    request.end(body);
  });
}

const reasonOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
