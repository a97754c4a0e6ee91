import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { ContactFields } from '../account/contact-fields.tsx';
import { BookingKeys } from './confirm-form.tsx';
import type { ConfirmInput } from './confirm-input.ts';
import { type Choice, choiceQuery } from './find-choice.ts';
import { confirmFormId } from './hold-panel.tsx';
import { VisitChoice } from './visit-choice.tsx';

/** Name and mobile number: all that is asked of somebody without an account. */
export function GuestForm(props: { visit: Visit; choice: Choice; input: ConfirmInput; errors: FieldErrors }) {
  const { visit, choice, input, errors } = props;
  const { m } = visit;
  return (
    <form
      id={confirmFormId}
      method="post"
      action={withQuery(link(visit, `/book/${choice.doctor.slug}/code`), choiceQuery(choice))}
      noValidate
      data-drafts={`book ${choice.doctor.slug}`}
      className="grid grid-cols-1 gap-5"
    >
      <BookingKeys input={input} />
      <input type="hidden" name="act" value="send" />
      <VisitChoice visit={visit} choice={choice} />
      <ContactFields visit={visit} nameLabel={m.who.newName} input={input} errors={errors} />
      <div>
        <Button pending={m.guest.sending} wide>
          {m.guest.send}
        </Button>
        <p className="mt-3 text-note text-quiet">{m.guest.lead}</p>
      </div>
    </form>
  );
}

/** The other ways to book: an account, or for a guest who is known, another person. */
export function GuestLinks({ visit, choice, known }: { visit: Visit; choice: Choice; known: boolean }) {
  const { m } = visit;
  const { slug } = choice.doctor;
  const next = withQuery(link(visit, `/book/${slug}`), choiceQuery(choice));
  return (
    <section aria-labelledby="account" className="mt-8 border-t border-hairline pt-6">
      {known ? (
        <form
          method="post"
          action={withQuery(link(visit, `/book/${slug}/code`), choiceQuery(choice))}
          className="mb-4"
        >
          <input type="hidden" name="act" value="change" />
          <button type="submit" className="link min-h-12 text-left">
            {m.guest.otherPerson}
          </button>
        </form>
      ) : null}
      <h2 id="account" className="mb-2 text-body">
        {m.guest.haveAccount}
      </h2>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href={withQuery(link(visit, '/sign-in'), { next })} look="secondary">
          {m.account.signIn}
        </ButtonLink>
        <ButtonLink href={withQuery(link(visit, '/register'), { next })} look="secondary">
          {m.account.createAccount}
        </ButtonLink>
      </p>
    </section>
  );
}
