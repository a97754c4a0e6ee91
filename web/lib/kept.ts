import type { z } from 'zod';
import { readCookie, writeCookie } from './cookies.ts';
import type { Visit } from './visit.ts';

/**
 * What a visitor's own browser keeps between the steps of one booking: out of addresses and of scripts' reach, for minutes.
 * It is not signed, since nothing in it is believed: the API judges every part of it again.
 */
export type Keep<Value> = {
  readonly name: string;
  readonly schema: z.ZodType<Value>;
  readonly seconds: number;
};

/** Null for nothing kept, or nothing that reads as ours. */
export function readKept<Value>(visit: Visit, { name, schema }: Keep<Value>): Value | null {
  const text = readCookie(visit.request.headers.get('cookie'), cookieName(visit, name));
  if (!text) return null;
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: 'base64url' });
    return schema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch {
    // Not written by us.
    return null;
  }
}

/** The visit whose answer keeps a value in the browser, or with null forgets it. */
export function withKept<Value>(visit: Visit, keep: Keep<Value>, value: Value | null): Visit {
  const text =
    value === null
      ? ''
      : new TextEncoder()
          .encode(JSON.stringify(value))
          .toBase64({ alphabet: 'base64url', omitPadding: true });
  const cookie = writeCookie({
    name: cookieName(visit, keep.name),
    value: text,
    seconds: value === null ? 0 : keep.seconds,
    secure: isSecure(visit),
  });
  return { ...visit, cookies: [...visit.cookies, cookie] };
}

const isSecure = ({ url }: Visit): boolean => url.protocol === 'https:';

// Browsers refuse `__Host-` without Secure, and Secure on plain http.
const cookieName = (visit: Visit, name: string): string =>
  `${isSecure(visit) ? '__Host-shomoy' : 'shomoy'}-${name}`;
