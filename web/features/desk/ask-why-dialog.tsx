import type { DeskAppointment } from '../../../src/contract/desk.ts';
import type { cancelAppointment, declineAppointment } from '../../../src/contract/appointments.ts';
import { optionalIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Form, FormActions } from '../staff/form.tsx';
import { ChangedNote } from './changed-note.tsx';
import { changedByDesk, focusVisit } from './steps.ts';

type Props = {
  appointment: DeskAppointment;
  /** To cancel or to decline: the place is gone with it, so it is asked why. */
  route: typeof cancelAppointment | typeof declineAppointment;
  words: {
    title: (who: string) => string;
    /** What follows. */
    text: string;
    reason: string;
    reasonHint: string;
    confirm: string;
    keep: string;
    done: (who: string) => string;
  };
  open: boolean;
  onClose: () => void;
};

/** Ends an appointment, after saying what follows and asking why. */
export function AskWhyDialog(props: Props) {
  const { appointment, words } = props;
  return (
    <Dialog form title={words.title(appointment.patient.fullName)} open={props.open} onClose={props.onClose}>
      <p className="mb-4">{words.text}</p>
      <WhyForm {...props} />
    </Dialog>
  );
}

function WhyForm({ appointment, route, words, onClose }: Props) {
  const { kit } = useStaff().words;
  const { id, version, patient } = appointment;
  const toast = useToast();
  const write = useWrite(route, { changes: changedByDesk });
  const submit = async (form: FormData): Promise<void> => {
    const reason = optionalIn(form, 'reason');
    const done = await write.send({ params: { id }, body: { version, ...(reason ? { reason } : {}) } });
    if (!done) return;
    onClose();
    toast({ text: words.done(patient.fullName) });
    focusVisit(id);
  };
  return (
    <>
      <ChangedNote appointment={appointment} error={write.error} />
      <Form error={write.error} onSubmit={submit}>
        {(errors) => (
          <>
            <TextField
              name="reason"
              label={words.reason}
              hint={words.reasonHint}
              optional={kit.optional}
              error={errors['reason']}
              autoComplete="off"
            />
            <FormActions>
              <Button look="danger" busy={write.busy} pending={kit.loading}>
                {words.confirm}
              </Button>
              <Button type="button" look="secondary" onClick={onClose}>
                {words.keep}
              </Button>
            </FormActions>
          </>
        )}
      </Form>
    </>
  );
}
