import { expect, test } from 'vitest';
import { seedDemo } from '../../src/services/demo/seed-demo.ts';
import { startApp } from '../harness/app.ts';
import { digest, startDemo } from '../harness/demo.ts';

test('at the same instant on another database makes the same', async () => {
  const one = await startDemo();
  const other = await startDemo();
  expect(await digest(other)).toEqual(await digest(one));
  for (const app of [one, other]) await app.close();
});

test('what fails half-way leaves nothing, and the next start makes it whole', async () => {
  const fresh = await startApp();
  // Another day than the others': on this one some patients would have booked more than their chambers allow.
  fresh.clock.set('2026-11-28T13:56:00+06:00');
  // The number of the last patient: all doctors are registered by then.
  const inTheWay = await fresh.db
    .insertInto('users')
    .values({ full_name: 'In the way', mobile: '+8801000030640', password_hash: '-', user_type: 'admin' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await expect(seedDemo(fresh.deps, () => undefined)).rejects.toThrow('mobile_taken');
  const left = await fresh.db.selectFrom('users').select('full_name').execute();
  expect(left).toEqual([{ full_name: 'In the way' }]);
  await fresh.db.deleteFrom('users').where('id', '=', inTheWay.id).execute();
  await seedDemo(fresh.deps, () => undefined);
  const { doctors = '' } = await digest(fresh);
  expect(doctors).toMatch(/^300 /);
  await fresh.close();
});
