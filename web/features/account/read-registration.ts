import type { ProblemBody } from '../../../src/contract/problems.ts';
import * as fields from '../../../src/contract/fields.ts';
import { problemText } from '../../lib/messages/catalogue.ts';
import type { Messages } from '../../lib/messages/en.ts';
import { typed } from '../../lib/visit.ts';
import type { FieldErrors } from '../../ui/notices.tsx';

/** What stands in the form; the password apart, since it is never shown again. */
export type RegisterInput = { fullName: string; mobile: string; email: string };

export const readRegistration = (form: FormData): RegisterInput & { password: string } => ({
  fullName: typed(form, 'fullName'),
  mobile: typed(form, 'mobile'),
  email: typed(form, 'email'),
  password: typed(form, 'password'),
});

/** What is wrong with a registration by the contract's own rules, in the visitor's words, in the order of the form. */
export function checkRegistration(m: Messages, input: RegisterInput & { password: string }): FieldErrors {
  const { errors } = m.account;
  const mobile = input.mobile.trim();
  const email = input.email.trim();
  return {
    ...(fields.line(100).safeParse(input.fullName).success ? {} : { fullName: errors.fullName }),
    ...(mobile === '' && email === '' ? { mobile: errors.mobileMissing } : {}),
    ...(mobile === '' || fields.mobile.safeParse(mobile).success ? {} : { mobile: errors.mobile }),
    ...(email === '' || fields.email.safeParse(email).success ? {} : { email: errors.email }),
    ...(fields.password.safeParse(input.password).success ? {} : { password: errors.password }),
  };
}

/** A refusal of the API, put beside the field it is about. */
export function explainRefusal(m: Messages, body: ProblemBody): FieldErrors {
  const { errors } = m.account;
  if (body.code === 'mobile_taken') return { mobile: errors.mobileTaken };
  if (body.code === 'email_taken') return { email: errors.emailTaken };
  const byField: Readonly<Record<string, string>> = {
    fullName: errors.fullName,
    mobile: errors.mobile,
    email: errors.email,
    // The form has checked the rules, so what is left is the list of the passwords that everybody guesses.
    password: errors.passwordCommon,
  };
  const known = (body.errors ?? []).flatMap(({ path }) => {
    const text = byField[path];
    return text === undefined ? [] : [[path, text] as const];
  });
  return known.length > 0 ? Object.fromEntries(known) : { fullName: problemText(m, body.code) };
}
