import type { Tx } from '../../platform/database.ts';
import type { Cells } from '../../platform/imports/read-cells.ts';
import type { ImportRow } from '../../platform/imports/rules.ts';

export const doctorColumns = `
  full_name text, name_bn text, email text, mobile text, license_number text, experience_years integer,
  consultation_fee numeric, specializations jsonb, gender text, qualifications text, division text, district text,
  thana text`;

/** Loads the places and the specializations that rows name. */
export async function prepareDoctors(tx: Tx): Promise<(cells: Cells) => ImportRow> {
  const readPlace = placesOf(
    await tx.selectFrom('divisions').select(['name', 'name_bn']).execute(),
    await tx.selectFrom('districts').select(['division', 'name', 'name_bn']).execute(),
    await tx.selectFrom('thanas').select(['division', 'district', 'name', 'name_bn']).execute(),
  );
  const specializations = await tx
    .selectFrom('specializations')
    .select(['id', 'code', 'name_en', 'name_bn'])
    .execute();
  const idOf = new Map(
    specializations.flatMap(({ id, code, name_en, name_bn }) =>
      [code, name_en, name_bn].map((name) => [plain(name), id] as const),
    ),
  );
  return (cells) => {
    for (const column of ['full_name', 'license_number', 'experience_years', 'consultation_fee'])
      cells.need(column);
    if (cells.cell('mobile') === '' && cells.cell('email') === '') cells.refuse('mobile', 'no_contact');
    return {
      full_name: cells.text('full_name', 100),
      name_bn: cells.text('name_bn', 100),
      email: cells.email('email'),
      mobile: cells.mobile('mobile'),
      license_number: cells.text('license_number', 50),
      experience_years: cells.wholeNumber('experience_years', 0, 80),
      consultation_fee: cells.amount('consultation_fee'),
      specializations: readSpecializations(cells, idOf),
      gender: cells.choice('gender', genders),
      qualifications: cells.text('qualifications', 200),
      ...readPlace(cells),
    };
  };
}

const genders = { female: ['f', 'woman', 'নারী', 'মহিলা'], male: ['m', 'man', 'পুরুষ'] };

const plain = (name: string): string => name.normalize('NFC').trim().toLowerCase();

const mostSpecializations = 10;

function readSpecializations(cells: Cells, idOf: ReadonlyMap<string, number>): number[] {
  const column = 'specializations';
  const text = cells.cell(column);
  const whole = idOf.get(plain(text));
  if (whole !== undefined) return [whole];
  const names = text.split(/[;,|\n]/).flatMap((name) => name.trim() || []);
  const unknown = names.filter((name) => !idOf.has(plain(name)));
  if (unknown.length > 0)
    cells.refuse(column, 'unknown_specialization', {
      choices: unknown.slice(0, 3).map((name) => name.slice(0, 50)),
    });
  const ids = new Set(names.flatMap((name) => idOf.get(plain(name)) ?? []));
  if (ids.size > mostSpecializations)
    cells.refuse(column, 'bad_number', { least: 0, most: mostSpecializations });
  return [...ids];
}

type Named = { name: string; name_bn: string };
type Place = { division: string | null; district: string | null; thana: string | null };

/** Reads division, district and thana by their names in either script; a thana is looked for in its district only. */
function placesOf(
  divisions: readonly Named[],
  districts: readonly (Named & { division: string })[],
  thanas: readonly (Named & { division: string; district: string })[],
): (cells: Cells) => Place {
  const nameOf = new Map<string, string>();
  const add = (within: string, { name, name_bn }: Named) => {
    for (const each of [name, name_bn]) nameOf.set(`${within}/${plain(each)}`, name);
  };
  for (const each of divisions) add('', each);
  for (const each of districts) add(each.division, each);
  for (const each of thanas) add(`${each.division}/${each.district}`, each);
  return (cells) => {
    const place: Place = { division: null, district: null, thana: null };
    let within = '';
    let lost = false;
    let missing: string | null = null;
    for (const level of ['division', 'district', 'thana'] as const) {
      const text = cells.cell(level);
      if (text === '') {
        missing ??= level;
        continue;
      }
      if (missing !== null) {
        cells.refuse(missing, 'place_incomplete');
        return place;
      }
      // Below a name that is not known nothing can be looked for.
      if (lost) continue;
      const name = nameOf.get(`${within}/${plain(text)}`) ?? null;
      place[level] = name;
      if (name === null) {
        cells.refuse(level, `unknown_${level}`);
        lost = true;
      } else within = within === '' ? name : `${within}/${name}`;
    }
    return place;
  };
}
