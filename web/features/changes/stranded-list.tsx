import { Phone } from 'lucide-react';
import type { StrandedAppointment } from '../../../src/contract/changes.ts';
import { formatDate, formatShortDate } from '../../lib/dates.ts';
import { type Decisions, decideAll, mayDecide } from '../../lib/decisions.ts';
import { digits } from '../../lib/digits.ts';
import type { Language } from '../../lib/language.ts';
import type { StaffWords } from '../../lib/messages/staff/en.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/tag.tsx';
import { ChamberName, DoctorName } from './place-names.tsx';
import type { Review } from './use-review.ts';

const decisions = ['keep', 'move', 'cancel'] as const;

/** The appointments that lose their place. Nothing is decided for anybody. */
export function StrandedList({ review }: { review: Review }) {
  const { words, language } = useStaff();
  const { changes: texts } = words;
  const { preview, decided, decide, undecided, marked, fresh } = review;
  const { stranded } = preview;
  const count = (value: number): string => digits(language, value);
  return (
    <section aria-labelledby="change-stranded">
      <h3 id="change-stranded" className="text-lead">
        {texts.stranded(count(stranded.length))}
      </h3>
      <p className="mb-2">{texts.strandedLead}</p>
      {stranded.some(({ next }) => next) ? <p className="mb-3 text-quiet">{texts.moveLead}</p> : null}
      {stranded.length > 1 ? <ForAll stranded={stranded} decided={decided} decide={decide} /> : null}
      <output className="mb-2 block text-note text-quiet">
        {texts.decided(count(stranded.length - undecided), count(stranded.length))}
      </output>
      <ul>
        {stranded.map((appointment) => (
          <li
            key={appointment.id}
            className="border-t border-hairline py-3 first:border-t-2 first:border-t-green"
          >
            <Stranded
              appointment={appointment}
              fresh={fresh.has(appointment.id)}
              ofSeveral={{
                doctors: differ(stranded, ({ doctorId }) => doctorId),
                chambers: differ(stranded, ({ chamberId }) => chamberId),
              }}
            />
            <Choice
              appointment={appointment}
              decided={decided}
              decide={decide}
              missing={marked && !decided.has(appointment.id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

type Deciding = { decided: Decisions; decide: (decided: Decisions) => void };

function ForAll({ stranded, decided, decide }: Deciding & { stranded: readonly StrandedAppointment[] }) {
  const { words, language } = useStaff();
  const { changes: texts } = words;
  return (
    <fieldset className="mb-3 flex flex-wrap gap-2">
      <legend className="mb-1 font-semibold">{texts.forAll}</legend>
      {decisions.map((decision) => {
        const able = stranded.filter((each) => mayDecide(each, decision)).length;
        return able === 0 ? null : (
          <Button
            key={decision}
            type="button"
            look="secondary"
            onClick={() => decide(decideAll(decided, stranded, decision))}
          >
            {texts.all[decision](digits(language, able))}
          </Button>
        );
      })}
    </fieldset>
  );
}

function Stranded(props: {
  appointment: StrandedAppointment;
  fresh: boolean;
  ofSeveral: { doctors: boolean; chambers: boolean };
}) {
  const { words, language } = useStaff();
  const { changes: texts } = words;
  const { appointment, ofSeveral } = props;
  const { doctorId, chamberId, patient, mobile, visitKind, reasons } = appointment;
  return (
    <div className="mb-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong>{patient.fullName}</strong>
        {props.fresh ? <Tag tone="waiting">{texts.isNew}</Tag> : null}
        {mobile ? (
          <a
            href={`tel:${mobile}`}
            className="link inline-flex min-h-12 items-center gap-1.5 whitespace-nowrap"
          >
            <Phone aria-hidden="true" className="size-4 shrink-0" />
            <span className="sr-only">{texts.call(patient.fullName)} </span>
            {mobile}
          </a>
        ) : null}
      </p>
      <p>
        {whenOf(appointment, { language, texts })}
        <span className="text-quiet"> · {texts.visitKinds[visitKind]}</span>
      </p>
      {ofSeveral.doctors || ofSeveral.chambers ? (
        <p className="text-quiet">
          {ofSeveral.doctors ? <DoctorName doctorId={doctorId} /> : null}
          {ofSeveral.doctors && ofSeveral.chambers ? ' · ' : null}
          {ofSeveral.chambers ? <ChamberName doctorId={doctorId} chamberId={chamberId} /> : null}
        </p>
      ) : null}
      <p className="text-note text-quiet">{reasons.map((reason) => texts.reasons[reason]).join(' · ')}</p>
    </div>
  );
}

function Choice(props: Deciding & { appointment: StrandedAppointment; missing: boolean }) {
  const { words, language } = useStaff();
  const { changes: texts } = words;
  const { appointment, decided, decide } = props;
  const { id, patient, next } = appointment;
  const labels = {
    keep: texts.choices.keep,
    move: next ? texts.choices.move(placeText(next, { language, texts })) : '',
    cancel: texts.choices.cancel,
  };
  return (
    <fieldset
      aria-describedby={props.missing ? `change-missing-${id}` : undefined}
      className={props.missing ? 'border-l-4 border-error pl-3' : undefined}
    >
      <legend className="sr-only">
        {texts.decisionFor(patient.fullName, whenOf(appointment, { language, texts }))}
      </legend>
      {props.missing ? (
        <p id={`change-missing-${id}`} className="mb-1 font-semibold text-error">
          {texts.decide}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {decisions
          .filter((decision) => mayDecide(appointment, decision))
          .map((decision) => (
            <label
              key={decision}
              className="relative flex min-h-12 items-center gap-2 rounded-input border-2 border-edge bg-white px-3 py-1 has-checked:border-green has-checked:bg-tint"
            >
              <input
                type="radio"
                name={`decision-${id}`}
                value={decision}
                checked={decided.get(id) === decision}
                onChange={() => decide(new Map(decided).set(id, decision))}
                className="size-5 shrink-0 accent-green"
              />
              {labels[decision]}
            </label>
          ))}
      </div>
      {next ? null : <p className="mt-1 text-note text-quiet">{texts.noNext}</p>}
    </fieldset>
  );
}

type Texts = { language: Language; texts: StaffWords['changes'] };

function whenOf({ period, serial }: StrandedAppointment, { language, texts }: Texts): string {
  const date = formatDate(language, wallDate(period.start));
  const time = formatTime(language, wallTime(period.start));
  return serial === undefined
    ? `${date}, ${time}`
    : `${date}, ${texts.serial(digits(language, serial))}, ${time}`;
}

function placeText(
  { startsAt, serial }: NonNullable<StrandedAppointment['next']>,
  { language, texts }: Texts,
): string {
  const date = formatShortDate(language, wallDate(startsAt));
  const time = formatTime(language, wallTime(startsAt));
  return serial === undefined
    ? `${date}, ${time}`
    : `${date}, ${texts.serial(digits(language, serial))}, ${time}`;
}

const differ = (
  stranded: readonly StrandedAppointment[],
  by: (each: StrandedAppointment) => number,
): boolean => new Set(stranded.map(by)).size > 1;
