import * as admin from './admin.ts';
import * as appointments from './appointments.ts';
import * as auth from './auth.ts';
import * as chambers from './chambers.ts';
import * as doctors from './doctors.ts';
import * as exceptions from './exceptions.ts';
import * as locations from './locations.ts';
import * as me from './me.ts';
import type { Route } from './route.ts';
import * as schedules from './schedules.ts';

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
    doctors.explainPlace,
    chambers.listChambers,
    chambers.createChamber,
    chambers.patchChamber,
    chambers.endChamber,
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
    appointments.getLive,
    appointments.cancelLive,
  ],
} as const satisfies Record<string, readonly Route[]>;
