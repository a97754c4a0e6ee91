import {
  acceptWaiting,
  declineWaiting,
  getWaiting,
  leaveWaiting,
  type WaitlistEntry,
} from '../../src/contract/waitlist.ts';
import { readKey } from '../features/booking/confirm-input.ts';
import { answerPage } from '../features/site/document.tsx';
import { AnswerForm } from '../features/waitlist/answer-form.tsx';
import { offerText, wantsText } from '../features/waitlist/waiting-words.ts';
import { formatDate } from '../lib/dates.ts';
import { problemText } from '../lib/messages/catalogue.ts';
import { formatMoney } from '../lib/money.ts';
import { chamberAddress, doctorName, localName } from '../lib/names.ts';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { link, seeOther, typed, type Visit, withQuery } from '../lib/visit.ts';
import { formatWhenInFull } from '../lib/when.ts';
import { ButtonLink } from '../ui/button.tsx';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Column, PageHeading } from '../ui/layout.tsx';
import { Alert, Notice } from '../ui/notices.tsx';

/** A place in the line by its private link: what is waited for, and the offer when there is one. */
export const waiting: PageRoute = {
  path: '/w/:token',
  get: async (visit, { token = '' }) =>
    showEntry(visit, await visit.call(getWaiting, { params: { token } }), null),
  post: async (visit, { token = '' }, form) => {
    const params = { token };
    const act = typed(form, 'act');
    const offer = Number(typed(form, 'offer'));
    const body = Number.isInteger(offer) && offer > 0 ? { appointmentId: offer } : {};
    const once = { idempotencyKey: readKey(form, 'key') };
    const page = link(visit, `/w/${token}`);
    try {
      if (act === 'accept')
        return seeOther(
          visit,
          link(visit, (await visit.call(acceptWaiting, { params, body }, once)).liveUrl),
        );
      if (act === 'leave') await visit.call(leaveWaiting, { params });
      else await visit.call(declineWaiting, { params, body }, once);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || refusal.status === 404 || refusal.status >= 500) throw error;
      const entry = await visit.call(getWaiting, { params });
      return showEntry(visit, entry, problemText(visit.m, refusal.code));
    }
    return seeOther(visit, act === 'leave' ? page : withQuery(page, { declined: 'yes' }));
  },
};

function showEntry(visit: Visit, entry: WaitlistEntry, refusal: string | null): Response {
  const { m } = visit;
  const { title, lead } = standing(visit, entry);
  const declined = visit.query.has('declined') && entry.status === 'waiting';
  return answerPage(
    visit,
    { title, status: refusal ? 409 : 200, failed: refusal !== null },
    <Column>
      {refusal ? <Alert heading={refusal} /> : null}
      <PageHeading lead={lead}>{title}</PageHeading>
      {declined ? (
        <output className="mb-6 block">
          <Notice tone="done">{m.waiting.declined}</Notice>
        </output>
      ) : null}
      <div className="mb-8 border-t-2 border-green bg-white px-4 pb-2">
        <Facts facts={factsOf(visit, entry)} />
      </div>
      <Next visit={visit} entry={entry} />
    </Column>,
  );
}

function standing({ m }: Visit, { status }: WaitlistEntry): { title: string; lead?: string } {
  switch (status) {
    case 'offered':
      return { title: m.waiting.offered };
    case 'waiting':
      return { title: m.waiting.waitingHeading, lead: m.waiting.waitingText };
    case 'accepted':
      return { title: m.waiting.accepted };
    case 'left':
      return { title: m.waiting.left };
    case 'ended':
      return { title: m.waiting.ended, lead: m.waiting.endedText };
    default:
      return status satisfies never;
  }
}

function factsOf(visit: Visit, entry: WaitlistEntry): Fact[] {
  const { m, language } = visit;
  const { offer, wants } = entry;
  return [
    { name: m.booking.doctor, value: <strong>{doctorName(language, entry.doctor)}</strong> },
    {
      name: m.booking.chamber,
      value: (
        <>
          {localName(language, entry.chamber)}
          <span className="block text-note text-quiet">{chamberAddress(language, entry.chamber)}</span>
        </>
      ),
    },
    ...(offer
      ? [
          { name: m.appointment.when, value: <strong>{offerText(visit, offer)}</strong> },
          { name: m.booking.fee, value: formatMoney(language, offer.fee) },
        ]
      : [
          { name: m.waiting.waitsFor, value: <strong>{wantsText(visit, entry)}</strong> },
          ...(entry.status === 'waiting' && wants.to !== entry.lastDate
            ? [{ name: m.waiting.until, value: formatDate(language, entry.lastDate) }]
            : []),
        ]),
    { name: m.appointment.patient, value: entry.patient.fullName },
  ];
}

/** What can be done now; nothing here is a dead end. */
function Next({ visit, entry }: { visit: Visit; entry: WaitlistEntry }) {
  const { m } = visit;
  const { offer, appointment, wants } = entry;
  if (appointment)
    return <ButtonLink href={link(visit, appointment.liveUrl)}>{m.waiting.toAppointment}</ButtonLink>;
  if (offer)
    return (
      <>
        <div className="mb-4">
          <Notice tone="waiting">
            <strong>{m.waiting.offeredUntil(formatWhenInFull(visit, offer.until))}</strong>
            {wants.earlierThan ? (
              <p>{m.waiting.movesTo(formatWhenInFull(visit, wants.earlierThan.period.start))}</p>
            ) : null}
          </Notice>
        </div>
        <div className="flex flex-wrap gap-3">
          <AnswerForm visit={visit} entry={entry} act="accept" />
          <AnswerForm visit={visit} entry={entry} act="decline" />
        </div>
        <p className="mt-3 text-note text-quiet">{m.waiting.declineHint}</p>
      </>
    );
  if (entry.status === 'waiting') return <AnswerForm visit={visit} entry={entry} act="leave" />;
  return <ButtonLink href={link(visit, `/d/${entry.doctor.slug}`)}>{m.appointment.bookAgain}</ButtonLink>;
}
