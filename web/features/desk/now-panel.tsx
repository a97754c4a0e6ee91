import type { DeskAppointment } from '../../../src/contract/desk.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Panel } from '../../ui/panel.tsx';
import { bodyFacts, placeText, timeText } from './desk-words.ts';
import { VisitSteps } from './visit-steps.tsx';

/** Of one doctor's day: who is in, and who comes next. */
export function NowPanel({ appointments }: { appointments: readonly DeskAppointment[] }) {
  const { words } = useStaff();
  const { now } = words.desk;
  const inside = appointments.filter(({ status }) => status === 'in_consultation');
  const waiting = appointments.filter(({ status }) => status === 'arrived');
  const next = waiting[0] ?? appointments.find(({ status }) => status === 'confirmed');
  if (inside.length === 0 && !next) return null;
  return (
    <div className="grid grid-cols-1 gap-x-6 md:grid-cols-2">
      <Panel id="inside" title={now.inside}>
        {inside.length === 0 ? <p className="text-quiet">{now.nobody}</p> : null}
        {inside.map((one) => (
          <Person key={one.id} appointment={one} />
        ))}
      </Panel>
      <Panel id="next" title={waiting.length > 0 ? now.next : now.nextToCome}>
        {next ? <Person appointment={next} /> : <p className="text-quiet">{now.noMore}</p>}
      </Panel>
    </div>
  );
}

function Person({ appointment }: { appointment: DeskAppointment }) {
  const speaker = useStaff();
  const { words } = speaker;
  const { desk, fees } = words;
  const { patient, notes, since, status } = appointment;
  const facts = [
    bodyFacts(speaker, patient),
    fees.kinds[appointment.visitKind],
    placeText(speaker, appointment),
  ];
  return (
    <div className="mb-4 last:mb-0">
      <p className="text-lead font-semibold">{patient.fullName}</p>
      <p className="text-quiet">{facts.filter(Boolean).join(' · ')}</p>
      {since && status === 'arrived' ? <p>{desk.since(timeText(speaker.language, since))}</p> : null}
      {since && status === 'in_consultation' ? (
        <p>{desk.insideSince(timeText(speaker.language, since))}</p>
      ) : null}
      {notes ? <p className="mt-1 border-l-4 border-hairline pl-3">{notes}</p> : null}
      <div className="mt-3">
        <VisitSteps appointment={appointment} />
      </div>
    </div>
  );
}
