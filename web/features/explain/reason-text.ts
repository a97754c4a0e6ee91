import type { Schedule } from '../../../src/contract/hours.ts';
import { addDays, formatDateWithYear } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import type { Language } from '../../lib/language.ts';
import type { StaffWords } from '../../lib/messages/staff/en.ts';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import type { Explanation, Question } from './question.ts';

export type Reason = Explanation['reasons'][number];

type Known = {
  why: StaffWords['why'];
  language: Language;
  question: Question;
  explanation: Explanation;
  /** The weekly hours of the sitting; null when they are not known, so that nothing is claimed by number. */
  rule: Schedule | null;
};

/** What a reason means for this very time, and what to do about it. */
export function textOf(reason: Reason, known: Known): { title: string; text: string; advice: string } {
  return { ...known.why.reasons[reason], ...inNumbers(reason, known) };
}

function inNumbers(
  reason: Reason,
  { why, language, question, explanation, rule }: Known,
): { text?: string; advice?: string } {
  const { session } = explanation;
  if (!session) return {};
  const number = (value: number): string => digits(language, value);
  const clock = (instant: string): string => formatTime(language, wallTime(instant));
  switch (reason) {
    case 'outside_hours':
      if (session.mode === 'serial') return { text: why.afterLastSerial };
      return {
        advice: why.noStartAdvice,
        text: rule
          ? why.noStart(
              number(rule.slotMinutes),
              clock(session.startsAt),
              number(question.type.minutes),
              clock(session.endsAt),
            )
          : why.noStartThen(clock(session.endsAt)),
      };
    case 'too_soon':
      return rule ? { text: why.notice(number(rule.noticeMinutes)) } : {};
    case 'too_far': {
      if (!rule) return {};
      const opens = addDays(wallDate(session.startsAt), -rule.horizonDays);
      return { text: why.opensOn(formatDateWithYear(language, opens), number(rule.horizonDays)) };
    }
    case 'quota_used':
      return session.serial === null ? {} : { text: why.keptSerial(number(session.serial)) };
    default:
      return {};
  }
}
