import { expect, test } from 'vitest';
import { readCookie, writeCookie } from './cookies.ts';

test('a value comes back as it was written', () => {
  const value = 'রহিমা; Path=/x, "q"=1';
  const header = writeCookie({ name: 'n', value, seconds: 60, secure: false });
  expect(readCookie(`other=1; ${header.split(';')[0]}`, 'n')).toBe(value);
  expect(header).toMatch(/^[\x21-\x7e ]+$/);
});

test('scripts and other sites do not get it, and https keeps it on https', () => {
  const cookie = { name: '__Host-a', value: 'v', seconds: 60 };
  expect(writeCookie({ ...cookie, secure: true })).toBe(
    '__Host-a=v; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
  );
  expect(writeCookie({ ...cookie, secure: false })).not.toContain('Secure');
});

test('only the whole name counts, and what is not ours is nothing', () => {
  expect(readCookie('xn=1; n2=2', 'n')).toBeNull();
  expect(readCookie(null, 'n')).toBeNull();
  expect(readCookie('n=%E0%A4%A', 'n')).toBeNull();
});
