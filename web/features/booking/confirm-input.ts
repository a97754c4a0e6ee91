import { typed } from '../../lib/visit.ts';

/** What stands in the form that books. */
export type ConfirmInput = {
  /** Of a patient, or `new` for somebody who is not in the list yet. */
  patientId: string;
  newName: string;
  relation: string;
  reason: string;
  /** Of a visitor without an account. */
  fullName: string;
  mobile: string;
  email: string;
  idempotencyKey: string;
  /** The key under which the place is kept, by the page's script or else by the press that books. */
  holdKey: string;
  hold: { id: number; token: string } | null;
};

export const longestReason = 200;

export const emptyInput = (patientId = ''): ConfirmInput => ({
  patientId,
  newName: '',
  relation: '',
  reason: '',
  fullName: '',
  mobile: '',
  email: '',
  idempotencyKey: newKey(),
  holdKey: newKey(),
  hold: null,
});

export function readInput(form: FormData): ConfirmInput {
  const holdId = typed(form, 'holdId');
  const holdToken = typed(form, 'holdToken');
  return {
    patientId: typed(form, 'patientId'),
    newName: typed(form, 'newName'),
    relation: typed(form, 'relation'),
    // Browsers send line ends as two characters and count them as one.
    reason: typed(form, 'reason').replace(/\r\n/g, '\n'),
    fullName: typed(form, 'fullName'),
    mobile: typed(form, 'mobile'),
    email: typed(form, 'email'),
    idempotencyKey: readKey(form, 'idempotencyKey'),
    holdKey: readKey(form, 'holdKey'),
    hold:
      /^[1-9][0-9]{0,9}$/.test(holdId) && /^[\w-]{20,64}$/.test(holdToken)
        ? { id: Number(holdId), token: holdToken }
        : null,
  };
}

/** The fields that go along when another place is chosen instead; none of them may stand in an address. */
export function carriedFields(input: ConfirmInput): [string, string][] {
  const { patientId, newName, reason, fullName, mobile, email } = input;
  // The list of relations always says something; it is meant only with a name beside it.
  const relation = patientId === 'new' ? input.relation : '';
  const fields = { patientId, newName, relation, reason, fullName, mobile, email };
  return Object.entries(fields).filter(([, value]) => value !== '');
}

/** A key that a form carries, or a new one where it carries none. */
export function readKey(form: FormData, name: string): string {
  const key = typed(form, name);
  return /^[\w-]{8,100}$/.test(key) ? key : newKey();
}

export const newKey = (): string => crypto.randomUUID();
