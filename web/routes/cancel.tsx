import { cancelLive, getLive } from '../../src/contract/appointments.ts';
import { getChamberPolicy } from '../../src/contract/policies.ts';
import {
  appointmentWhen,
  canCancel,
  type SeenAppointment,
} from '../features/appointments/appointment-words.ts';
import { CallChamber } from '../features/appointments/call-chamber.tsx';
import { answerPage } from '../features/site/document.tsx';
import { digits } from '../lib/digits.ts';
import { doctorName, localName } from '../lib/names.ts';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { link, seeOther, typed, type Visit } from '../lib/visit.ts';
import { formatWhenInFull } from '../lib/when.ts';
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
    return showCancel(visit, seen, { token, reason: '', status: canCancel(visit, seen) ? 200 : 409 });
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
      const code = refusalOf(error)?.code;
      if (code !== 'wrong_state' && code !== 'too_late') throw error;
      const seen = await visit.call(getLive, { params: { token } });
      // Pressed twice: what was wanted is so.
      if (seen.status !== 'cancelled') return showCancel(visit, seen, { token, reason, status: 409 });
    }
    return seeOther(visit, link(visit, `/a/${token}`));
  },
};

/** What the chamber's rules give back of a payment when one cancels in time; null when they cannot be read just now. */
async function refundRule(
  { call, m, language }: Visit,
  { chamber }: SeenAppointment,
): Promise<string | null> {
  try {
    const { refundPercent } = await call(getChamberPolicy, { params: { id: chamber.id } });
    if (refundPercent === 100) return m.cancel.refundAll;
    return refundPercent === 0 ? m.cancel.refundNone : m.cancel.refundPart(digits(language, refundPercent));
  } catch (error) {
    if (!refusalOf(error)) throw error;
    return null;
  }
}

async function showCancel(
  visit: Visit,
  seen: SeenAppointment,
  shown: { token: string; reason: string; status: 200 | 409 | 422 },
): Promise<Response> {
  const { m, language } = visit;
  const errors: Record<string, string> = shown.status === 422 ? { reason: m.booking.reasonTooLong } : {};
  const refund = shown.status === 409 ? null : await refundRule(visit, seen);
  return answerPage(
    visit,
    { title: m.cancel.title, status: shown.status, failed: shown.status !== 200 },
    <Column>
      {shown.status === 409 ? (
        <Alert
          heading={
            seen.cancelUntil
              ? m.standing.cancelOver(formatWhenInFull(visit, seen.cancelUntil))
              : m.cancel.wrongState
          }
        >
          <CallChamber visit={visit} chamber={seen.chamber} />
        </Alert>
      ) : null}
      <ErrorSummary heading={m.site.problemHeading} errors={errors} />
      <PageHeading lead={shown.status === 409 ? undefined : m.cancel.lead}>{m.cancel.title}</PageHeading>
      {shown.status !== 409 && seen.cancelUntil ? (
        <p className="mb-4">{m.standing.cancelUntil(formatWhenInFull(visit, seen.cancelUntil))}</p>
      ) : null}
      {refund ? <p className="mb-4">{refund}</p> : null}
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
