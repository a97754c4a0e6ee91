import type { ProblemCode } from '../../../src/contract/problems.ts';
import type { Language } from '../language.ts';
import { bn } from './bn.ts';
import { en, type Messages } from './en.ts';
import type { ProblemTexts } from './problems.en.ts';

const catalogues = { bn, en } as const satisfies Record<Language, Messages>;

export const messagesIn = (language: Language): Messages => catalogues[language];

/** A refusal in plain words. */
export function problemText(m: ProblemTexts, code: ProblemCode): string {
  const texts: Partial<Record<ProblemCode, string>> = m.problems;
  return texts[code] ?? m.unknownProblem;
}
