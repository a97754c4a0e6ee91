import * as admin from './admin.ts';
import * as appointments from './appointments.ts';
import * as auth from './auth.ts';
import * as chambers from './chambers.ts';
import * as doctors from './doctors.ts';
import * as locations from './locations.ts';
import * as me from './me.ts';
import type { Route } from './route.ts';

/** The routes by the service that answers them. The gateway documents all and mounts or proxies each. */
export const routesByService = {
  users: [
    auth.register,
    auth.login,
    auth.refresh,
    auth.logout,
    me.getMe,
    me.patchMe,
    me.putPhoto,
    me.listSignIns,
    me.endSignIn,
    me.listPatients,
    me.addPatient,
    me.patchPatient,
    locations.listDivisions,
    locations.listDistricts,
    locations.listThanas,
    locations.listSpecializations,
    admin.listUsers,
    admin.patchUser,
    admin.decideDoctor,
  ],
  appointments: [
    doctors.searchDoctors,
    doctors.getDoctor,
    doctors.getAvailability,
    chambers.listChambers,
    chambers.createChamber,
    chambers.listVisitTypes,
    chambers.createVisitType,
    chambers.listSchedules,
    chambers.createSchedule,
    chambers.endSchedule,
    appointments.bookAppointment,
    appointments.listAppointments,
    appointments.getAppointment,
    appointments.cancelAppointment,
    appointments.getLive,
    appointments.cancelLive,
  ],
} as const satisfies Record<string, readonly Route[]>;
