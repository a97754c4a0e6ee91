import { useState } from 'react';
import {
  type ChamberToEdit,
  createChamber,
  listChambers,
  patchChamber,
} from '../../../src/contract/chambers.ts';
import { type Chamber, getDoctor } from '../../../src/contract/doctors.ts';
import { getArrangement } from '../../../src/contract/schedules.ts';
import { optionalIn, textIn } from '../../lib/form-values.ts';
import { useWords } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { TextField } from '../../ui/field.tsx';
import { useKit } from '../../ui/kit.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { Form, SendOrLeave } from '../staff/form.tsx';
import { PlaceFields } from './place-fields.tsx';
import { ZoneField } from './zone-field.tsx';

/** What patients read of a chamber. */
export function ChamberForm(props: {
  /** Null for a new one. */
  chamber: ChamberToEdit | null;
  onDone: (chamber: Chamber) => void;
  onClose: () => void;
}) {
  const { chambers } = useWords();
  const { texts } = useKit();
  const [missing, setMissing] = useState<FieldErrors>({});
  const { chamber } = props;
  const { save, busy, error } = useSave(chamber);
  const submit = async (form: FormData): Promise<void> => {
    const found = missingIn(form, chambers.errors);
    setMissing(found);
    if (Object.keys(found).length > 0) return;
    const saved = await save(form);
    if (saved) props.onDone(saved);
  };
  return (
    <Form
      error={Object.keys(missing).length > 0 ? null : error}
      ownErrors={missing}
      fieldTexts={chambers.errors}
      onSubmit={submit}
    >
      {(errors) => (
        <>
          <p className="text-quiet">{chambers.formLead}</p>
          <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
            <TextField
              name="name"
              label={chambers.name}
              value={chamber?.name}
              error={errors['name']}
              spellCheck={false}
            />
            <TextField
              name="nameBn"
              label={chambers.nameBn}
              value={chamber?.nameBn ?? ''}
              error={errors['nameBn']}
              optional={texts.optional}
              spellCheck={false}
            />
            <TextField
              name="address"
              label={chambers.address}
              hint={chambers.addressHint}
              value={chamber?.address}
              error={errors['address']}
              spellCheck={false}
            />
            <TextField
              name="addressBn"
              label={chambers.addressBn}
              hint={chambers.addressBnHint}
              value={chamber?.addressBn ?? ''}
              error={errors['addressBn']}
              optional={texts.optional}
              spellCheck={false}
            />
          </div>
          <PlaceFields chamber={chamber} errors={errors} />
          <TextField
            name="phone"
            label={chambers.phone}
            hint={chambers.phoneHint}
            type="tel"
            inputMode="tel"
            value={chamber?.phone ?? ''}
            error={errors['phone']}
            optional={texts.optional}
            narrow
          />
          <ZoneField zone={chamber?.timeZone} error={errors['timeZone']} />
          <SendOrLeave
            text={chamber ? chambers.save : chambers.add}
            busy={busy}
            pending={chambers.saving}
            onLeave={props.onClose}
          />
        </>
      )}
    </Form>
  );
}

function useSave(chamber: ChamberToEdit | null) {
  const changes = [listChambers, getArrangement, getDoctor];
  const add = useWrite(createChamber, { changes });
  const change = useWrite(patchChamber, { changes });
  const save = async (form: FormData): Promise<Chamber | null> => {
    const needed = {
      name: textIn(form, 'name'),
      address: textIn(form, 'address'),
      division: textIn(form, 'division'),
      district: textIn(form, 'district'),
    };
    const more = {
      nameBn: optionalIn(form, 'nameBn'),
      addressBn: optionalIn(form, 'addressBn'),
      phone: optionalIn(form, 'phone'),
      thana: optionalIn(form, 'thana'),
    };
    const timeZone = optionalIn(form, 'timeZone');
    if (!chamber) return (await add.send({ body: { ...needed, ...more, timeZone } }))?.chamber ?? null;
    const body = {
      ...needed,
      nameBn: more.nameBn ?? null,
      addressBn: more.addressBn ?? null,
      phone: more.phone ?? null,
      thana: more.thana ?? null,
      // Said only when it changes: that waits for whoever is setting hours here.
      ...(timeZone && timeZone !== chamber.timeZone ? { timeZone } : {}),
    };
    return (await change.send({ params: { id: chamber.id }, body }))?.chamber ?? null;
  };
  return { save, busy: add.busy || change.busy, error: add.error ?? change.error };
}

/** Said at once: for a place that is not whole the server would blame the thana. */
function missingIn(form: FormData, texts: Record<(typeof needed)[number], string>): FieldErrors {
  return Object.fromEntries(needed.filter((name) => !textIn(form, name)).map((name) => [name, texts[name]]));
}

const needed = ['name', 'address', 'division', 'district'] as const;
