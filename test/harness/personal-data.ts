import { expect } from 'vitest';
import type { TestApp } from './app.ts';

/**
 * Expects that no log line so far carries what is stored of people: names, numbers, addresses, notes, hashes; nor any of
 * `secrets`, such as tokens and private links.
 */
export async function expectNoPersonalData(t: TestApp, secrets: readonly string[] = []): Promise<void> {
  const users = await t.db
    .selectFrom('users')
    .select(['full_name', 'email', 'mobile', 'license_number', 'password_hash'])
    .execute();
  const patients = await t.db.selectFrom('patients').select(['full_name', 'mobile', 'email']).execute();
  const codes = await t.db.selectFrom('verification_codes').select('destination').execute();
  const notes = await t.db
    .selectFrom('appointments')
    .select('notes')
    .where('notes', 'is not', null)
    .execute();
  const stored = [...users, ...patients, ...codes, ...notes].flatMap((row) => Object.values(row));
  const found = new Set<string>();
  const all = t.logs.join('\n');
  for (const text of [...stored, ...secrets]) {
    if (typeof text === 'string' && text.length >= 3 && all.includes(text)) found.add(text);
  }
  expect(stored.length, 'the test must have stored somebody').toBeGreaterThan(0);
  expect(t.logs.length, 'the test must have logged something').toBeGreaterThan(0);
  expect([...found]).toEqual([]);
}
