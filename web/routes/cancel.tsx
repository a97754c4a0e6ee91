import { cancelLive, getLive } from '../../src/contract/appointments.ts';
import {
  appointmentWhen,
  canCancel,
  type SeenAppointment,
} from '../features/appointments/appointment-words.ts';
import { answerPage } from '../features/site/document.tsx';
import { doctorName, localName } from '../lib/names.ts';
import { formatPhone } from '../lib/phone.ts';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { link, seeOther, typed, type Visit } from '../lib/visit.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { TextArea } from '../ui/field.tsx';
import { Column, PageHeading } from '../ui/layout.tsx';
import { Alert, ErrorSummary } from '../ui/notices.tsx';

const longestReason = 200;

export const cancel: PageRoute = {
  path: '/a/:token/cancel',
  get: async (visit, { token = '' }) => {
    const seen = await visit.call(getLive, { params: { token } });
    if (seen.status === 'cancelled') return seeOther(visit, link(visit, `/a/${token}`));
    return showCancel(visit, seen, { token, reason: '', status: canCancel(seen) ? 200 : 409 });
  },
  post: async (visit, { token = '' }, form) => {
    const reason = typed(form, 'reason').replace(/\r\n/g, '\n').trim();
    if (reason.length > longestReason)
      return showCancel(visit, await visit.call(getLive, { params: { token } }), {
        token,
        reason,
        status: 422,
      });
    try {
      await visit.call(cancelLive, { params: { token }, body: reason ? { reason } : {} });
    } catch (error) {
      if (refusalOf(error)?.code !== 'wrong_state') throw error;
      const seen = await visit.call(getLive, { params: { token } });
      // Pressed twice: what was wanted is so.
      if (seen.status !== 'cancelled') return showCancel(visit, seen, { token, reason, status: 409 });
    }
    return seeOther(visit, link(visit, `/a/${token}`));
  },
};

function showCancel(
  visit: Visit,
  seen: SeenAppointment,
  shown: { token: string; reason: string; status: 200 | 409 | 422 },
): Response {
  const { m, language } = visit;
  const errors: Record<string, string> = shown.status === 422 ? { reason: m.booking.reasonTooLong } : {};
  return answerPage(
    visit,
    { title: m.cancel.title, status: shown.status, failed: shown.status !== 200 },
    <Column>
      {shown.status === 409 ? (
        <Alert heading={m.cancel.wrongState}>
          {seen.chamber.phone ? (
            <a href={`tel:${seen.chamber.phone}`} className="link">
              {m.appointment.call(formatPhone(seen.chamber.phone))}
            </a>
          ) : null}
        </Alert>
      ) : null}
      <ErrorSummary heading={m.site.problemHeading} errors={errors} />
      <PageHeading lead={shown.status === 409 ? undefined : m.cancel.lead}>{m.cancel.title}</PageHeading>
      <div className="mb-8 border-t-2 border-green bg-white px-4 pb-2">
        <Facts
          facts={[
            { name: m.booking.doctor, value: <strong>{doctorName(language, seen.doctor)}</strong> },
            { name: m.booking.chamber, value: localName(language, seen.chamber) },
            { name: m.appointment.when, value: <strong>{appointmentWhen(visit, seen)}</strong> },
            { name: m.appointment.patient, value: seen.patient.fullName },
          ]}
        />
      </div>
      <form
        method="post"
        action={link(visit, `/a/${shown.token}/cancel`)}
        noValidate
        className="grid grid-cols-1 gap-6"
      >
        {shown.status === 409 ? null : (
          <TextArea
            name="reason"
            label={m.cancel.reason}
            optional={m.site.optional}
            hint={m.cancel.reasonHint}
            error={errors['reason']}
            value={shown.reason}
            rows={2}
            maxLength={longestReason}
          />
        )}
        <div className="flex flex-wrap gap-3">
          {shown.status === 409 ? null : (
            <Button look="danger" pending={m.cancel.pending}>
              {m.cancel.confirm}
            </Button>
          )}
          <ButtonLink href={link(visit, `/a/${shown.token}`)} look="secondary">
            {m.cancel.keep}
          </ButtonLink>
        </div>
      </form>
    </Column>,
  );
}
