import type { ChamberToEdit } from '../../contract/chambers.ts';
import type { Chamber } from '../../contract/doctors.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { canChange } from './policy.ts';
import type { AddedChamberRow, ChamberRow } from './queries.ts';

export const presentChamber = (row: ChamberRow): Chamber => ({
  id: row.id,
  name: row.name,
  nameBn: row.name_bn,
  address: row.address,
  addressBn: row.address_bn,
  phone: row.phone,
  division: row.division,
  district: row.district,
  thana: row.thana,
  timeZone: row.time_zone,
});

export const presentChamberTo = (actor: Actor, row: AddedChamberRow): ChamberToEdit => ({
  ...presentChamber(row),
  mayEdit: canChange(actor, row),
});
