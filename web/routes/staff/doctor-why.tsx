import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { getArrangement } from '../../../src/contract/schedules.ts';
import { Answer } from '../../features/explain/answer.tsx';
import { DayOffers } from '../../features/explain/day-offers.tsx';
import { questionOf, readAsked } from '../../features/explain/question.ts';
import { QuestionForm } from '../../features/explain/question-form.tsx';
import { useDoctorId } from '../../features/staff/doctor-id.ts';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Columns } from '../../ui/layout.tsx';
import { Note } from '../../ui/notices.tsx';
import { Empty, Skeleton } from '../../ui/states.tsx';

/** Why a time is not offered, and what is instead. The address has the question, so that it can be sent to somebody. */
export function DoctorWhy() {
  const { words, today } = useStaff();
  const { why, fees } = words;
  const id = useDoctorId();
  const { query, change } = useScreenQuery();
  const [times, setTimes] = useState(0);
  const askAgain = (): void => setTimes((before) => before + 1);
  const read = useRead(getArrangement, { params: { id } });
  return (
    <Page title={why.title} lead={why.lead}>
      <Loaded read={read} skeleton={<Skeleton rows={4} />}>
        {(arrangement) => {
          const asked = readAsked(query, arrangement);
          const question = questionOf(asked);
          if (!asked.visitType)
            return (
              <Empty
                title={why.noFees}
                action={
                  <Link
                    to="/doctors/$doctorId/fees"
                    params={{ doctorId: String(id) }}
                    className="link inline-flex min-h-12 items-center"
                  >
                    {fees.title}
                  </Link>
                }
              >
                {why.noFeesAdvice}
              </Empty>
            );
          return (
            <Columns
              main={
                <>
                  {asked.wrong ? (
                    <div className="mb-4">
                      <Note>{why.wrongAddress}</Note>
                    </div>
                  ) : null}
                  <QuestionForm
                    arrangement={arrangement}
                    asked={asked}
                    onAsk={(asking) => {
                      change(asking);
                      askAgain();
                    }}
                  />
                  {question ? <Answer doctorId={id} question={question} times={times} /> : null}
                </>
              }
              aside={
                <DayOffers
                  doctorId={id}
                  date={asked.date ?? today()}
                  visitType={asked.visitType}
                  channel={asked.channel}
                  onAsk={askAgain}
                />
              }
            />
          );
        }}
      </Loaded>
    </Page>
  );
}
