import { useState } from 'react';
import { createException, listExceptions, patchException } from '../../../src/contract/exceptions.ts';
import type { Arrangement } from '../../../src/contract/schedules.ts';
import type { TimeOff } from '../../lib/doctor-days.ts';
import { optionalIn, optionalNumberIn } from '../../lib/form-values.ts';
import { useStaff, useWords } from '../../lib/staff/context.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { Choices, Select, TextField } from '../../ui/field.tsx';
import { useKit } from '../../ui/kit.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { DateField, TimeField } from '../../ui/parsed-field.tsx';
import { ReviewActions } from '../changes/review-actions.tsx';
import { useChange } from '../changes/use-change.tsx';
import { Form } from '../staff/form.tsx';
import type { ExceptionWords } from './exception-words.ts';
import { readPeriod, type SpanKind } from './read-period.ts';

/** New time off, or other dates and times of `old`. */
export function TimeOffForm(props: {
  doctorId: number;
  chambers: Arrangement['chambers'];
  say: ExceptionWords;
  old: TimeOff | null;
  /** The day it begins with. */
  date: string | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const { doctorId, old, say } = props;
  const { words, today } = useStaff();
  const { timeOff: texts } = words;
  const { texts: kit } = useKit();
  const change = useChange({ changes: [listExceptions], onDone: props.onDone });
  const [kind, setKind] = useState<SpanKind>(
    old?.from.includes('T') || old?.until.includes('T') ? 'part' : 'days',
  );
  const [mistakes, setMistakes] = useState<FieldErrors>({});
  const send = async (form: FormData): Promise<void> => {
    const { from, until, mistakes: found } = readPeriod(form, { kind, today: today(), texts: texts.errors });
    setMistakes(found);
    change.clear();
    if (Object.keys(found).length > 0) return;
    const body = {
      chamberId: optionalNumberIn(form, 'chamberId'),
      from,
      until,
      note: optionalIn(form, 'note') ?? null,
    };
    const title = texts.reviews.timeOff(say.dates({ from, until }));
    if (old)
      await change.review({
        title,
        route: patchException,
        input: { params: { id: doctorId, exceptionId: old.id }, body },
        done: texts.done.changed,
      });
    else
      await change.review({
        title,
        route: createException,
        input: { params: { id: doctorId }, body: { kind: 'time_off', ...body } },
        done: texts.done.timeOff,
      });
  };
  return (
    <>
      <Form error={change.error} fieldTexts={texts.errors} ownErrors={mistakes} onSubmit={send}>
        {(errors) => (
          <>
            <Choices
              name="span"
              legend={texts.form.span}
              value={kind}
              options={[
                { value: 'days', text: texts.form.wholeDays },
                { value: 'part', text: texts.form.partOfDay },
              ]}
              onChange={(value) => setKind(value === 'part' ? 'part' : 'days')}
            />
            {kind === 'days' ? (
              <WholeDays old={old} date={props.date} errors={errors} />
            ) : (
              <PartOfDay old={old} date={props.date} errors={errors} />
            )}
            {props.chambers.length > 1 || (old && old.chamberId !== null) ? (
              <Select
                name="chamberId"
                label={texts.form.chamber}
                error={errors['chamberId']}
                value={String(old?.chamberId ?? '')}
                options={[
                  { value: '', text: texts.everyChamber },
                  ...props.chambers.map(({ id }) => ({ value: String(id), text: say.chamber(id) })),
                ]}
              />
            ) : null}
            <TextField
              name="note"
              label={texts.form.note}
              optional={kit.optional}
              hint={texts.form.noteHint}
              error={errors['note']}
              value={old?.note ?? undefined}
            />
            <ReviewActions change={change} next={texts.form.next} onCancel={props.onClose} />
          </>
        )}
      </Form>
      {change.dialog}
    </>
  );
}

type PeriodProps = { old: TimeOff | null; date: string | null; errors: FieldErrors };

function WholeDays({ old, date, errors }: PeriodProps) {
  const { timeOff: texts } = useWords();
  const { texts: kit } = useKit();
  const [from, setFrom] = useState<string | null>(dayOf(old?.from) ?? date);
  const last = dayOf(old?.until);
  return (
    <>
      <DateField
        name="from"
        label={texts.form.firstDay}
        error={errors['from']}
        value={from ?? undefined}
        onChange={setFrom}
      />
      <DateField
        name="until"
        label={texts.form.lastDay}
        optional={kit.optional}
        hint={texts.form.lastDayHint}
        error={errors['until']}
        value={last === dayOf(old?.from) ? undefined : last}
        {...(from ? { min: from } : {})}
      />
    </>
  );
}

function PartOfDay({ old, date, errors }: PeriodProps) {
  const { timeOff: texts } = useWords();
  const last = dayOf(old?.until);
  const [ends, setEnds] = useState<'same' | 'later'>(last === dayOf(old?.from) ? 'same' : 'later');
  return (
    <>
      <DateField
        name="from"
        label={texts.form.day}
        error={errors['from']}
        value={dayOf(old?.from) ?? date ?? undefined}
      />
      <div className="grid grid-cols-1 items-end gap-5 sm:grid-cols-2">
        <TimeField
          name="fromTime"
          label={texts.form.fromTime}
          error={errors['fromTime']}
          value={timeOf(old?.from)}
        />
        <TimeField
          name="untilTime"
          label={texts.form.untilTime}
          error={errors['untilTime']}
          value={timeOf(old?.until)}
        />
      </div>
      <Checkbox
        name="later"
        label={texts.form.laterDay}
        checked={ends === 'later'}
        onChange={(checked) => setEnds(checked ? 'later' : 'same')}
      />
      {ends === 'later' ? (
        <DateField name="until" label={texts.form.untilDay} error={errors['until']} value={last} />
      ) : null}
    </>
  );
}

const dayOf = (end: string | undefined): string | undefined => end?.slice(0, 10);
const timeOf = (end: string | undefined): string | undefined => end?.slice(11) || undefined;
