import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.each(['/', '/en/me/appointments', '/book/dr-smith?slot=2026-11-25T09%3A30%3A00%2B06%3A00&chamber=1'])(
  '%s is a path of this site',
  (path) => expect(localPath(path)).toBe(path),
);

test.each([
  null,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  'me/appointments',
  `/${'a'.repeat(2000)}`,
])('%j leads elsewhere, or nowhere', (text) => expect(localPath(text)).toBeNull());

test('line ends cannot leave the path for a header', () => {
  expect(localPath('/a\r\nset-cookie: x')).toBe('/aset-cookie:%20x');
});
