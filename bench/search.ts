import { startServer } from './child-process.ts';
import { openDataSet } from './data-set.ts';
import * as layout from './data-set/layout.ts';
import { closedLoop, openConnections, p50, p99, request, type Connection } from './http-load.ts';
import type { Figure, Report } from './report.ts';
import { interleave, median, medianRatio, percentile } from './statistics.ts';
import { jwtSecret } from './tokens.ts';

const rounds = 5;
const perRound = 150;

/** What people ask for, among 10,000 doctors; each with its first free place. */
const shapes: Record<string, Record<string, string>[]> = {
  'everybody, soonest first': [{}],
  'a specialization': [
    { specialization: 'cardiology' },
    { specialization: 'paediatrics' },
    { specialization: 'ent' },
  ],
  'a specialization in a district': [
    { specialization: 'cardiology', district: 'Dhaka' },
    { specialization: 'medicine', district: 'Cumilla' },
  ],
  'a district': [{ district: 'Dhaka' }, { district: 'Rangamati' }],
  'the lowest fee': [{ sort: 'fee' }, { sort: 'fee', maxFee: '600' }],
  'a name in English': [{ q: 'mahbub chowdhury' }, { q: 'Dr. Hossain' }, { q: 'tanvir' }],
  'a name in Bangla': [{ q: 'মাহবুব চৌধুরী' }, { q: 'ডা. হোসেন' }, { q: 'তানভীর' }],
  'an ailment': [{ q: 'chest pain' }, { q: 'জ্বর' }],
  'a misspelt name': [{ q: 'mahbbub choudhury' }, { q: 'tanvirr' }],
  'a word that nobody has': [{ q: 'xylophone' }],
  'text, place and free before': [
    { q: 'heart', district: 'Dhaka', availableBefore: '2026-11-03T18:00:00+06:00' },
  ],
};
const withoutText = ['everybody, soonest first', 'a specialization', 'a district', 'the lowest fee'];

export async function benchSearch(): Promise<Report> {
  const data = await openDataSet();
  try {
    const server = await startServer('server.ts', {
      DATABASE_URL: data.url,
      JWT_SECRET: jwtSecret,
      SERVICES: 'gateway,users,appointments',
    });
    const bare = await startServer('bare-server.ts', { databaseUrl: data.url });
    try {
      const open = await openConnections(server.url, 8);
      const asked = Object.entries(shapes).map(([name, queries]) => ({
        name,
        requests: Array.from({ length: perRound }, (_, index) =>
          search(queries[index % queries.length] ?? {}),
        ),
      }));
      const [first] = open;
      if (!first) throw new Error('no connection');
      asked.push({ name: 'the 50th page', requests: await deepPage(first) });
      for (const { requests } of asked) await closedLoop(open, requests.slice(0, 60));
      const results = await interleave(
        rounds,
        asked.map(
          ({ requests }) =>
            () =>
              closedLoop([first], requests),
        ),
      );
      const figures: Figure[] = asked.flatMap(({ name }, index) => [
        {
          what: `p50: ${name}`,
          value: median((results[index] ?? []).map(p50)),
          unit: 'ms',
          budget: { atMost: 3 },
        },
        {
          what: `p99: ${name}`,
          value: median((results[index] ?? []).map(p99)),
          unit: 'ms',
          budget: { atMost: 20 },
        },
      ]);
      const all = results.flat().flatMap(({ latencies }) => latencies);
      figures.push(
        { what: 'p50 of all shapes', value: percentile(all, 50), unit: 'ms', budget: { atMost: 3 } },
        { what: 'p99 of all shapes', value: percentile(all, 99), unit: 'ms', budget: { atMost: 20 } },
      );

      const bareOpen = await openConnections(bare.url, 8);
      const rows = Array.from({ length: 4_000 }, (_, index) =>
        request({ method: 'GET', path: `/row/${1 + ((index * 7_919) % layout.doctors)}` }),
      );
      await closedLoop(bareOpen, rows);
      const plain = asked
        .filter(({ name }) => withoutText.includes(name))
        .flatMap(({ requests }) => requests);
      const [ours = [], least = []] = await interleave(rounds, [
        async () => (await closedLoop(open, plain)).perSecond,
        async () => (await closedLoop(bareOpen, rows)).perSecond,
      ]);
      figures.push(
        { what: 'searches without text, 8 clients', value: median(ours), unit: '/s' },
        { what: 'one-row reads, 8 clients', value: median(least), unit: '/s' },
        {
          what: 'searches ÷ one-row reads',
          value: medianRatio(ours, least),
          unit: '',
          budget: { atLeast: 0.5 },
        },
      );
      return { figures, raw: { ours, least } };
    } finally {
      await Promise.all([server.stop(), bare.stop()]);
    }
  } finally {
    await data.stop();
  }
}

const search = (query: Record<string, string>): Buffer =>
  request({ method: 'GET', path: `/api/v1/doctors?${new URLSearchParams(query)}` });

/** Follows the cursors, as a reader would. */
async function deepPage(connection: Connection): Promise<Buffer[]> {
  let query: Record<string, string> = {};
  for (let page = 1; page < 50; page++) {
    const { body } = await connection.send(search(query));
    const { nextCursor }: { nextCursor: string } = JSON.parse(body.toString());
    query = { cursor: nextCursor };
  }
  return Array.from({ length: perRound }, () => search(query));
}
