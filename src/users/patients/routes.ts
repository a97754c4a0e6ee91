import type { FastifyInstance } from 'fastify';
import { addPatient as addPatientRoute, listPatients, patchPatient } from '../../contract/me.ts';
import { serve } from '../../platform/http.ts';
import { addPatient } from './add-patient.ts';
import { changePatient } from './change-patient.ts';
import { presentPatient } from './present.ts';
import { listPatientsOf } from './queries.ts';

export async function patientRoutes(app: FastifyInstance): Promise<void> {
  const { db } = app.deps;

  serve(app, listPatients, async ({ actor }) => ({
    items: (await listPatientsOf(db, actor.userId)).map(presentPatient),
  }));

  serve(app, addPatientRoute, async ({ actor, body, now }) => ({
    patient: presentPatient(await db.transaction().execute((tx) => addPatient(tx, body, actor, now))),
  }));

  serve(app, patchPatient, async ({ actor, params, body, now }) => ({
    patient: presentPatient(
      await db.transaction().execute((tx) => changePatient(tx, { ...body, id: params.id }, actor, now)),
    ),
  }));
}
