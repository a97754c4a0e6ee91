import type { ReactNode } from 'react';
import { digits } from '../../lib/digits.ts';
import { doctorName } from '../../lib/names.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { formatWhenInFull } from '../../lib/when.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { SectionHeading } from '../../ui/layout.tsx';
import { EarlierLink } from '../waitlist/wait-offer.tsx';
import { CallChamber } from './call-chamber.tsx';
import {
  appointmentWhen,
  canCancel,
  canMove,
  isAheadOrOn,
  type SeenAppointment,
} from './appointment-words.ts';

/** What the patient can do with an appointment; nothing here is a dead end. */
export function AppointmentActions({ visit, appointment }: { visit: Visit; appointment: SeenAppointment }) {
  const { m, language } = visit;
  const page = visit.path;
  const again = (
    <ButtonLink
      href={bookAgainHref(visit, appointment)}
      label={m.appointment.bookAgainWith(doctorName(language, appointment.doctor))}
    >
      {m.appointment.bookAgain}
    </ButtonLink>
  );
  if (!isAheadOrOn(visit, appointment))
    return (
      <div data-screen-only className="flex flex-wrap items-center gap-x-6 gap-y-3">
        {again}
        {appointment.status === 'cancelled' ? null : (
          <CallChamber visit={visit} chamber={appointment.chamber} />
        )}
      </div>
    );
  const address = visit.url.origin + visit.url.pathname;
  const message = m.appointment.shareText(appointmentWhen(visit, appointment), address);
  return (
    <div data-screen-only className="grid grid-cols-1 gap-8">
      <section aria-labelledby="bring">
        <SectionHeading id="bring">{m.appointment.bring}</SectionHeading>
        <ul className="list-disc pl-5 marker:text-green">
          {m.appointment.bringList.map((thing) => (
            <li key={thing}>{thing}</li>
          ))}
        </ul>
        <p className="mt-2 font-semibold">{m.appointment.early}</p>
      </section>
      <section aria-labelledby="actions">
        <SectionHeading id="actions">{m.appointment.next}</SectionHeading>
        <ul className="border-t border-hairline">
          <Action>
            <a href={link(visit, `${page}/calendar.ics`)} download className={actionLook}>
              {m.appointment.calendar}
            </a>
          </Action>
          <Action scripted>
            <button type="button" data-print className={actionLook}>
              {m.appointment.print}
            </button>
          </Action>
          <Action scripted>
            <button
              type="button"
              data-share={address}
              data-share-text={message}
              data-copied={m.appointment.copied}
              className={actionLook}
            >
              {m.appointment.share}
            </button>
          </Action>
          <Action>
            <a
              href={`https://wa.me/?text=${encodeURIComponent(message)}`}
              rel="noreferrer"
              className={actionLook}
            >
              {m.appointment.whatsapp}
            </a>
          </Action>
        </ul>
        <p className="mt-3 text-note text-quiet">{m.appointment.privateLink}</p>
      </section>
      <Changes visit={visit} appointment={appointment} />
    </div>
  );
}

/** Moving and cancelling: until when, said before the buttons. */
function Changes({ visit, appointment }: { visit: Visit; appointment: SeenAppointment }) {
  const { m, language } = visit;
  const { cancelUntil, rescheduleUntil, reschedulesLeft } = appointment;
  if (cancelUntil === null && rescheduleUntil === null) return null;
  const movable = canMove(visit, appointment);
  const cancellable = canCancel(visit, appointment);
  const until = (instant: string, open: (text: string) => string, over: (text: string) => string): string =>
    (Temporal.Instant.from(instant).epochMilliseconds > visit.context.now ? open : over)(
      formatWhenInFull(visit, instant),
    );
  const rules = [
    ...(rescheduleUntil === null
      ? []
      : reschedulesLeft === 0
        ? [m.standing.noMoves]
        : [
            until(rescheduleUntil, m.standing.moveUntil, m.standing.moveOver),
            ...(movable ? [m.standing.movesLeft(digits(language, reschedulesLeft))] : []),
          ]),
    ...(cancelUntil === null ? [] : [until(cancelUntil, m.standing.cancelUntil, m.standing.cancelOver)]),
  ];
  return (
    <section aria-labelledby="changes">
      <SectionHeading id="changes">{m.standing.rules}</SectionHeading>
      {rules.map((rule) => (
        <p key={rule} className="text-note">
          {rule}
        </p>
      ))}
      <div className="mt-4 flex flex-wrap gap-3">
        {movable ? (
          <ButtonLink href={link(visit, `${visit.path}/reschedule`)} look="secondary">
            {m.move.link}
          </ButtonLink>
        ) : null}
        {cancellable ? (
          <ButtonLink href={link(visit, `${visit.path}/cancel`)} look="danger">
            {m.appointment.cancel}
          </ButtonLink>
        ) : null}
      </div>
      {movable && visit.session ? <EarlierLink visit={visit} appointment={appointment} /> : null}
    </section>
  );
}

/** The doctor's page at the same chamber and kind of visit. */
export const bookAgainHref = (visit: Visit, { doctor, chamber, visitKind }: SeenAppointment): string =>
  withQuery(link(visit, `/d/${doctor.slug}`), { chamber: String(chamber.id), visit: visitKind });

const actionLook = 'link flex min-h-12 w-full items-center text-left';

/** `scripted` ones appear only where there is a script to answer them. */
function Action({ scripted, children }: { scripted?: boolean; children: ReactNode }) {
  return (
    <li hidden={scripted} data-scripted={scripted ? '' : undefined} className="border-b border-hairline">
      {children}
    </li>
  );
}
