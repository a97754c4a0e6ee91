import type { Subscribers } from '../platform/bus.ts';
import type { Tx } from '../platform/database.ts';
import type { Deps } from '../platform/deps.ts';
import { addCode } from './planning/add-code.ts';
import { addInvitation } from './planning/add-invitation.ts';
import { addMessages, addNews } from './planning/add-messages.ts';
import { addReport } from './planning/add-report.ts';
import { findAwaited } from './planning/queries.ts';

type OfAppointment = { name: string; data: { appointmentId: number; version: number } };

/** Events become rows of the ledger; the delivery is nudged, or finds them there within a second. */
export function notificationSubscribers({ config }: Pick<Deps, 'config'>): Subscribers {
  const tell = [({ name, data }: OfAppointment, tx: Tx) => addMessages(tx, { ...data, event: name }, config)];
  const news = (kind: 'nearly_next' | 'waitlist_offer') => [
    ({ data: { appointmentId, version } }: OfAppointment, tx: Tx) =>
      addNews(tx, { appointmentId, version, told: { kind, minutes: 0 } }, config),
  ];
  return {
    'appointment.held': tell,
    'appointment.booked': tell,
    'appointment.requested': tell,
    'appointment.approved': tell,
    'appointment.declined': tell,
    'appointment.rescheduled': tell,
    'appointment.cancelled': tell,
    'appointment.expired': tell,
    'appointment.attended': tell,
    'appointment.nearly_next': news('nearly_next'),
    'waitlist.offered': news('waitlist_offer'),
    'session.delayed': [
      async ({ data: { sessionId, minutes } }, tx) => {
        for (const each of await findAwaited(tx, sessionId))
          await addNews(tx, { ...each, told: { kind: 'doctor_late', minutes } }, config);
      },
    ],
    'report.ready': [({ data: { reportId } }, tx) => addReport(tx, reportId, config)],
    'user.invited': [({ data: { invitationId } }, tx) => addInvitation(tx, invitationId)],
    'code.issued': [
      async ({ data: { codeId } }, tx) => {
        await addCode(tx, codeId);
      },
    ],
  };
}
