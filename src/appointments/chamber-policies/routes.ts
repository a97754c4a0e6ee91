import type { FastifyInstance } from 'fastify';
import { getChamberPolicy, patchChamberPolicy } from '../../contract/policies.ts';
import { serve } from '../../platform/http.ts';
import { Problem } from '../../platform/problems.ts';
import { mayChange } from '../chambers/policy.ts';
import { findChamber } from '../chambers/queries.ts';
import { mayPublish } from '../schedules/policy.ts';
import { findStanding } from '../schedules/queries.ts';
import { changePolicy } from './change-policy.ts';
import { presentPolicy } from './present.ts';
import { findPolicy } from './queries.ts';

export function chamberPolicyRoutes(app: FastifyInstance): void {
  const { db } = app.deps;

  serve(app, getChamberPolicy, async ({ params }) => {
    const policy = await findPolicy(db, params.id);
    if (!policy) throw new Problem('not_found');
    return presentPolicy(policy);
  });

  serve(app, patchChamberPolicy, async ({ params, body, actor }) => {
    const chamber = await findChamber(db, params.id);
    if (!chamber) throw new Problem('not_found');
    mayChange(actor, chamber);
    mayPublish(actor, await findStanding(db, actor.userId));
    return presentPolicy(await changePolicy(db, { chamberId: params.id, change: body }));
  });
}
