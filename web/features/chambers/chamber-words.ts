import type { Chamber } from '../../../src/contract/doctors.ts';
import type { Language } from '../../lib/language.ts';
import { chamberAddress, localName } from '../../lib/names.ts';

/** A chamber's name in the language where there is one. */
export const chamberName = (language: Language, { name, nameBn }: Pick<Chamber, 'name' | 'nameBn'>): string =>
  localName(language, { fullName: name, nameBn });

/** Its address, and the district where the address does not say it. */
export function chamberPlace(
  language: Language,
  chamber: Chamber,
  districts: ReadonlyMap<string, string>,
): string {
  const address = chamberAddress(language, chamber);
  const district = districts.get(chamber.district) ?? chamber.district;
  return address.includes(district) ? address : `${address}, ${district}`;
}
