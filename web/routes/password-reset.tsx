import { confirmPasswordReset, requestPasswordReset } from '../../src/contract/auth.ts';
import * as fields from '../../src/contract/fields.ts';
import { homePath } from '../features/account/home-path.ts';
import { nextPath } from '../features/account/next-choice.ts';
import { codePages } from '../features/codes/code-steps.tsx';
import { readLogin } from '../lib/phone.ts';
import { refusalOf } from '../lib/refusal.ts';
import { signIn } from '../lib/session.ts';
import { link, seeOther, typed } from '../lib/visit.ts';
import { TextField } from '../ui/field.tsx';

/** A new password for whoever has forgotten theirs; it signs them in at once. */
export const passwordReset = codePages({
  path: '/password-reset',
  name: 'code-password',
  words: (m) => ({
    title: m.codes.resetTitle,
    lead: m.codes.accountLead,
    sentLead: m.codes.sentLead,
    button: m.codes.setPassword,
    pending: m.codes.settingPassword,
  }),
  ask: (visit, login, key) =>
    visit.call(requestPasswordReset, { body: { login, language: visit.language } }, { idempotencyKey: key }),
  fields: ({ m }, errors) => (
    <TextField
      name="password"
      label={m.codes.newPassword}
      hint={m.account.passwordHint}
      error={errors['password']}
      type="password"
      autoComplete="new-password"
      narrow
    />
  ),
  check: (m, form): Record<string, string> =>
    fields.password.safeParse(typed(form, 'password')).success ? {} : { password: m.account.errors.password },
  // The form has checked the rules, so what is left is the list of the passwords that everybody guesses.
  explain: (m, { errors = [] }) =>
    errors.some(({ path }) => path === 'password') ? { password: m.account.errors.passwordCommon } : null,
  finish: async (visit, { kept, code, form }) => {
    const password = typed(form, 'password');
    const enter = () => signIn(visit.request, visit.call, { login: readLogin(kept.login), password });
    const opened = await visit
      .call(confirmPasswordReset, { body: { codeId: kept.codeId, code, password } })
      .then(enter, async (refused: unknown) => {
        // A form pressed twice meets the password that its first press has set.
        if (refusalOf(refused)?.code !== 'wrong_code') throw refused;
        return enter().catch((error: unknown) => {
          throw refusalOf(error) ? refused : error;
        });
      });
    return seeOther(
      { ...visit, session: null, cookies: [...visit.cookies, ...opened.cookies] },
      nextPath(visit) ?? link(visit, homePath(opened.session)),
    );
  },
});
