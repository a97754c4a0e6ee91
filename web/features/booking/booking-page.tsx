import type { ReactNode } from 'react';
import { listPatients } from '../../../src/contract/me.ts';
import { link, callAs, seeOther, type Visit } from '../../lib/visit.ts';
import { Columns, PageHeading } from '../../ui/layout.tsx';
import { Alert, ErrorSummary, type FieldErrors } from '../../ui/notices.tsx';
import type { SeenAppointment } from '../appointments/appointment-words.ts';
import { answerPage } from '../site/document.tsx';
import { ChoiceSummary } from './choice-summary.tsx';
import { ConfirmForm } from './confirm-form.tsx';
import type { ConfirmInput } from './confirm-input.ts';
import { type Choice, findAlternatives, findChoice, type Wanted } from './find-choice.ts';
import { GuestForm, GuestLinks } from './guest-form.tsx';
import { HoldBox } from './hold-panel.tsx';
import { readGuest } from './kept-guest.ts';
import { LostPlace } from './lost-place.tsx';
import { findOwn, OwnNote, showBooked } from './own-booking.tsx';

export type ShownBooking = {
  input: ConfirmInput;
  errors?: FieldErrors;
  status?: number;
  why?: string;
  /** What helps against it, below the words. */
  help?: ReactNode;
  lost?: { offered: readonly string[] } | null;
};

/** The place with its details to fill in; where it is gone, what else there is. */
export async function answerBooking(visit: Visit, slug: string, shown: ShownBooking): Promise<Response> {
  const { m } = visit;
  const wanted = await findChoice(visit, slug, visit.query);
  const { choice, at } = wanted;
  if (!at) return seeOther(visit, link(visit, `/d/${slug}`));
  const own = await findOwn(visit, { doctorId: wanted.doctor.id, date: at.date });
  const mine = choice ? undefined : own.find((one) => isThis(one, { at, patientId: shown.input.patientId }));
  // Back from its page, or sent again after an answer that never came: the place was not lost, it is theirs.
  if (mine) return showBooked(visit, mine);
  const lost = shown.lost ?? (choice ? null : { offered: [] });
  const alternatives = lost
    ? await findAlternatives(visit, wanted, { query: visit.query, named: lost.offered })
    : [];
  const errors = shown.errors ?? {};
  const failed = Boolean(lost || shown.why || shown.errors);
  const asked = wanted.doctor.needsApproval;
  return answerPage(
    visit,
    {
      title: choice ? m.booking.title : m.booking.chooseOther,
      status: shown.status ?? (lost ? 409 : 200),
      failed,
    },
    <>
      {choice ? null : <PageHeading>{m.booking.chooseOther}</PageHeading>}
      {lost ? (
        <LostPlace
          visit={visit}
          wanted={wanted}
          why={shown.why ?? m.booking.lost.slot_taken}
          alternatives={alternatives}
          input={shown.input}
        />
      ) : shown.why ? (
        <Alert heading={shown.why}>{shown.help}</Alert>
      ) : null}
      <ErrorSummary heading={m.site.problemHeading} errors={errors} />
      {choice ? <PageHeading>{asked ? m.details.requestHeading : m.booking.heading}</PageHeading> : null}
      <OwnNote visit={visit} own={own} />
      {choice ? (
        <Columns
          asideFirst
          aside={<ChoiceSummary visit={visit} choice={choice} />}
          main={await makeForm(visit, choice, { input: shown.input, errors })}
        />
      ) : null}
    </>,
  );
}

/** Whether an appointment is the very visit that is asked for. */
function isThis(
  { period, patient }: SeenAppointment,
  { at, patientId }: { at: NonNullable<Wanted['at']>; patientId: string },
): boolean {
  return (
    Temporal.Instant.from(period.start).epochMilliseconds === at.startsAt &&
    (patientId === '' || patientId === String(patient.id))
  );
}

async function makeForm(
  visit: Visit,
  choice: Choice,
  { input, errors }: { input: ConfirmInput; errors: FieldErrors },
) {
  const { session } = visit;
  const guest = readGuest(visit);
  const shared = { visit, choice, input, errors };
  const patients = session ? (await callAs(visit, session)(listPatients, {})).items : null;
  return (
    <>
      <HoldBox visit={visit} choice={choice} holdKey={input.holdKey} />
      {patients ? (
        <ConfirmForm {...shared} who={{ patients }} />
      ) : guest?.guestToken ? (
        <ConfirmForm {...shared} who={{ guest }} />
      ) : (
        <GuestForm {...shared} />
      )}
      {session ? null : <GuestLinks visit={visit} choice={choice} known={Boolean(guest?.guestToken)} />}
    </>
  );
}
