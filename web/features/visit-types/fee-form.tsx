import { useState } from 'react';
import type { Chamber } from '../../../src/contract/doctors.ts';
import { useWords } from '../../lib/staff/context.tsx';
import { Choices } from '../../ui/field.tsx';
import { MoneyField, NumberField } from '../../ui/parsed-field.tsx';
import { Form, SendOrLeave } from '../staff/form.tsx';
import { ChamberField } from './chamber-field.tsx';
import { type ArrangedChamber, type ArrangedVisitType, kindsLeft } from './visit-kinds.ts';

/** Minutes and fee; of a new one also its kind, or in a new chamber that chamber. */
export function FeeForm(
  props: {
    type: ArrangedVisitType | null;
    error: unknown;
    busy: boolean;
    onSubmit: (form: FormData) => Promise<void>;
    onClose: () => void;
  } & (
    | { chamber: ArrangedChamber }
    | { chamber: null; chosen: Chamber | null; known: readonly Chamber[]; onAddChamber: () => void }
  ),
) {
  const { fees, kit } = useWords();
  const { type } = props;
  const left = props.chamber ? kindsLeft(props.chamber) : [];
  const [kind, setKind] = useState<string>(type?.kind ?? left[0] ?? 'new');
  return (
    <Form error={props.error} fieldTexts={fees.errors} onSubmit={props.onSubmit}>
      {(errors) => (
        <>
          {props.chamber ? null : (
            <ChamberField
              chosen={props.chosen}
              known={props.known}
              error={errors['chamberId']}
              onAdd={props.onAddChamber}
            />
          )}
          {props.chamber && !type ? (
            <Choices
              name="kind"
              legend={fees.columns.kind}
              value={left[0] ?? ''}
              options={left.map((kind) => ({ value: kind, text: fees.kinds[kind] }))}
              error={errors['kind']}
              onChange={setKind}
            />
          ) : null}
          {props.chamber ? null : <p>{fees.startsWithNew}</p>}
          <NumberField
            name="minutes"
            label={fees.columns.minutes}
            hint={fees.minutesHint}
            unit={fees.minutes}
            value={type ? String(type.minutes) : undefined}
            error={errors['minutes']}
          />
          <MoneyField
            name="fee"
            label={fees.columns.fee}
            hint={fees.feeHint}
            value={type?.fee.amount}
            error={errors['fee']}
          />
          {kind === 'new' ? null : (
            <NumberField
              name="windowDays"
              label={fees.windowDays}
              hint={fees.windowHint}
              unit={fees.windowUnit}
              optional={kit.optional}
              value={type ? (type.windowDays === null ? undefined : String(type.windowDays)) : '30'}
              error={errors['windowDays']}
            />
          )}
          {type ? <p className="text-quiet">{fees.bookedKeep}</p> : null}
          <SendOrLeave text={fees.save} busy={props.busy} pending={fees.saving} onLeave={props.onClose} />
        </>
      )}
    </Form>
  );
}
