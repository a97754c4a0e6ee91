import type { FieldErrors } from '../../ui/notices.tsx';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ContactFields } from './contact-fields.tsx';
import { nextPath } from './next-choice.ts';
import type { RegisterInput } from './read-registration.ts';

/** Name, mobile number, password: nothing else is asked. */
export function RegisterForm(props: { visit: Visit; input: RegisterInput; errors: FieldErrors }) {
  const { visit, input, errors } = props;
  const { m } = visit;
  const next = nextPath(visit);
  return (
    <>
      <form
        method="post"
        action={withQuery(link(visit, '/register'), { next })}
        noValidate
        data-drafts="register"
        className="grid grid-cols-1 gap-5"
      >
        <ContactFields visit={visit} nameLabel={m.account.fullName} input={input} errors={errors} />
        <TextField
          name="password"
          label={m.account.password}
          hint={m.account.passwordHint}
          error={errors['password']}
          type="password"
          autoComplete="new-password"
        />
        <div>
          <Button pending={m.account.registering} wide>
            {m.account.register}
          </Button>
        </div>
      </form>
      <p className="mt-8 flex flex-wrap items-center gap-x-3 border-t border-hairline pt-4">
        {m.account.haveAccount}
        <a
          href={withQuery(link(visit, '/sign-in'), { next })}
          className="link inline-flex min-h-12 items-center"
        >
          {m.account.signIn}
        </a>
      </p>
    </>
  );
}
