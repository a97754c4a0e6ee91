import { useState } from 'react';
import { rescheduleAppointment } from '../../../src/contract/appointments.ts';
import type { DeskAppointment } from '../../../src/contract/desk.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Form, SendOrLeave } from '../staff/form.tsx';
import { ChangedNote } from './changed-note.tsx';
import { whenText } from './desk-words.ts';
import { NextPlaces, mayOverrule } from './next-places.tsx';
import { type FilledPlace, PlaceChoice, readPlace } from './place-choice.tsx';
import { changedByDesk, focusVisit } from './steps.ts';

type Props = { appointment: DeskAppointment; open: boolean; onClose: () => void };

/** Another place of the same doctor and chamber. */
export function MoveDialog(props: Props) {
  const speaker = useStaff();
  const { moving } = speaker.words.desk;
  const { appointment } = props;
  return (
    <Dialog form title={moving.title(appointment.patient.fullName)} open={props.open} onClose={props.onClose}>
      <p>{moving.now(whenText(speaker, appointment))}</p>
      <p className="mb-4 text-quiet">{moving.lead}</p>
      <MoveForm {...props} />
    </Dialog>
  );
}

function MoveForm({ appointment, onClose }: Props) {
  const speaker = useStaff();
  const { words, today } = speaker;
  const { moving } = words.desk;
  const [missing, setMissing] = useState<FieldErrors>({});
  const toast = useToast();
  const write = useWrite(rescheduleAppointment, { changes: changedByDesk });
  const { id, version, doctor, chamber, visitTypeId, channel, date } = appointment;
  const refusal = refusalOf(write.error);
  const move = async ({ place, ...reason }: FilledPlace): Promise<void> => {
    const done = await write.send({ params: { id }, body: { ...place, ...reason, version } });
    if (!done) return;
    onClose();
    toast({ text: moving.done(done.patient.fullName, whenText(speaker, done)) });
    focusVisit(id);
  };
  const submit = async (form: FormData): Promise<void> => {
    const filled = readPlace(form);
    setMissing('field' in filled ? { [filled.field]: words.desk.booking.missing[filled.field] } : {});
    if ('field' in filled) write.clear();
    else await move(filled);
  };
  return (
    <>
      <ChangedNote appointment={appointment} error={write.error} />
      <Form error={write.error} ownErrors={missing} onSubmit={submit}>
        {(errors) => (
          <>
            <NextPlaces refusal={refusal} onChoose={(place) => void move({ place })} />
            <PlaceChoice
              asked={{ doctorId: doctor.id, chamberId: chamber.id, visitTypeId, channel }}
              begin={{ date: date < today() ? today() : date, exactly: false }}
              reason={mayOverrule(refusal)}
              errors={errors}
            />
            <SendOrLeave
              text={moving.button}
              busy={write.busy}
              pending={words.kit.loading}
              onLeave={onClose}
            />
          </>
        )}
      </Form>
    </>
  );
}
