import { getDoctor } from '../../../src/contract/doctors.ts';
import { type Arrangement, getArrangement, patchArrangement } from '../../../src/contract/schedules.ts';
import { textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Form, FormActions } from '../staff/form.tsx';

/** Whether an online booking stands at once, or is a request first. */
export function NeedsApproval({ arrangement, mayChange }: { arrangement: Arrangement; mayChange: boolean }) {
  const { fees } = useStaff().words;
  const toast = useToast();
  const { send, error, busy } = useWrite(patchArrangement, { changes: [getArrangement, getDoctor] });
  const { doctor, needsApproval } = arrangement;
  const submit = async (form: FormData): Promise<void> => {
    const done = await send({
      params: { id: doctor.id },
      body: { needsApproval: textIn(form, 'needsApproval') === 'yes' },
    });
    if (done) toast({ text: done.needsApproval ? fees.approvalOn : fees.approvalOff });
  };
  return (
    <Panel id="approval" title={fees.approvalTitle}>
      <p className="mb-3 max-w-160 text-quiet">{fees.approvalText}</p>
      {mayChange ? (
        <Form error={error} onSubmit={submit}>
          {() => (
            <>
              <Checkbox name="needsApproval" label={fees.approval} checked={needsApproval} />
              <FormActions>
                <Button look="secondary" busy={busy} pending={fees.saving}>
                  {fees.save}
                </Button>
              </FormActions>
            </>
          )}
        </Form>
      ) : (
        <p>{needsApproval ? fees.approvalIsOn : fees.approvalIsOff}</p>
      )}
    </Panel>
  );
}
