import type { FastifyInstance } from 'fastify';
import { addPatient as addPatientRoute, listPatients, patchPatient } from '../../contract/me.ts';
import { addDeskPatient, findPatients } from '../../contract/desk-patients.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { addPatientWithoutAccount } from './add-desk-patient.ts';
import { addPatient } from './add-patient.ts';
import { changePatient } from './change-patient.ts';
import { findPatientsByMobile } from './find-patients.ts';
import { presentDeskPatient, presentPatient } from './present.ts';
import { listPatientsOf } from './queries.ts';

export async function patientRoutes(app: FastifyInstance): Promise<void> {
  const { db } = app.deps;

  serve(app, listPatients, async ({ actor }) => ({
    items: (await listPatientsOf(db, actor.userId)).map(presentPatient),
  }));

  serve(app, addPatientRoute, async ({ actor, body, now, idempotency }) => ({
    patient: presentPatient(
      await answerOnce(db, { userId: actor.userId, idempotency, status: 201, now }, (tx) =>
        addPatient(tx, body, actor, now),
      ),
    ),
  }));

  serve(app, findPatients, async ({ actor, query, now }) => ({
    items: await db
      .transaction()
      .execute(async (tx) =>
        (await findPatientsByMobile(tx, query.mobile, actor, now)).map(presentDeskPatient),
      ),
  }));

  serve(app, addDeskPatient, async ({ actor, body, now, idempotency }) => ({
    patient: presentDeskPatient(
      await answerOnce(db, { userId: actor.userId, idempotency, status: 201, now }, (tx) =>
        addPatientWithoutAccount(tx, body, actor, now),
      ),
    ),
  }));

  serve(app, patchPatient, async ({ actor, params, body, now }) => ({
    patient: presentPatient(
      await db.transaction().execute((tx) => changePatient(tx, { ...body, id: params.id }, actor, now)),
    ),
  }));
}
