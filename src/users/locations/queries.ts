import type { Database } from '../../platform/database.ts';

export const readDivisions = (db: Database) =>
  db.selectFrom('divisions').select(['name', 'name_bn as nameBn', 'code']).orderBy('name').execute();

export function readDistricts(db: Database, { division }: { division?: string }) {
  const all = db
    .selectFrom('districts')
    .select(['division', 'name', 'name_bn as nameBn', 'code'])
    .orderBy('name');
  return (division === undefined ? all : all.where('division', '=', division)).execute();
}

export function readThanas(db: Database, { division, district }: { division?: string; district: string }) {
  const ofDistrict = db
    .selectFrom('thanas')
    .select(['name', 'name_bn as nameBn', 'code', 'kind'])
    .where('district', '=', district)
    .orderBy('name');
  return (division === undefined ? ofDistrict : ofDistrict.where('division', '=', division)).execute();
}

export const readSpecializations = (db: Database) =>
  db
    .selectFrom('specializations')
    .select(['id', 'code', 'name_en as nameEn', 'name_bn as nameBn'])
    .orderBy('id')
    .execute();
