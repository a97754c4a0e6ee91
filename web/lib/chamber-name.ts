import type { Language } from './language.ts';
import { placeName } from './names.ts';

/** A chamber whose Bangla name may be missing. */
export const chamberName = (language: Language, chamber: { name: string; nameBn: string | null }): string =>
  placeName(language, { name: chamber.name, nameBn: chamber.nameBn ?? chamber.name });
