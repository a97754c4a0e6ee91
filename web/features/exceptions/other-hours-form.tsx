import { useState } from 'react';
import { createException, listExceptions, patchException } from '../../../src/contract/exceptions.ts';
import type { HourSettings } from '../../../src/contract/hours.ts';
import type { Arrangement } from '../../../src/contract/schedules.ts';
import { type DoctorCalendar, hoursInsteadOf, type OtherHours, readDay } from '../../lib/doctor-days.ts';
import { optionalIn, textIn } from '../../lib/form-values.ts';
import { lastDayIn } from '../../lib/last-day.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { useKit } from '../../ui/kit.tsx';
import { DateField } from '../../ui/parsed-field.tsx';
import { ReviewActions } from '../changes/review-actions.tsx';
import { type Change, useChange } from '../changes/use-change.tsx';
import { Form } from '../staff/form.tsx';
import type { ExceptionWords } from './exception-words.ts';
import { HoursList } from './hours-list.tsx';
import { HoursStep } from './hours-step.tsx';

type Props = {
  doctorId: number;
  calendar: DoctorCalendar;
  chambers: Arrangement['chambers'];
  say: ExceptionWords;
  old: OtherHours | null;
  /** The day it begins with. */
  date: string | null;
  onClose: () => void;
  onDone: () => void;
};

/** What the form says, kept while one of its hours has the dialog to itself. */
type Draft = {
  chamberId: number;
  from: string | null;
  until: string | null;
  note: string;
  hours: readonly HourSettings[];
  /** Somebody has changed them: another date or chamber leaves them as they are. */
  own: boolean;
};

/** New other hours, which begin as a copy of those they replace, or a change of `old`. */
export function OtherHoursForm(props: Props) {
  const { timeOff: texts } = useStaff().words;
  const chamberId = props.old?.chamberId ?? likelyChamber(props);
  if (chamberId === null) return <p>{texts.form.noChamber}</p>;
  return <OtherHoursSteps {...props} chamberId={chamberId} />;
}

function OtherHoursSteps(props: Props & { chamberId: number }) {
  const { today } = useStaff();
  const { calendar, chambers } = props;
  const [draft, setDraft] = useState(() => firstDraft(props, today()));
  /** Which of the hours has the dialog; one that is not there yet is new. */
  const [open, setOpen] = useState<number | null>(null);
  const [returned, setReturned] = useState(false);
  const back = (): void => {
    setReturned(true);
    setOpen(null);
  };
  const change = useChange({ changes: [listExceptions], onDone: props.onDone });
  const put = (part: Partial<Draft>): void =>
    setDraft((now) => withCopy({ ...now, ...part }, calendar, today()));
  if (open === null)
    return (
      <DatesStep {...props} draft={draft} returned={returned} change={change} onPut={put} onOpen={setOpen} />
    );
  const visits = chambers.find(({ id }) => id === draft.chamberId)?.visitTypes;
  return (
    <HoursStep
      first={draft.hours[open] ?? draft.hours.at(-1) ?? null}
      visitMinutes={visits?.find(({ kind }) => kind === 'new')?.minutes ?? null}
      onPut={(hours) => {
        const others = draft.hours.filter((_, index) => index !== open);
        put({ own: true, hours: [...others, hours].toSorted((a, b) => a.from.localeCompare(b.from)) });
        back();
      }}
      onBack={back}
    />
  );
}

function DatesStep(
  props: Props & {
    draft: Draft;
    returned: boolean;
    change: Change;
    onPut: (part: Partial<Draft>) => void;
    onOpen: (index: number) => void;
  },
) {
  const { doctorId, old, say, draft, change, onPut } = props;
  const { words, today } = useStaff();
  const { timeOff: texts } = words;
  const { texts: kit } = useKit();
  const send = async (form: FormData): Promise<void> => {
    const from = textIn(form, 'from');
    const until = lastDayIn(form, today());
    const note = optionalIn(form, 'note') ?? null;
    const body = { chamberId: draft.chamberId, from, until, note, hours: [...draft.hours] };
    const title = texts.reviews.otherHours(say.dates(body));
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
        input: { params: { id: doctorId }, body: { kind: 'other_hours', ...body } },
        done: texts.done.otherHours,
      });
  };
  return (
    <>
      <Form error={change.error} fieldTexts={texts.errors} onSubmit={send}>
        {(errors) => (
          <>
            {props.chambers.length > 1 ? (
              <Select
                name="chamberId"
                label={texts.form.chamber}
                error={errors['chamberId']}
                value={String(draft.chamberId)}
                options={props.chambers.map(({ id }) => ({ value: String(id), text: say.chamber(id) }))}
                onChange={(value) => onPut({ chamberId: Number(value) })}
              />
            ) : null}
            <DateField
              name="from"
              label={texts.form.firstDay}
              error={errors['from']}
              value={draft.from ?? undefined}
              onChange={(from) => onPut({ from })}
            />
            <DateField
              name="until"
              label={texts.form.lastDay}
              optional={kit.optional}
              hint={texts.form.lastDayOtherHint}
              error={errors['until']}
              value={draft.until ?? undefined}
              onChange={(until) => onPut({ until })}
              {...(draft.from ? { min: draft.from } : {})}
            />
            <HoursList
              hours={draft.hours}
              say={say}
              copied={!draft.own}
              error={errors['hours']}
              returned={props.returned}
              onOpen={props.onOpen}
              onRemove={(gone) =>
                onPut({ own: true, hours: draft.hours.filter((_, index) => index !== gone) })
              }
            />
            <TextField
              name="note"
              label={texts.form.note}
              optional={kit.optional}
              hint={texts.form.noteHint}
              error={errors['note']}
              value={draft.note}
              onChange={(note) => onPut({ note })}
            />
            <ReviewActions change={change} next={texts.form.next} onCancel={props.onClose} />
          </>
        )}
      </Form>
      {change.dialog}
    </>
  );
}

function firstDraft({ old, date, chamberId, calendar }: Props & { chamberId: number }, today: string): Draft {
  if (!old) {
    const empty = { chamberId, from: date, until: null, note: '', hours: [], own: false };
    return withCopy(empty, calendar, today);
  }
  return {
    chamberId,
    from: old.from,
    until: old.until === old.from ? null : old.until,
    note: old.note ?? '',
    hours: old.hours,
    own: true,
  };
}

function withCopy(draft: Draft, calendar: DoctorCalendar, today: string): Draft {
  if (draft.own) return draft;
  const { chamberId, from } = draft;
  return { ...draft, hours: hoursInsteadOf(calendar, { chamberId, date: from ?? today }) };
}

/** Where the doctor sits on that day, else anywhere. */
function likelyChamber({ calendar, chambers, date }: Props): number | null {
  const [sitting] = date === null ? [] : readDay(calendar, date).sittings;
  return sitting?.chamberId ?? chambers[0]?.id ?? null;
}
