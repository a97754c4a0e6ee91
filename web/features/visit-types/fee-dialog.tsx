import { useEffect, useRef, useState } from 'react';
import type { Chamber } from '../../../src/contract/doctors.ts';
import { type Arrangement, createVisitType, patchVisitType } from '../../../src/contract/schedules.ts';
import { numberIn, oneOf, optionalNumberIn, textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ChamberForm } from '../chambers/chamber-form.tsx';
import { chamberName } from '../chambers/chamber-words.ts';
import { FeeForm } from './fee-form.tsx';
import { changedByFees } from './use-end-fee.ts';
import { type ArrangedChamber, type ArrangedVisitType, visitKinds } from './visit-kinds.ts';

/** A fee to change, a new one in a chamber (`type` null), or the first one in a chamber still to be chosen. */
export type EditedFee = { chamber: ArrangedChamber; type: ArrangedVisitType | null } | { chamber: null };

export function FeeDialog(props: {
  open: boolean;
  fee: EditedFee;
  arrangement: Arrangement;
  onClose: () => void;
}) {
  const { words, language } = useStaff();
  const { fees } = words;
  const { fee } = props;
  const title = (): string => {
    if (!fee.chamber) return fees.addChamber;
    const name = chamberName(language, fee.chamber);
    return fee.type ? fees.changeOf(fees.kinds[fee.type.kind], name) : fees.addFeeIn(name);
  };
  return (
    <Dialog form title={title()} open={props.open} onClose={props.onClose}>
      {fee.chamber ? <OneFee {...props} fee={fee} /> : <FirstFee {...props} />}
    </Dialog>
  );
}

type Props = Omit<Parameters<typeof FeeDialog>[0], 'fee'>;

function OneFee({ fee, arrangement, onClose }: Props & { fee: Exclude<EditedFee, { chamber: null }> }) {
  const { words, language } = useStaff();
  const { fees } = words;
  const toast = useToast();
  const { add, change } = useFeeWrites();
  const { chamber, type } = fee;
  const { id } = arrangement.doctor;
  const submit = async (form: FormData): Promise<void> => {
    const kind = type?.kind ?? oneOf(form, 'kind', visitKinds);
    const told = {
      minutes: numberIn(form, 'minutes'),
      fee: textIn(form, 'fee'),
      ...(kind === 'new' ? {} : { windowDays: optionalNumberIn(form, 'windowDays') }),
    };
    const done = type
      ? await change.send({ params: { id, visitTypeId: type.id }, body: told })
      : await add.send({
          params: { id },
          body: { ...told, chamberId: chamber.id, kind },
        });
    if (!done) return;
    onClose();
    toast({ text: fees.saved(fees.kinds[done.visitType.kind], chamberName(language, chamber)) });
  };
  return (
    <FeeForm
      chamber={chamber}
      type={type}
      error={add.error ?? change.error}
      busy={add.busy || change.busy}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}

/** `moved`: how often it went from choosing to adding, or back. */
type Step = { adding: boolean; chosen: Chamber | null; moved: number };

/** A chamber the doctor has not worked in, which may have to be added first, and what a new visit costs there. */
function FirstFee({ arrangement, onClose }: Props) {
  const { words, language } = useStaff();
  const { fees } = words;
  const toast = useToast();
  const { add } = useFeeWrites();
  const [step, setStep] = useState<Step>({ adding: false, chosen: null, moved: 0 });
  const submit = async (form: FormData): Promise<void> => {
    const done = await add.send({
      params: { id: arrangement.doctor.id },
      body: {
        chamberId: numberIn(form, 'chamberId'),
        kind: 'new',
        minutes: numberIn(form, 'minutes'),
        fee: textIn(form, 'fee'),
      },
    });
    if (!done) return;
    onClose();
    toast({ text: fees.started });
  };
  const box = useRef<HTMLDivElement>(null);
  const { moved } = step;
  // The button that was pressed is gone, and the focus would be with it.
  useEffect(() => {
    if (moved > 0) box.current?.focus();
  }, [moved]);
  const go = (next: Omit<Step, 'moved'>): void => setStep({ ...next, moved: moved + 1 });
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      {step.adding ? (
        <ChamberForm
          chamber={null}
          onClose={() => go({ ...step, adding: false })}
          onDone={(chamber) => {
            go({ adding: false, chosen: chamber });
            toast({ text: words.chambers.added(chamberName(language, chamber)) });
          }}
        />
      ) : (
        <FeeForm
          chamber={null}
          type={null}
          chosen={step.chosen}
          known={arrangement.chambers}
          error={add.error}
          busy={add.busy}
          onSubmit={submit}
          onAddChamber={() => go({ ...step, adding: true })}
          onClose={onClose}
        />
      )}
    </div>
  );
}

function useFeeWrites() {
  const add = useWrite(createVisitType, { changes: changedByFees });
  const change = useWrite(patchVisitType, { changes: changedByFees });
  return { add, change };
}
