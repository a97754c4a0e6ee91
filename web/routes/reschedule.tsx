import { getLive, rescheduleLive } from '../../src/contract/appointments.ts';
import { type DoctorProfile, getDoctor } from '../../src/contract/doctors.ts';
import {
  appointmentWhen,
  canMove,
  type SeenAppointment,
} from '../features/appointments/appointment-words.ts';
import { CallChamber } from '../features/appointments/call-chamber.tsx';
import { newKey, readKey } from '../features/booking/confirm-input.ts';
import { choiceQuery, findAlternatives, findChoice, readOrder } from '../features/booking/find-choice.ts';
import { giveBack } from '../features/booking/keep-place.ts';
import { isHoldOf, readHold } from '../features/booking/kept-hold.ts';
import { LostPlace } from '../features/booking/lost-place.tsx';
import { explainRefusal } from '../features/booking/place-order.ts';
import type { PlaceLinks } from '../features/doctors/day-places.tsx';
import { findTimes } from '../features/doctors/find-times.ts';
import { TimesPicker } from '../features/doctors/times-picker.tsx';
import { answerPage } from '../features/site/document.tsx';
import { digits } from '../lib/digits.ts';
import { doctorName, localName } from '../lib/names.ts';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { link, seeOther, type Visit, withQuery } from '../lib/visit.ts';
import { formatWhenInFull } from '../lib/when.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Column, PageHeading, SectionHeading } from '../ui/layout.tsx';
import { Alert } from '../ui/notices.tsx';

/** Another time for an appointment, by its private link: choose a place, confirm it. Nothing is asked twice. */
export const reschedule: PageRoute = {
  path: '/a/:token/reschedule',
  get: async (visit, { token = '' }) => {
    const seen = await visit.call(getLive, { params: { token } });
    if (!canMove(visit, seen)) return answerCannot(visit, { seen, token }, whyNot(visit, seen));
    const move = await beginMove(visit, { seen, token });
    if (!move) return answerCannot(visit, { seen, token }, null);
    return move.query.has('slot') || move.query.has('session')
      ? await showCheck(visit, move, { key: newKey() })
      : await showTimes(visit, move);
  },
  post: async (visit, { token = '' }, form) => {
    const seen = await visit.call(getLive, { params: { token } });
    const move = await beginMove(visit, { seen, token });
    if (!move) return answerCannot(visit, { seen, token }, null);
    const order = await readOrder(visit, move.doctor.slug, move.query);
    if (!order) return await showTimes(visit, move);
    const place = 'sessionKey' in order ? { sessionKey: order.sessionKey } : { startsAt: order.startsAt };
    const key = readKey(form, 'idempotencyKey');
    // What this browser began to book there must not stand in its own way.
    const held = readHold(visit);
    if (held && isHoldOf(held, order)) await giveBack(visit, held);
    try {
      await visit.call(rescheduleLive, { params: { token }, body: place }, { idempotencyKey: key });
      return seeOther(visit, withQuery(link(visit, `/a/${token}`), { moved: 'yes' }));
    } catch (error) {
      const body = refusalOf(error);
      if (!body) throw error;
      const refusal = explainRefusal(visit.m, body);
      const over = ['too_late', 'too_many_reschedules', 'wrong_state'].includes(body.code);
      if (over) return answerCannot(visit, move, whyNot(visit, seen) ?? refusal.why);
      return await showCheck(visit, move, { key: refusal.keepKey ? key : newKey(), refusal });
    }
  },
};

type Named = { seen: SeenAppointment; token: string };

/** `query` names the chamber and the kind of visit too: a move keeps both. */
type Move = Named & { doctor: DoctorProfile; query: URLSearchParams };

/** Null: the doctor does not see patients there any more, or not for this kind of visit. */
async function beginMove(visit: Visit, { seen, token }: Named): Promise<Move | null> {
  const doctor = await findDoctor(visit, seen.doctor.slug);
  const chamber = doctor?.chambers.find(({ id }) => id === seen.chamber.id);
  if (!doctor || !chamber?.visitTypes.some(({ kind }) => kind === seen.visitKind)) return null;
  const query = new URLSearchParams(visit.query);
  query.set('chamber', String(seen.chamber.id));
  query.set('visit', seen.visitKind);
  return { seen, token, doctor, query };
}

async function findDoctor(visit: Visit, slug: string): Promise<DoctorProfile | null> {
  try {
    return (await visit.call(getDoctor, { params: { id: slug } })).doctor;
  } catch (error) {
    if (refusalOf(error)?.code !== 'not_found') throw error;
    return null;
  }
}

async function showTimes(visit: Visit, move: Move): Promise<Response> {
  const { m } = visit;
  const { seen, doctor, query } = move;
  // In the session of its own serial the next one is none but that.
  const start = Temporal.Instant.from(seen.period.start).epochMilliseconds;
  const times = await findTimes(
    { ...visit, query },
    doctor,
    ({ mode, startsAt, endsAt }) =>
      mode === 'serial' &&
      Temporal.Instant.from(startsAt).epochMilliseconds <= start &&
      start < Temporal.Instant.from(endsAt).epochMilliseconds,
  );
  const none = (
    <div className="border-l-4 border-edge pl-4">
      <p className="font-semibold">{m.doctor.allFull}</p>
      <CallChamber visit={visit} chamber={seen.chamber} />
    </div>
  );
  return answerPage(
    visit,
    { title: m.move.title },
    <>
      <PageHeading lead={m.move.lead(appointmentWhen(visit, seen))}>{m.move.title}</PageHeading>
      <p className="mb-6">
        <strong>{doctorName(visit.language, doctor)}</strong>, {localName(visit.language, seen.chamber)}
      </p>
      <SectionHeading>{m.doctor.chooseTime}</SectionHeading>
      {times ? (
        <TimesPicker
          visit={visit}
          times={times}
          hrefOf={(values) => pageOf(visit, move, values)}
          links={moveLinks(visit, move)}
          none={none}
        />
      ) : (
        none
      )}
      <p className="mt-8">
        <ButtonLink href={link(visit, `/a/${move.token}`)} look="secondary">
          {m.move.keep}
        </ButtonLink>
      </p>
    </>,
  );
}

type Asked = { key: string; refusal?: ReturnType<typeof explainRefusal> };

/** The old time and the new one under each other, and the one button. */
async function showCheck(visit: Visit, move: Move, { key, refusal }: Asked): Promise<Response> {
  const { m } = visit;
  const { seen, doctor, query, token } = move;
  const wanted = await findChoice(visit, doctor.slug, query);
  const { choice } = wanted;
  if (!wanted.at) return seeOther(visit, pageOf(visit, move, {}));
  // Back from what was done: the time that is asked for is the one it has.
  if (wanted.at.startsAt === Temporal.Instant.from(seen.period.start).epochMilliseconds)
    return seeOther(visit, link(visit, `/a/${token}`));
  const lost = refusal?.lost ?? (choice ? null : { offered: [] });
  const alternatives = lost ? await findAlternatives(visit, wanted, { query, named: lost.offered }) : [];
  const why = refusal?.why ?? m.booking.lost.slot_taken;
  return answerPage(
    visit,
    {
      title: m.move.checkTitle,
      status: refusal?.status ?? (lost ? 409 : 200),
      failed: Boolean(lost || refusal),
    },
    <Column>
      {lost ? (
        <LostPlace
          visit={visit}
          wanted={wanted}
          why={why}
          alternatives={alternatives}
          input={null}
          pages={{
            hrefOf: (each) => {
              const { slot, session } = choiceQuery(each);
              return pageOf(visit, move, { slot: slot ?? null, session: session ?? null });
            },
            all: (date) => pageOf(visit, move, { date }),
          }}
        />
      ) : refusal ? (
        <Alert heading={refusal.why} />
      ) : null}
      <PageHeading>{choice ? m.move.checkTitle : m.move.title}</PageHeading>
      <div className="mb-8 border-t-2 border-green bg-white px-4 pb-2">
        <Facts
          facts={[
            { name: m.booking.doctor, value: <strong>{doctorName(visit.language, doctor)}</strong> },
            { name: m.booking.chamber, value: localName(visit.language, seen.chamber) },
            { name: m.appointment.patient, value: seen.patient.fullName },
            { name: m.move.from, value: appointmentWhen(visit, seen) },
            ...(choice
              ? [
                  {
                    name: m.move.to,
                    value: (
                      <strong>
                        {choice.serial
                          ? `${m.booking.serial} ${digits(visit.language, choice.serial.number)}, `
                          : ''}
                        {formatWhenInFull(visit, choice.startsAt)}
                      </strong>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </div>
      <div className="flex flex-wrap gap-3">
        {choice ? (
          <form method="post" action={pageOf(visit, move, placeOf(query))}>
            <input type="hidden" name="idempotencyKey" value={key} />
            <Button pending={m.move.pending}>{m.move.confirm}</Button>
          </form>
        ) : null}
        <ButtonLink href={pageOf(visit, move, {})} look="secondary">
          {m.move.otherTime}
        </ButtonLink>
        <a href={link(visit, `/a/${token}`)} className="link inline-flex min-h-12 items-center">
          {m.move.keep}
        </a>
      </div>
    </Column>,
  );
}

function answerCannot(visit: Visit, { seen, token }: Named, why: string | null): Response {
  const { m } = visit;
  return answerPage(
    visit,
    { title: m.move.title, status: 409, failed: true },
    <Column>
      <Alert heading={why ?? m.move.cannot}>
        <CallChamber visit={visit} chamber={seen.chamber} />
      </Alert>
      <PageHeading>{m.move.title}</PageHeading>
      <ButtonLink href={link(visit, `/a/${token}`)} look="secondary">
        {m.move.keep}
      </ButtonLink>
    </Column>,
  );
}

/** By what is known before the API is asked; null when that allows it. */
function whyNot(visit: Visit, seen: SeenAppointment): string | null {
  const { m } = visit;
  if (canMove(visit, seen)) return null;
  if (seen.rescheduleUntil === null) return m.move.cannot;
  return seen.reschedulesLeft === 0
    ? m.standing.noMoves
    : m.standing.moveOver(formatWhenInFull(visit, seen.rescheduleUntil));
}

const pageOf = (visit: Visit, { token }: Named, values: Record<string, string | null>): string =>
  withQuery(link(visit, `/a/${token}/reschedule`), values);

const placeOf = (query: URLSearchParams): Record<string, string | null> => ({
  slot: query.get('slot'),
  session: query.get('session'),
});

function moveLinks(visit: Visit, move: Move): PlaceLinks {
  const { m } = visit;
  return {
    hrefOf: (place) => pageOf(visit, move, place),
    slotName: m.move.slotName,
    serialName: m.move.serialName,
    takeSerial: m.move.takeSerial,
  };
}
