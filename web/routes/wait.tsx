import { type Appointment, getAppointment } from '../../src/contract/appointments.ts';
import { type DoctorProfile, getDoctor } from '../../src/contract/doctors.ts';
import { listPatients, type Patient } from '../../src/contract/me.ts';
import { joinWaitlist } from '../../src/contract/waitlist.ts';
import { type ConfirmInput, readInput, emptyInput } from '../features/booking/confirm-input.ts';
import { type KeptGuest, readGuest } from '../features/booking/kept-guest.ts';
import { readWhoFor, WhoFor } from '../features/booking/who-for.tsx';
import { appointmentWhen } from '../features/appointments/appointment-words.ts';
import { findTimes, type Times } from '../features/doctors/find-times.ts';
import { answerFailure } from '../features/site/failure-page.tsx';
import { answerPage } from '../features/site/document.tsx';
import { fullSessions } from '../features/waitlist/wait-offer.tsx';
import { formatDate } from '../lib/dates.ts';
import { problemText } from '../lib/messages/catalogue.ts';
import { doctorName, localName } from '../lib/names.ts';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import type { Session } from '../lib/session.ts';
import { formatTimeRange, wallDate, wallTime } from '../lib/times.ts';
import { callAs, link, seeOther, typed, type Visit, withQuery } from '../lib/visit.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Choices } from '../ui/field.tsx';
import { Column, PageHeading } from '../ui/layout.tsx';
import { Alert, ErrorSummary, type FieldErrors } from '../ui/notices.tsx';

/** Joining the waitlist of a doctor: for a full session, for any day, or for a place earlier than a booking. */
export const wait: PageRoute = {
  path: '/wait/:slug',
  get: async (visit, { slug = '' }) => {
    const asked = await readAsked(visit, slug);
    return asked instanceof Response
      ? asked
      : showForm(visit, asked, { input: emptyInput(), what: '', errors: {} });
  },
  post: async (visit, { slug = '' }, form) => {
    const asked = await readAsked(visit, slug);
    if (asked instanceof Response) return asked;
    const input = readInput(form);
    const what = typed(form, 'what');
    const wish = wishOf(asked, what);
    if (!wish) return showForm(visit, asked, { input, what, errors: { what: visit.m.waiting.chooseOne } });
    const forWhom = asked.session && !asked.booking ? await readWhoFor(visit, asked.session, input) : null;
    if (forWhom && 'errors' in forWhom)
      return showForm(visit, asked, { input, what, errors: forWhom.errors });
    const patientId = asked.booking?.patient.id ?? forWhom?.patientId ?? null;
    const body = {
      ...wish,
      ...(patientId === null ? {} : { patientId }),
      ...(asked.session ? {} : { guestToken: asked.guest?.guestToken ?? '' }),
    };
    const call = asked.session ? callAs(visit, asked.session) : visit.call;
    try {
      const entry = await call(joinWaitlist, { body }, { idempotencyKey: input.idempotencyKey });
      return seeOther(visit, link(visit, entry.waitingUrl));
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || refusal.status === 401 || refusal.status === 404 || refusal.status >= 500) throw error;
      return showForm(visit, asked, {
        input: { ...input, idempotencyKey: emptyInput().idempotencyKey },
        what,
        errors: {},
        refusal: problemText(visit.m, refusal.code),
      });
    }
  },
};

/** Who asks, of which doctor; an account, or a guest whose number is proven. */
type Asked = {
  doctor: DoctorProfile;
  session: Session | null;
  guest: KeptGuest | null;
  patients: readonly Patient[];
  /** What an earlier place would be instead of. */
  booking: Appointment | null;
  times: Times | null;
};

async function readAsked(visit: Visit, slug: string): Promise<Asked | Response> {
  const { session } = visit;
  const guest = readGuest(visit);
  const earlier = visit.query.get('earlier');
  if (!session && (!guest?.guestToken || earlier !== null))
    return seeOther(
      visit,
      withQuery(link(visit, '/sign-in'), { next: visit.url.pathname + visit.url.search }),
    );
  const { doctor } = await visit.call(getDoctor, { params: { id: slug } });
  if (!session)
    return { doctor, session, guest, patients: [], booking: null, times: await findTimes(visit, doctor) };
  const call = callAs(visit, session);
  if (earlier !== null) {
    if (!/^[1-9][0-9]{0,8}$/.test(earlier)) return answerFailure(visit, 'notFound');
    const booking = await call(getAppointment, { params: { id: Number(earlier) } });
    return { doctor, session, guest: null, patients: [], booking, times: null };
  }
  const [{ items }, times] = await Promise.all([call(listPatients, {}), findTimes(visit, doctor)]);
  return { doctor, session, guest: null, patients: items, booking: null, times };
}

const anyDay = 'any';

/** What the form asks for, as the API takes it; null when nothing was chosen. */
function wishOf({ doctor, booking, times }: Asked, what: string) {
  if (booking)
    return {
      doctorId: booking.doctor.id,
      chamberId: booking.chamber.id,
      visitTypeId: booking.visitTypeId,
      earlierThan: booking.id,
    };
  if (!times) return null;
  const visit = { doctorId: doctor.id, chamberId: times.chamber.id, visitTypeId: times.visitType.id };
  if (what === anyDay) return visit;
  return /^[0-9]{1,10}\.[0-9-]{10}$/.test(what) ? { ...visit, sessionKey: what } : null;
}

function showForm(
  visit: Visit,
  asked: Asked,
  shown: { input: ConfirmInput; what: string; errors: FieldErrors; refusal?: string },
): Response {
  const { m, language } = visit;
  const { doctor, booking, times } = asked;
  const { input, errors, refusal } = shown;
  const options = optionsOf(visit, times);
  const chamber = booking?.chamber ?? times?.chamber;
  const failed = refusal !== undefined || Object.keys(errors).length > 0;
  const nothing = !booking && options.length === 0;
  return answerPage(
    visit,
    { title: m.waiting.join, status: failed ? (refusal ? 409 : 422) : 200, failed },
    <Column>
      {refusal ? <Alert heading={refusal} /> : null}
      <ErrorSummary heading={m.site.problemHeading} errors={errors} />
      <PageHeading lead={m.waiting.lead}>{booking ? m.waiting.earlierLink : m.waiting.join}</PageHeading>
      <div className="mb-6 border-t-2 border-green bg-white px-4 pb-2">
        <Facts
          facts={[
            { name: m.booking.doctor, value: <strong>{doctorName(language, doctor)}</strong> },
            ...(chamber ? [{ name: m.booking.chamber, value: localName(language, named(chamber)) }] : []),
            ...(booking
              ? [
                  { name: m.appointment.when, value: <strong>{appointmentWhen(visit, booking)}</strong> },
                  { name: m.appointment.patient, value: booking.patient.fullName },
                ]
              : []),
          ]}
        />
      </div>
      {nothing ? (
        <>
          <p className="mb-4">{m.waiting.nothingFull}</p>
          <ButtonLink href={link(visit, `/d/${doctor.slug}`)}>{m.doctor.chooseTime}</ButtonLink>
        </>
      ) : (
        <form
          method="post"
          action={link(visit, visit.path) + visit.url.search}
          noValidate
          className="grid grid-cols-1 gap-6"
        >
          <input type="hidden" name="idempotencyKey" value={input.idempotencyKey} />
          {booking ? (
            <p>{m.waiting.earlierText}</p>
          ) : (
            <Choices
              name="what"
              legend={m.waiting.which}
              error={errors['what']}
              value={shown.what || (options[0]?.value ?? '')}
              options={options}
            />
          )}
          {asked.session && !booking ? (
            <WhoFor visit={visit} patients={asked.patients} input={input} errors={errors} />
          ) : null}
          <div>
            <Button pending={m.waiting.joining} wide>
              {booking ? m.waiting.earlierLink : m.waiting.join}
            </Button>
            <p className="mt-3 text-note text-quiet">{m.waiting.offerText}</p>
          </div>
        </form>
      )}
    </Column>,
  );
}

/** A chamber is called `name` on a doctor's profile and `fullName` on a booking. */
const named = (chamber: Appointment['chamber'] | Times['chamber']) =>
  'fullName' in chamber ? chamber : { fullName: chamber.name, nameBn: chamber.nameBn };

function optionsOf(visit: Visit, times: Times | null): { value: string; text: string }[] {
  const { m, language } = visit;
  if (!times) return [];
  const none = times.days.every(({ free }) => free === 0);
  return [
    ...(none ? [{ value: anyDay, text: m.waiting.anyDay }] : []),
    ...fullSessions(visit, times).map(({ sessionKey, startsAt, endsAt }) => ({
      value: sessionKey,
      text: m.waiting.session(
        formatDate(language, wallDate(startsAt)),
        formatTimeRange(language, wallTime(startsAt), wallTime(endsAt)),
      ),
    })),
  ];
}
