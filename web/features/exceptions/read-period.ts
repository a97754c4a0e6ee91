import { isDate } from '../../lib/dates.ts';
import { textIn } from '../../lib/form-values.ts';
import { lastDayIn } from '../../lib/last-day.ts';
import type { FieldErrors } from '../../ui/notices.tsx';

/** Whole days, or from a time to a time. */
export type SpanKind = 'days' | 'part';

export type TypedPeriod = { from: string; until: string; mistakes: FieldErrors };

type Texts = { from: string; fromTime: string; untilTime: string; untilBefore: string };

/** The period that a form's fields say; days that cannot be read stay as they were typed, for the server to refuse. */
export function readPeriod(
  form: FormData,
  { kind, today, texts }: { kind: SpanKind; today: string; texts: Texts },
): TypedPeriod {
  const day = textIn(form, 'from');
  const lastDay = lastDayIn(form, today);
  if (kind === 'days') return { from: day, until: lastDay, mistakes: {} };
  const [fromTime, untilTime] = [textIn(form, 'fromTime'), textIn(form, 'untilTime')];
  const period = { from: `${day}T${fromTime}`, until: `${lastDay}T${untilTime}` };
  return {
    ...period,
    mistakes: {
      // With a time behind it the server would take the day for the fault of the time.
      ...(isDate(day) ? {} : { from: texts.from }),
      ...(isTime(fromTime) ? {} : { fromTime: texts.fromTime }),
      ...(isTime(untilTime) ? {} : { untilTime: texts.untilTime }),
      ...(isTime(fromTime) && isTime(untilTime) && period.until <= period.from
        ? { untilTime: texts.untilBefore }
        : {}),
    },
  };
}

const isTime = (text: string): boolean => /^\d\d:\d\d$/.test(text);
