import * as admin from './admin.ts';
import * as appointments from './appointments.ts';
import * as attachments from './attachments.ts';
import * as auth from './auth.ts';
import * as chambers from './chambers.ts';
import * as deskPatients from './desk-patients.ts';
import * as deadLetters from './dead-letters.ts';
import * as desk from './desk.ts';
import * as doctors from './doctors.ts';
import * as exceptions from './exceptions.ts';
import * as counts from './counts.ts';
import * as exports from './exports.ts';
import * as figures from './figures.ts';
import * as guests from './guests.ts';
import * as holds from './holds.ts';
import * as imports from './imports.ts';
import * as locations from './locations.ts';
import * as me from './me.ts';
import * as messages from './messages.ts';
import * as notifications from './notifications.ts';
import * as overview from './overview.ts';
import * as payments from './payments.ts';
import * as policies from './policies.ts';
import * as reports from './reports.ts';
import type { Route } from './route.ts';
import * as schedules from './schedules.ts';
import * as settings from './settings.ts';
import type { Stream } from './streams.ts';
import * as waitlist from './waitlist.ts';
import * as works from './works.ts';

/** The routes by the service that answers them. The gateway documents all and mounts or proxies each. */
export const routesByService = {
  users: [
    auth.register,
    auth.login,
    auth.refresh,
    auth.logout,
    auth.requestOtp,
    auth.confirmOtp,
    auth.requestPasswordReset,
    auth.confirmPasswordReset,
    guests.createGuest,
    guests.confirmGuest,
    me.getMe,
    me.patchMe,
    me.requestVerification,
    me.confirmVerification,
    me.putPhoto,
    me.listSignIns,
    me.endSignIn,
    me.listPatients,
    me.addPatient,
    me.patchPatient,
    deskPatients.findPatients,
    deskPatients.addDeskPatient,
    locations.listDivisions,
    locations.listDistricts,
    locations.listThanas,
    locations.listSpecializations,
    admin.listUsers,
    admin.getUser,
    admin.addUser,
    admin.inviteUser,
    admin.patchUser,
    admin.decideDoctor,
    settings.getSettings,
    settings.getAdminSettings,
    settings.patchSettings,
    settings.listSettingsHistory,
    settings.takeBackSettings,
    imports.getTemplate,
    imports.listImports,
    imports.checkImport,
    imports.getImport,
    imports.confirmImport,
    imports.takeBackImport,
    imports.listFindings,
    deadLetters.listDeadLetters,
    deadLetters.getDeadLetter,
    deadLetters.replayDeadLetter,
    deadLetters.dropDeadLetter,
  ],
  appointments: [
    doctors.searchDoctors,
    doctors.getDoctor,
    doctors.getAvailability,
    doctors.explainPlace,
    chambers.listChambers,
    chambers.createChamber,
    chambers.patchChamber,
    chambers.endChamber,
    policies.getChamberPolicy,
    policies.patchChamberPolicy,
    attachments.listAttachments,
    attachments.attachAssistant,
    attachments.endAttachment,
    attachments.getMyDesk,
    schedules.listVisitTypes,
    schedules.createVisitType,
    schedules.patchVisitType,
    schedules.endVisitType,
    schedules.getArrangement,
    schedules.patchArrangement,
    schedules.listSchedules,
    schedules.createSchedule,
    schedules.patchSchedule,
    schedules.endSchedule,
    schedules.putWeek,
    exceptions.listExceptions,
    exceptions.createException,
    exceptions.patchException,
    exceptions.endException,
    exceptions.listHolidays,
    exceptions.createHoliday,
    exceptions.patchHoliday,
    exceptions.endHoliday,
    exceptions.listPublicHolidays,
    exceptions.adoptHolidays,
    appointments.bookAppointment,
    appointments.listAppointments,
    appointments.getAppointment,
    appointments.cancelAppointment,
    appointments.rescheduleAppointment,
    appointments.approveAppointment,
    appointments.declineAppointment,
    appointments.arrive,
    appointments.startVisit,
    appointments.completeVisit,
    appointments.missVisit,
    appointments.undoMove,
    appointments.swapAppointments,
    appointments.getHistory,
    appointments.getVisitNote,
    appointments.putVisitNote,
    payments.listPayments,
    payments.takePayment,
    payments.refundPayment,
    desk.listDesk,
    guests.listGuestAppointments,
    holds.createHold,
    holds.renewHold,
    holds.endHold,
    waitlist.joinWaitlist,
    waitlist.listWaitlist,
    waitlist.leaveWaitlist,
    waitlist.acceptOffer,
    waitlist.declineOffer,
    waitlist.getWaiting,
    waitlist.acceptWaiting,
    waitlist.declineWaiting,
    waitlist.leaveWaiting,
    appointments.getLive,
    appointments.cancelLive,
    appointments.rescheduleLive,
    // The notifications module's, answered by the same processes.
    notifications.listNotifications,
    notifications.readNotifications,
    notifications.getNotificationSettings,
    notifications.putNotificationSettings,
    messages.listMessages,
    messages.resolveMessage,
    messages.listTemplates,
    messages.putTemplate,
    messages.endTemplate,
    messages.previewTemplate,
    messages.listWebhooks,
    messages.addWebhook,
    messages.endWebhook,
    messages.listMailbox,
    // The reports module's.
    reports.getMonthlyReport,
    reports.makeMonthlyReport,
    reports.getMonthlySummary,
    reports.listReportAppointments,
    figures.getFigureReport,
    figures.listFigureAppointments,
    figures.listOfferedSittings,
    exports.exportRows,
    counts.countReport,
    counts.getCountedFile,
    overview.getOverview,
    // Long work of every service.
    works.listWorks,
    works.getWork,
    works.cancelWork,
    works.getWorkFile,
  ],
} as const satisfies Record<string, readonly Route[]>;

/** The WebSockets, all at the gateway. */
export const streams: readonly Stream[] = [notifications.streamNotifications];
