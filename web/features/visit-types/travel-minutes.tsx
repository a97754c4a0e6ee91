import { type Arrangement, getArrangement, patchArrangement } from '../../../src/contract/schedules.ts';
import { digits } from '../../lib/digits.ts';
import { numberIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { NumberField } from '../../ui/parsed-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Form, FormActions } from '../staff/form.tsx';

/** Minutes kept free on the way from one chamber to another. */
export function TravelMinutes({ arrangement, mayChange }: { arrangement: Arrangement; mayChange: boolean }) {
  const { words, language } = useStaff();
  const { fees } = words;
  const toast = useToast();
  const { send, error, busy } = useWrite(patchArrangement, { changes: [getArrangement] });
  const { doctor, travelMinutes } = arrangement;
  const submit = async (form: FormData): Promise<void> => {
    const done = await send({
      params: { id: doctor.id },
      body: { travelMinutes: numberIn(form, 'travelMinutes') },
    });
    if (done) toast({ text: fees.travelSaved(digits(language, done.travelMinutes)) });
  };
  return (
    <Panel id="travel" title={fees.travelTitle}>
      <p className="mb-3 max-w-160 text-quiet">{fees.travelText}</p>
      {mayChange ? (
        <Form error={error} fieldTexts={fees.errors} onSubmit={submit}>
          {(errors) => (
            <>
              <NumberField
                name="travelMinutes"
                label={fees.travel}
                unit={fees.minutes}
                value={String(travelMinutes)}
                error={errors['travelMinutes']}
              />
              <FormActions>
                <Button look="secondary" busy={busy} pending={fees.saving}>
                  {fees.save}
                </Button>
              </FormActions>
            </>
          )}
        </Form>
      ) : (
        <p>{fees.minutesOf(digits(language, travelMinutes))}</p>
      )}
    </Panel>
  );
}
