import { listWaitlist, type WaitlistEntry } from '../../../src/contract/waitlist.ts';
import { doctorName, localName } from '../../lib/names.ts';
import type { Session } from '../../lib/session.ts';
import { callAs, link, type Visit } from '../../lib/visit.ts';
import { formatWhenInFull } from '../../lib/when.ts';
import { SectionHeading } from '../../ui/layout.tsx';
import { AnswerForm } from './answer-form.tsx';
import { offerText, wantsText } from './waiting-words.ts';

/** One's own lines and the family's; those with an offer first. */
export async function findWaiting(visit: Visit, session: Session): Promise<WaitlistEntry[]> {
  const { items } = await callAs(visit, session)(listWaitlist, { query: { limit: 100 } });
  return items.toSorted((a, b) => Number(b.offer !== null) - Number(a.offer !== null));
}

export function WaitingList({ visit, entries }: { visit: Visit; entries: readonly WaitlistEntry[] }) {
  const { m } = visit;
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="waitlist" className="mb-10">
      <SectionHeading id="waitlist">{m.waiting.title}</SectionHeading>
      <ul className="border-t border-hairline">
        {entries.map((entry) => (
          <WaitingRow key={entry.id} visit={visit} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function WaitingRow({ visit, entry }: { visit: Visit; entry: WaitlistEntry }) {
  const { m, language } = visit;
  const { offer } = entry;
  const doctor = doctorName(language, entry.doctor);
  const what = offer ? offerText(visit, offer) : wantsText(visit, entry);
  return (
    <li className="grid grid-cols-1 gap-3 border-b border-hairline py-4">
      <div className="min-w-0">
        {offer ? <p className="font-semibold text-waiting">{m.waiting.offered}</p> : null}
        <h3 className="text-body">
          <a href={link(visit, entry.waitingUrl)} aria-label={m.waiting.open(doctor, what)} className="link">
            {what}
          </a>
        </h3>
        <p>
          {doctor} · {localName(language, entry.chamber)}
        </p>
        <p className="text-note text-quiet">
          {m.mine.forPatient(entry.patient.fullName)} ·{' '}
          {offer ? m.waiting.offeredUntil(formatWhenInFull(visit, offer.until)) : m.waiting.waiting}
        </p>
      </div>
      {offer ? (
        <div className="flex flex-wrap gap-3">
          <AnswerForm visit={visit} entry={entry} act="accept" />
          <AnswerForm visit={visit} entry={entry} act="decline" />
        </div>
      ) : null}
    </li>
  );
}
