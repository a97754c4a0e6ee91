import type { FastifyInstance } from 'fastify';
import { appointmentRecurring, appointmentTasks } from '../appointments/tasks.ts';
import { appointmentSubscribers } from '../appointments/subscribers.ts';
import { relay } from '../platform/bus.ts';
import { startJobs } from '../platform/jobs.ts';
import { signInRecurring, signInTasks } from '../users/sign-ins/tasks.ts';

/** Runs the jobs of all modules. Every recurring job is listed by its module's tasks.ts and started here. */
export async function worker(app: FastifyInstance): Promise<void> {
  const { deps } = app;
  let jobs: Awaited<ReturnType<typeof startJobs>> | undefined;
  app.addHook('onReady', async () => {
    jobs = await startJobs({
      pool: deps.pool,
      log: deps.log,
      tasks: { ...relay(appointmentSubscribers(deps)), ...appointmentTasks(deps), ...signInTasks(deps) },
      recurring: [...appointmentRecurring, ...signInRecurring],
    });
  });
  app.addHook('preClose', async () => jobs?.stop());
}
