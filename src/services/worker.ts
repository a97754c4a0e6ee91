import type { FastifyInstance } from 'fastify';
import { startDelivery } from '../notifications/delivery/deliver-messages.ts';
import { providersOf } from '../notifications/delivery/send-message.ts';
import type { Deps } from '../platform/deps.ts';
import { openBroker } from '../platform/broker.ts';
import { busTasks, openBus, relayBy, relayHere } from '../platform/bus.ts';
import { startJobs } from '../platform/jobs.ts';
import { liveTasks } from '../platform/live.ts';
import { gaugeQueues } from '../platform/metrics.ts';
import { appointmentLinks } from './appointment-links.ts';
import { currentRequestId } from '../platform/request-scope.ts';
import { doApart } from '../platform/works/do-apart.ts';
import { startWorks, workTasks } from '../platform/works/run-work.ts';
import { consumersOf } from './consumers.ts';
import { recurring, tasksOf } from './recurring.ts';
import type { WorkOrder } from './do-order.ts';
import { heapOf } from './work-heaps.ts';

/** Does what nobody waits for: the jobs of all modules, what they make of events, and sending the messages. */
export async function worker(app: FastifyInstance): Promise<void> {
  const { deps } = app;
  gaugeQueues(deps.metrics, deps.pool);
  const ends: (() => Promise<void>)[] = [];
  app.addHook('onReady', async () => {
    const links = appointmentLinks(deps.secrets);
    const delivery = startDelivery({ ...deps, links, providers: providersOf(deps) });
    ends.push(() => delivery.stop());
    const taken = (consumer: string) => {
      if (consumer === 'notifications') delivery.nudge();
    };
    const bus = openBus({ ...deps, consumers: consumersOf(deps), taken });
    const brokered = deps.config.rabbitmqUrl !== undefined;
    const relay = brokered ? {} : relayHere(bus, deps);
    const tasks = {
      ...relay,
      ...busTasks(bus, deps),
      ...liveTasks(app.live),
      ...workTasks(deps),
      ...tasksOf(deps),
    };
    const jobs = await startJobs({ ...deps, tasks, recurring: deps.config.recurringJobs ? recurring : [] });
    ends.push(() => jobs.stop());
    if (brokered) {
      const { publish, whileConnected, state, close } = openBroker(deps, bus);
      ends.push(close);
      app.watched.set('broker', state);
      // Apart from the other jobs: events that wait for the broker must take neither their places nor their tries.
      whileConnected(() => startJobs({ ...deps, tasks: relayBy(publish, deps), recurring: [] }));
    }
    const works = await startWorks(deps, ({ id, kind }, stopping) =>
      doApart(workProgram, orderOf(deps, id), { heap: heapOf(kind), stopping }),
    );
    ends.push(() => works.stop());
  });
  app.addHook('preClose', async () => {
    await Promise.all(ends.map((end) => end()));
  });
}

const workProgram = new URL('do-work.ts', import.meta.url);

const orderOf = ({ config, pool, clock }: Deps, workId: number): WorkOrder => ({
  workId,
  config,
  databaseUrl: pool.options.connectionString ?? '',
  now: clock.now().toString(),
  requestId: currentRequestId(),
});
