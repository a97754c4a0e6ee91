import { useState } from 'react';
import { swapAppointments } from '../../../src/contract/appointments.ts';
import { type DeskAppointment, listDesk } from '../../../src/contract/desk.ts';
import { addDays, formatDate } from '../../lib/dates.ts';
import { numberIn, optionalIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages, useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choices, TextField } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Form, SendOrLeave } from '../staff/form.tsx';
import { LoadedPages } from '../staff/loaded.tsx';
import { placeText, whenText } from './desk-words.ts';
import { changedByDesk, focusVisit, isMovable } from './steps.ts';

type Props = { appointment: DeskAppointment; open: boolean; onClose: () => void };

/** Two visits of one doctor and chamber change places: the other one is chosen from a list, nothing is dragged. */
export function SwapDialog(props: Props) {
  const speaker = useStaff();
  const { swapping, moving } = speaker.words.desk;
  const { appointment } = props;
  return (
    <Dialog
      form
      title={swapping.title(appointment.patient.fullName)}
      open={props.open}
      onClose={props.onClose}
    >
      <p>{moving.now(whenText(speaker, appointment))}</p>
      <p className="mb-4 text-quiet">{swapping.lead}</p>
      <SwapForm {...props} />
    </Dialog>
  );
}

function SwapForm({ appointment, onClose }: Props) {
  const speaker = useStaff();
  const { words, language } = speaker;
  const { day, swapping } = words.desk;
  const { id, doctor, chamber } = appointment;
  const [date, setDate] = useState(appointment.date);
  const [missing, setMissing] = useState<FieldErrors>({});
  const toast = useToast();
  const write = useWrite(swapAppointments, { changes: changedByDesk });
  const read = useReadPages(listDesk, {
    query: { from: date, to: date, doctorId: doctor.id, chamberId: chamber.id, limit: 100 },
  });
  const submit = async (form: FormData): Promise<void> => {
    const second = numberIn(form, 'second');
    setMissing(second ? {} : { second: swapping.choose });
    if (!second) return write.clear();
    const reason = optionalIn(form, 'reason');
    const done = await write.send({ body: { first: id, second, ...(reason ? { reason } : {}) } });
    const own = done?.items.find((one) => one.id === id);
    if (!own) return;
    onClose();
    toast({ text: words.desk.moving.done(own.patient.fullName, whenText(speaker, own)) });
    focusVisit(id);
  };
  const go = (days: number): void => setDate(addDays(date, days));
  return (
    <Form error={write.error} ownErrors={missing} onSubmit={submit}>
      {(errors) => (
        <>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <p aria-live="polite" className="min-w-56 font-semibold">
              {formatDate(language, date)}
            </p>
            <div className="flex gap-2">
              <Button type="button" look="secondary" size="dense" onClick={() => go(-1)}>
                {day.earlier}
              </Button>
              <Button type="button" look="secondary" size="dense" onClick={() => go(1)}>
                {day.later}
              </Button>
            </div>
          </div>
          <LoadedPages read={read} more={day.more}>
            {(items) => {
              const others = items.filter(
                (one) => isMovable(one) && one.id !== id && one.patient.id !== appointment.patient.id,
              );
              if (others.length === 0) return <p>{swapping.nobody}</p>;
              return (
                <Choices
                  // Another day, another choice.
                  key={date}
                  name="second"
                  legend={swapping.with}
                  value=""
                  error={errors['second']}
                  options={others.map((one) => ({
                    value: String(one.id),
                    text: `${placeText(speaker, one)} · ${one.patient.fullName}`,
                  }))}
                />
              );
            }}
          </LoadedPages>
          <TextField
            name="reason"
            label={swapping.reason}
            optional={words.kit.optional}
            error={errors['reason']}
            autoComplete="off"
          />
          <SendOrLeave
            text={swapping.button}
            busy={write.busy}
            pending={words.kit.loading}
            onLeave={onClose}
          />
        </>
      )}
    </Form>
  );
}
