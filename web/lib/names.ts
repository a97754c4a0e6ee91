import { chamberAddress, doctorName, localName } from '../../src/contract/wording.ts';
import type { Language } from './language.ts';

export { chamberAddress, doctorName, localName };

export const placeName = (language: Language, place: { name: string; nameBn: string }): string =>
  language === 'bn' ? place.nameBn : place.name;

export const specializationName = (language: Language, one: { nameEn: string; nameBn: string }): string =>
  language === 'bn' ? one.nameBn : one.nameEn;

/** First letters for a face without a photo: two of a Latin name, the first cluster of a Bangla one. */
export function initials(name: string): string {
  const words = name
    .split(/\s+/)
    .filter((word) => !/^(dr|prof|md|mst|mrs|mr)\.?$/i.test(word) && !/^(ডা|মো|মোছা|অধ্যাপক)\.?$/.test(word));
  if (/[\u0980-\u09ff]/.test(name))
    return /^[\u0980-\u09ff][\u09bc\u09be-\u09cc]*/.exec(words[0] ?? '')?.[0] ?? '';
  return [words[0], words.at(-1)]
    .slice(0, words.length > 1 ? 2 : 1)
    .map((word) => word?.[0] ?? '')
    .join('')
    .toUpperCase();
}
