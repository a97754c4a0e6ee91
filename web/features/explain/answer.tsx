import { CircleCheck, CircleMinus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { explainPlace } from '../../../src/contract/doctors.ts';
import { formatDateWithYear } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { formatTime, formatTimeRange, wallTime } from '../../lib/times.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Facts } from '../../ui/facts.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { chamberName } from '../chambers/chamber-words.ts';
import { Loaded } from '../staff/loaded.tsx';
import { type Explanation, placeOf, type Question } from './question.ts';
import { Reasons } from './reasons.tsx';

/** Whether a time is offered, or everything that stands in its way. */
export function Answer(props: {
  doctorId: number;
  question: Question;
  /** How often was asked since the screen was opened: each time the answer takes the focus. */
  times: number;
}) {
  const { words, language } = useStaff();
  const { why, fees } = words;
  const { doctorId, question, times } = props;
  const { date, time, chamber, type, channel } = question;
  const read = useRead(explainPlace, { params: { id: doctorId }, query: placeOf(question) }, { staleMs: 0 });
  const heading = useRef<HTMLHeadingElement>(null);
  const { refetch } = read;
  useEffect(() => {
    if (times === 0) return;
    heading.current?.focus();
    // Whoever asks the same again wants to know whether it still holds.
    void refetch({ cancelRefetch: false });
  }, [times, refetch]);
  return (
    <section aria-labelledby="answer" className="mt-8 border-t-2 border-t-green pt-4">
      <h2 id="answer" ref={heading} tabIndex={-1} className="text-lead">
        {why.answerTo(formatDateWithYear(language, date), formatTime(language, time))}
      </h2>
      <p className="mb-4 text-quiet">
        {[fees.kinds[type.kind], chamberName(language, chamber), why.channels[channel]].join(' · ')}
      </p>
      <div aria-live="polite">
        <Loaded read={read} skeleton={<Skeleton rows={2} rowHeight="panel" />}>
          {(explanation) => (
            <>
              <Verdict free={explanation.free} />
              {explanation.session ? <Sitting session={explanation.session} /> : null}
              {explanation.free ? (
                <p className="max-w-160">{explanation.session?.serial ? why.freeSerial : why.freeTime}</p>
              ) : (
                <Reasons doctorId={doctorId} question={question} explanation={explanation} />
              )}
            </>
          )}
        </Loaded>
      </div>
    </section>
  );
}

function Verdict({ free }: { free: boolean }) {
  const { why } = useStaff().words;
  const Icon = free ? CircleCheck : CircleMinus;
  return (
    <p
      className={`mb-4 flex items-center gap-3 px-3 py-2 text-lead font-semibold ${free ? 'bg-tint text-green-pressed' : 'bg-waiting-tint text-waiting'}`}
    >
      <Icon aria-hidden="true" className="size-6 shrink-0" />
      {free ? why.offered : why.notOffered}
    </p>
  );
}

/** The sitting that the time falls in. */
function Sitting({ session }: { session: NonNullable<Explanation['session']> }) {
  const { words, language } = useStaff();
  const { why } = words;
  const { startsAt, endsAt, mode, serial } = session;
  return (
    <div className="mb-4 max-w-160">
      <Facts
        facts={[
          {
            name: why.sitting,
            value: formatTimeRange(language, wallTime(startsAt), wallTime(endsAt)),
          },
          { name: why.mode, value: why.modes[mode] },
          ...(serial === null ? [] : [{ name: why.serial, value: why.serialThen(digits(language, serial)) }]),
        ]}
      />
    </div>
  );
}
