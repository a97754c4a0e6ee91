import { getVisitNote, putVisitNote } from '../../../src/contract/appointments.ts';
import { textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead, useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Form, FormActions } from '../staff/form.tsx';
import { Loaded } from '../staff/loaded.tsx';

/** The doctor's own note on a visit. */
export function PrivateNote({ appointmentId }: { appointmentId: number }) {
  const { words } = useStaff();
  const { one } = words.desk;
  const params = { id: appointmentId };
  const read = useRead(getVisitNote, { params });
  const write = useWrite(putVisitNote, { changes: [getVisitNote] });
  const toast = useToast();
  const submit = async (form: FormData): Promise<void> => {
    if (await write.send({ params, body: { text: textIn(form, 'text') } })) toast({ text: one.noteSaved });
  };
  return (
    <Panel>
      <Loaded read={read}>
        {({ text }) => (
          <Form error={write.error} onSubmit={submit}>
            {(errors) => (
              <>
                <TextArea
                  name="text"
                  label={one.note}
                  hint={one.noteHint}
                  rows={4}
                  maxLength={2000}
                  value={text}
                  error={errors['text']}
                />
                <FormActions>
                  <Button look="secondary" busy={write.busy} pending={words.kit.loading}>
                    {one.saveNote}
                  </Button>
                </FormActions>
              </>
            )}
          </Form>
        )}
      </Loaded>
    </Panel>
  );
}
