import type { Visit } from '../../lib/visit.ts';
import { TextField } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';

/** Who somebody is and how they are reached: name and mobile number. E-mail is behind a link: most have a number. */
export function ContactFields(props: {
  visit: Visit;
  nameLabel: string;
  input: { fullName: string; mobile: string; email: string };
  errors: FieldErrors;
}) {
  const { input, errors } = props;
  const { account } = props.visit.m;
  return (
    <>
      <TextField
        name="fullName"
        label={props.nameLabel}
        error={errors['fullName']}
        value={input.fullName}
        type="text"
        autoComplete="name"
        spellCheck={false}
        draft="keep"
      />
      <TextField
        name="mobile"
        label={account.mobile}
        hint={account.mobileHint}
        error={errors['mobile']}
        value={input.mobile}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        draft="keep"
        narrow
      />
      <details open={input.email !== '' || errors['email'] !== undefined}>
        <summary className="link inline-flex min-h-12 items-center">{account.useEmail}</summary>
        <div className="pt-2">
          <TextField
            name="email"
            label={account.email}
            error={errors['email']}
            value={input.email}
            type="email"
            inputMode="email"
            autoComplete="email"
            spellCheck={false}
            draft="keep"
          />
        </div>
      </details>
    </>
  );
}
