import type { Patient } from '../../../src/contract/me.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { type ConfirmInput, longestReason } from './confirm-input.ts';
import { type Choice, choiceQuery } from './find-choice.ts';
import { confirmFormId } from './hold-panel.tsx';
import type { KeptGuest } from './kept-guest.ts';
import { VisitChoice } from './visit-choice.tsx';
import { WhoFor } from './who-for.tsx';

/** The last step: for whom, why if they like, and the button that books. */
export function ConfirmForm(props: {
  visit: Visit;
  choice: Choice;
  /** Of the account; a guest books for whom they have named. */
  who: { patients: readonly Patient[] } | { guest: KeptGuest };
  input: ConfirmInput;
  errors: FieldErrors;
}) {
  const { visit, choice, who, input, errors } = props;
  const { m } = visit;
  const action = withQuery(link(visit, `/book/${choice.doctor.slug}`), choiceQuery(choice));
  return (
    <form
      id={confirmFormId}
      method="post"
      action={action}
      noValidate
      data-drafts={`book ${choice.doctor.slug}`}
      className="grid grid-cols-1 gap-6"
    >
      <BookingKeys input={input} />
      <VisitChoice visit={visit} choice={choice} />
      {'guest' in who ? (
        <p>
          <span className="text-quiet">{m.guest.booksAs}: </span>
          <strong>{who.guest.fullName}</strong>
        </p>
      ) : (
        <WhoFor visit={visit} patients={who.patients} input={input} errors={errors} />
      )}
      <Reason visit={visit} input={input} errors={errors} />
      <ConfirmButton visit={visit} choice={choice} />
    </form>
  );
}

/** What makes the second press of a form the same booking, and the script's hold the form's own. */
export function BookingKeys({ input }: { input: ConfirmInput }) {
  return (
    <>
      <input type="hidden" name="idempotencyKey" value={input.idempotencyKey} />
      <input type="hidden" name="holdKey" value={input.holdKey} />
    </>
  );
}

/** The reason for the visit, behind a link: most have nothing to write. */
function Reason(props: { visit: Visit; input: ConfirmInput; errors: FieldErrors }) {
  const { visit, input, errors } = props;
  const { m } = visit;
  return (
    <details open={input.reason !== '' || errors['reason'] !== undefined}>
      <summary className="link inline-flex min-h-12 items-center">{m.details.addReason}</summary>
      <div className="pt-2">
        <TextArea
          name="reason"
          label={m.booking.reason}
          optional={m.site.optional}
          hint={m.booking.reasonHint}
          error={errors['reason']}
          value={input.reason}
          rows={3}
          maxLength={longestReason}
        />
      </div>
    </details>
  );
}

function ConfirmButton({ visit, choice }: { visit: Visit; choice: Choice }) {
  const { m } = visit;
  const asked = choice.doctor.needsApproval;
  return (
    <div>
      <Button pending={asked ? m.details.requestPending : m.booking.pending} wide>
        {asked ? m.details.request : choice.serial ? m.booking.confirmSerial : m.booking.confirmTime}
      </Button>
      <p className="mt-3 text-note text-quiet">{asked ? m.details.requestNote : m.booking.freeCancel}</p>
    </div>
  );
}
