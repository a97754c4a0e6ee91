import { digits } from './digits.ts';
import type { Language } from './language.ts';

/** `340 KB`, `5.2 MB`. */
export function sizeText(language: Language, bytes: number): string {
  const [value, unit] =
    bytes < 1_000_000 ? [Math.ceil(bytes / 1_000), 'KB'] : [Math.round(bytes / 100_000) / 10, 'MB'];
  return `${digits(language, value)} ${unit}`;
}
