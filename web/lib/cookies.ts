/** The value of a cookie in a `Cookie` header, or null. */
export function readCookie(header: string | null, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return decode(pair.slice(at + 1).trim());
  }
  return null;
}

/** A `Set-Cookie` header for the whole site that scripts cannot read; `seconds` 0 removes it. */
export function writeCookie(cookie: {
  name: string;
  value: string;
  seconds: number;
  secure: boolean;
}): string {
  return [
    `${cookie.name}=${encodeURIComponent(cookie.value)}`,
    'Path=/',
    `Max-Age=${cookie.seconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(cookie.secure ? ['Secure'] : []),
  ].join('; ');
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not written by us.
    return null;
  }
}
