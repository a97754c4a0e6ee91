import { useState } from 'react';
import { addDeskPatient, findPatients } from '../../../src/contract/desk-patients.ts';
import { joinWaitlist, listWaitlist } from '../../../src/contract/waitlist.ts';
import { addDays } from '../../lib/dates.ts';
import { textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { DateField } from '../../ui/parsed-field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { deskPlaceText, type DeskPlace } from '../desk/use-desk.ts';
import { readWho, WhoComes } from '../desk/who-comes.tsx';
import { Form, FormActions } from '../staff/form.tsx';
import { inOrder } from '../visit-types/visit-kinds.ts';

/** Puts somebody who calls on the waitlist. */
export function WriteDown(props: { places: readonly DeskPlace[]; open: boolean; onClose: () => void }) {
  const { waitlist } = useStaff().words;
  return (
    <Dialog form title={waitlist.add} open={props.open} onClose={props.onClose}>
      <WaitForm places={props.places} onDone={props.onClose} />
    </Dialog>
  );
}

const usualDays = 14;

function WaitForm({ places, onDone }: { places: readonly DeskPlace[]; onDone: () => void }) {
  const { words, language, today } = useStaff();
  const { waitlist, desk, fees, kit } = words;
  const [where, setWhere] = useState(places[0]?.value);
  const [missing, setMissing] = useState<FieldErrors>({});
  const toast = useToast();
  const add = useWrite(addDeskPatient, { changes: [findPatients] });
  const join = useWrite(joinWaitlist, { changes: [listWaitlist] });
  const place = places.find(({ value }) => value === where) ?? places[0];
  if (!place) return null;
  const { doctor, chamber } = place;
  const types = inOrder(doctor.visitTypes);
  const send = async (form: FormData): Promise<void> => {
    const who = readWho(form);
    if ('field' in who) return setMissing({ [who.field]: desk.booking.missing[who.field] });
    setMissing({});
    add.clear();
    join.clear();
    const visitType = types.find(({ id }) => String(id) === textIn(form, 'visitTypeId')) ?? types[0];
    const patientId = 'id' in who ? who.id : (await add.send({ body: who.person }))?.patient.id;
    if (!visitType || patientId === undefined) return;
    const done = await join.send({
      body: {
        doctorId: doctor.id,
        chamberId: chamber.id,
        visitTypeId: visitType.id,
        patientId,
        from: textIn(form, 'from'),
        to: textIn(form, 'to'),
      },
    });
    if (!done) return;
    onDone();
    toast({ text: waitlist.joined(done.patient.fullName) });
  };
  return (
    <Form
      error={add.error ?? join.error}
      ownErrors={missing}
      fieldTexts={desk.booking.errors}
      onSubmit={send}
    >
      {(errors) => (
        <>
          <WhoComes mobile="" errors={errors} />
          {places.length > 1 ? (
            <Select
              name="where"
              label={waitlist.where}
              value={place.value}
              options={places.map((each) => ({ value: each.value, text: deskPlaceText(language, each) }))}
              onChange={setWhere}
            />
          ) : null}
          <Select
            key={place.value}
            name="visitTypeId"
            label={waitlist.visit}
            value={String(types[0]?.id ?? '')}
            options={types.map(({ id, kind }) => ({ value: String(id), text: fees.kinds[kind] }))}
          />
          <DateField name="from" label={waitlist.from} value={today()} min={today()} error={errors['from']} />
          <DateField
            name="to"
            label={waitlist.to}
            value={addDays(today(), usualDays - 1)}
            min={today()}
            error={errors['to']}
          />
          <FormActions>
            <Button busy={add.busy || join.busy} pending={kit.loading}>
              {waitlist.join}
            </Button>
          </FormActions>
        </>
      )}
    </Form>
  );
}
