import type { Language } from './language.ts';

type Named = { fullName: string; nameBn: string | null };

/** A doctor as patients speak of them, `Dr. Nusrat Jahan`; a title that the name already carries stays. */
export function doctorName(language: Language, doctor: Named): string {
  const name = localName(language, doctor);
  if (/^(dr|prof|assoc|asst)\b/i.test(name) || /^(ডা|ডাঃ|অধ্যাপক|প্রফেসর|সহকারী|সহযোগী)/.test(name)) return name;
  return /[\u0980-\u09ff]/.test(name) ? `ডা. ${name}` : `Dr. ${name}`;
}

/** The name in the language where there is one. */
export const localName = (language: Language, { fullName, nameBn }: Named): string =>
  language === 'bn' ? (nameBn ?? fullName) : fullName;

export const placeName = (language: Language, place: { name: string; nameBn: string }): string =>
  language === 'bn' ? place.nameBn : place.name;

export const specializationName = (language: Language, one: { nameEn: string; nameBn: string }): string =>
  language === 'bn' ? one.nameBn : one.nameEn;

/** The chamber's address in the language where there is one. */
export const chamberAddress = (
  language: Language,
  chamber: { address: string; addressBn: string | null },
): string => (language === 'bn' ? (chamber.addressBn ?? chamber.address) : chamber.address);

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
