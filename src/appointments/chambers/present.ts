import type { Chamber } from '../../contract/doctors.ts';
import type { ChamberRow } from './queries.ts';

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
