import { listSchedules, listVisitTypes } from '../../src/contract/schedules.ts';
import type { TestApp } from './app.ts';
import { aChamber, aDoctor, next } from './builders.ts';
import type { By } from './imports.ts';

export const headings = 'doctor,chamber,weekdays,from,to,slot_minutes,capacity,new_fee';

export const hoursOf = async (t: TestApp, by: By, doctorId: number) =>
  (await t.call(listSchedules, { params: { id: doctorId } }, by)).items;
export const feesOf = async (t: TestApp, doctorId: number, chamberId: number) =>
  (await t.call(listVisitTypes, { params: { id: doctorId } })).items
    .filter((fee) => fee.chamberId === chamberId)
    .map(({ kind: visit, minutes, fee }) => `${visit} ${minutes} ${fee.amount}`);

/** A doctor without hours, as a file names them, and a chamber. */
export async function aNewcomer(t: TestApp): Promise<{
  doctorId: number;
  licence: string;
  chamber: string;
  chamberId: number;
}> {
  const chamber = `Lalmatia Chamber ${next()}`;
  const chamberId = await aChamber(t, { name: chamber, nameBn: `লালমাটিয়া ${next()}` });
  const { doctorId } = await aDoctor(t, { hours: [] });
  return { doctorId, licence: await licenceOf(t, doctorId), chamber, chamberId };
}

export async function licenceOf(t: TestApp, doctorId: number): Promise<string> {
  const { license_number } = await t.db
    .selectFrom('users')
    .select('license_number')
    .where('id', '=', doctorId)
    .executeTakeFirstOrThrow();
  return license_number ?? '';
}
