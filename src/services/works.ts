import { scheduleImport } from '../appointments/imports/import-schedules.ts';
import { importWorks } from '../platform/imports/import-works.ts';
import type { Deps } from '../platform/deps.ts';
import type { Works } from '../platform/works.ts';
import { reportWorks } from '../reports/tasks.ts';
import { doctorImport } from '../users/imports/import-doctors.ts';
import { patientImport } from '../users/imports/import-patients.ts';
import { appointmentLinks } from './appointment-links.ts';

/** The long works of all modules, by kind. */
export const worksOf = (deps: Deps): Works => ({
  ...importWorks(deps, [patientImport, doctorImport, scheduleImport]),
  ...reportWorks(deps, appointmentLinks(deps.secrets)),
});
