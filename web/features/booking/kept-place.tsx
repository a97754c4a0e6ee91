import type { DoctorProfile } from '../../../src/contract/doctors.ts';
import { digits } from '../../lib/digits.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { formatWhenInFull } from '../../lib/when.ts';
import { Notice } from '../../ui/notices.tsx';
import { readHold, secondsLeft } from './kept-hold.ts';

/** Back at a doctor's times: the one that was chosen is not free because it is kept for this very visitor. */
export function KeptPlace({ visit, doctor }: { visit: Visit; doctor: DoctorProfile }) {
  const { m, language } = visit;
  const held = readHold(visit);
  if (!held || held.doctorId !== doctor.id || secondsLeft(visit, held) === 0) return null;
  const chamber = doctor.chambers.find(({ id }) => id === held.chamberId);
  const kind = chamber?.visitTypes.find(({ id }) => id === held.visitTypeId)?.kind;
  if (!kind) return null;
  const page = withQuery(link(visit, `/book/${doctor.slug}`), {
    ...(held.sessionKey === null ? { slot: held.startsAt } : { session: held.sessionKey }),
    chamber: String(held.chamberId),
    visit: kind,
  });
  const said = held.serial === null ? m.hold.kept : m.hold.keptSerial(digits(language, held.serial));
  return (
    <div className="mb-4">
      <Notice tone="done">
        <p>
          <strong>{said}:</strong> {formatWhenInFull(visit, held.startsAt)}
        </p>
        <p className="flex flex-wrap gap-x-5">
          <a href={page} rel="nofollow" className="link inline-flex min-h-12 items-center">
            {m.hold.goOn}
          </a>
        </p>
        <p className="text-note">{m.hold.orOther}</p>
      </Notice>
    </div>
  );
}
