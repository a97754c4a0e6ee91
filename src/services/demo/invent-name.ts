import { nameSets } from './names.ts';
import type { Random } from './random.ts';

export type Gender = 'female' | 'male';
/** A text in both scripts. */
export type Bilingual = { en: string; bn: string };

/** A person's name whose parts go together. */
export function inventName(random: Random, gender: Gender): Bilingual {
  const set = random.pickWeighted(
    nameSets.filter((each) => each.gender === gender),
    (each) => each.share,
  );
  const given = random.pick<Bilingual>(set.given);
  const family = random.pick<Bilingual>(set.family);
  return fill(random.pick<Bilingual>(set.patterns), { given, family });
}

/** Puts the parts, by name, into the `{name}`s of a pattern; numbers come in the digits of the language. */
export function fill(pattern: Bilingual, parts: Record<string, Bilingual | number>): Bilingual {
  const put = (text: string, spell: (part: Bilingual | number) => string): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const part = parts[name];
      if (part === undefined) throw new Error(`nothing to put for ${whole}`);
      return spell(part);
    });
  return {
    en: put(pattern.en, (part) => (typeof part === 'number' ? String(part) : part.en)),
    bn: put(pattern.bn, (part) => (typeof part === 'number' ? banglaDigits(part) : part.bn)),
  };
}

const banglaDigits = (value: number): string =>
  String(value).replace(/[0-9]/g, (digit) => String.fromCharCode(0x09e6 + Number(digit)));
