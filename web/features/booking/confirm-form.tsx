import type { Patient } from '../../../src/contract/me.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { Button } from '../../ui/button.tsx';
import { Choices, TextArea } from '../../ui/field.tsx';
import { ErrorSummary, type FieldErrors } from '../../ui/notices.tsx';
import { type Choice, choiceQuery } from './find-choice.ts';

export type ConfirmInput = { patientId: string; reason: string; idempotencyKey: string };

export const longestReason = 200;

/** The last step: for whom, why if they like, and the button that books. */
export function ConfirmForm(props: {
  visit: Visit;
  choice: Choice;
  patients: readonly Patient[];
  input: ConfirmInput;
  errors: FieldErrors;
}) {
  const { visit, choice, patients, input, errors } = props;
  const { m } = visit;
  const self = patients.find(({ relation }) => relation === 'self') ?? patients[0];
  return (
    <>
      <ErrorSummary heading={m.site.problemHeading} errors={errors} />
      <form
        method="post"
        action={withQuery(link(visit, `/book/${choice.doctor.slug}`), choiceQuery(choice))}
        noValidate
        className="grid grid-cols-1 gap-6"
      >
        <input type="hidden" name="idempotencyKey" value={input.idempotencyKey} />
        {patients.length > 1 ? (
          <Choices
            name="patientId"
            legend={m.booking.whoFor}
            error={errors['patientId']}
            value={input.patientId || String(self?.id ?? '')}
            options={patients.map((one) => ({
              value: String(one.id),
              text: one.relation === 'self' ? m.booking.me(one.fullName) : one.fullName,
            }))}
          />
        ) : (
          <p>
            <span className="text-quiet">{m.booking.patient}: </span>
            <strong>{self?.fullName ?? visit.session?.name}</strong>
          </p>
        )}
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
        <div>
          <Button pending={m.booking.pending} wide>
            {choice.serial ? m.booking.confirmSerial : m.booking.confirmTime}
          </Button>
          <p className="mt-3 text-note text-quiet">{m.booking.freeCancel}</p>
        </div>
      </form>
    </>
  );
}
