import { addPatient, listPatients, type Patient } from '../../../src/contract/me.ts';
import * as fields from '../../../src/contract/fields.ts';
import { problemText } from '../../lib/messages/catalogue.ts';
import { refusalOf } from '../../lib/refusal.ts';
import type { Session } from '../../lib/session.ts';
import { callAs, type Visit } from '../../lib/visit.ts';
import { Choices, Select, TextField } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import type { ConfirmInput } from './confirm-input.ts';

/** Oneself, somebody of the family, or somebody new whose name is written right here. */
export function WhoFor(props: {
  visit: Visit;
  patients: readonly Patient[];
  input: ConfirmInput;
  errors: FieldErrors;
}) {
  const { visit, patients, input, errors } = props;
  const { m } = visit;
  const self = patients.find(({ relation }) => relation === 'self') ?? patients[0];
  return (
    <div className="chooser grid grid-cols-1 gap-2">
      <Choices
        name="patientId"
        legend={m.booking.whoFor}
        error={errors['patientId']}
        value={input.patientId || String(self?.id ?? newPatient)}
        options={[
          ...patients.map((one) => ({
            value: String(one.id),
            text: one.relation === 'self' ? m.booking.me(one.fullName) : one.fullName,
          })),
          { value: newPatient, text: m.who.somebodyNew },
        ]}
        draft="keep"
      />
      <div className="chooser-rest grid grid-cols-1 gap-4 border-l-4 border-green py-1 pl-4">
        <TextField
          name="newName"
          label={m.who.newName}
          error={errors['newName']}
          value={input.newName}
          type="text"
          autoComplete="off"
          spellCheck={false}
          draft="keep"
        />
        <Select
          name="relation"
          label={m.who.relation}
          value={readRelation(input.relation)}
          options={relations.map((value) => ({ value, text: m.who.relations[value] }))}
          draft="keep"
        />
      </div>
    </div>
  );
}

type ForWhom = { patientId: number | null } | { errors: FieldErrors };

/**
 * Whom the form is about: null is oneself. Somebody new is added to the family first; one of the same name who is there
 * already is meant, so that a form sent twice adds nobody twice.
 */
export async function readWhoFor(visit: Visit, session: Session, input: ConfirmInput): Promise<ForWhom> {
  const { m } = visit;
  if (input.patientId === '') return { patientId: null };
  if (input.patientId !== newPatient)
    return /^[1-9][0-9]{0,9}$/.test(input.patientId)
      ? { patientId: Number(input.patientId) }
      : { errors: { patientId: m.who.chooseSomebody } };
  const name = fields.line(100).safeParse(input.newName);
  if (!name.success) return { errors: { newName: m.who.nameMissing } };
  const call = callAs(visit, session);
  const { items } = await call(listPatients, {});
  const known = items.find(({ fullName }) => fullName === name.data);
  if (known) return { patientId: known.id };
  try {
    const body = { fullName: name.data, relation: readRelation(input.relation) };
    return { patientId: (await call(addPatient, { body })).patient.id };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal || refusal.status === 401 || refusal.status >= 500) throw error;
    const text = refusal.code === 'invalid_input' ? m.who.nameMissing : problemText(m, refusal.code);
    return { errors: { newName: text } };
  }
}

const newPatient = 'new';
const relations = ['child', 'parent', 'spouse', 'sibling', 'other'] as const;

const readRelation = (typed: string): (typeof relations)[number] =>
  relations.find((each) => each === typed) ?? 'other';
