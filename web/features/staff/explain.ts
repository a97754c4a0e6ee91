import type { ProblemCode } from '../../../src/contract/problems.ts';
import type { Language } from '../../lib/language.ts';
import type { StaffWords } from '../../lib/messages/staff/en.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { ConnectionProblem } from '../../lib/staff/connection-problem.ts';
import type { FieldErrors } from '../../ui/notices.tsx';

/** A failure in plain words, and the number to name when asking about one that is our fault. */
export function explain(words: StaffWords, error: unknown): { text: string; note?: string } {
  const { refusals } = words;
  if (error instanceof ConnectionProblem) return { text: refusals.connection[error.why] };
  const refusal = refusalOf(error);
  if (!refusal) return { text: words.unknownProblem };
  const { code, status, requestId } = refusal;
  const own: Partial<Record<ProblemCode, string>> = refusals.codes;
  const shared: Partial<Record<ProblemCode, string>> = words.problems;
  const text = own[code] ?? shared[code] ?? words.unknownProblem;
  return status >= 500 && requestId ? { text, note: refusals.requestId(requestId) } : { text };
}

/** The same of something that was only to be read. */
export function explainRead(words: StaffWords, error: unknown): { text: string; note?: string } {
  if (error instanceof ConnectionProblem) return { text: words.refusals.reading[error.why] };
  return explain(words, error);
}

/**
 * What is wrong with which field, by the path that the server names (`from`, `rules.0.to`). `texts` are the screen's own
 * sentences by path; a path within a list is also looked up without its numbers (`rules.to`). Without one, English readers
 * get the server's sentence.
 */
export function explainFields(
  words: StaffWords,
  error: unknown,
  { language, texts }: { language: Language; texts: Readonly<Record<string, string>> },
): FieldErrors {
  const found: Record<string, string> = {};
  for (const { path, message } of refusalOf(error)?.errors ?? []) {
    const own = texts[path] ?? texts[path.replaceAll(/\.\d+(?=\.|$)/g, '')];
    found[path] ??= own ?? (language === 'en' ? message : words.refusals.field);
  }
  return found;
}
