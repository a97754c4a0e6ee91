import Fastify from 'fastify';
import pg from 'pg';
import { appointmentById } from '../src/appointments/booking/queries.ts';
import { answerParent, readOptions } from './child-process.ts';

/**
 * What the figures are measured against: the least that Fastify and pg need for a row, and a booking as it is often
 * written, which looks for an overlap and then inserts. Started by `startServer`.
 */
const { databaseUrl, connections = '16' } = readOptions();
const pool = new pg.Pool({ connectionString: databaseUrl, max: Number(connections) });
const app = Fastify({ keepAliveTimeout: 65_000 });

app.get<{ Params: { id: string } }>('/row/:id', async ({ params }) => {
  const { rows } = await pool.query({
    name: 'row',
    text: 'select id, full_name, user_type, district from users where id = $1',
    values: [params.id],
  });
  return rows[0];
});

app.get<{ Params: { id: string } }>('/appointments/:id', async ({ params }) => {
  const { rows } = await pool.query({ ...appointmentById, values: [params.id] });
  return rows[0];
});

app.post<{ Body: { doctorId: number; patientId: number; startsAt: string; endsAt: string } }>(
  '/naive',
  async ({ body }, reply) => {
    const { doctorId, patientId, startsAt, endsAt } = body;
    const { rows } = await pool.query({
      name: 'naive-check',
      text: 'select id from naive_appointments where doctor_id = $1 and starts_at < $3 and ends_at > $2',
      values: [doctorId, startsAt, endsAt],
    });
    if (rows.length > 0) return reply.code(409).send({ code: 'slot_taken' });
    const inserted = await pool.query({
      name: 'naive-insert',
      text: `insert into naive_appointments (doctor_id, patient_id, starts_at, ends_at)
             values ($1, $2, $3, $4) returning id`,
      values: [doctorId, patientId, startsAt, endsAt],
    });
    return reply.code(201).send(inserted.rows[0]);
  },
);

await pool.query(`
  create table if not exists naive_appointments (
    id bigint generated always as identity primary key, doctor_id integer not null, patient_id integer not null,
    starts_at timestamptz not null, ends_at timestamptz not null);
  create index if not exists naive_appointments_by_doctor on naive_appointments (doctor_id, starts_at)`);
const url = await app.listen({ port: 0, host: '127.0.0.1' });
answerParent(url, async () => {
  await app.close();
  await pool.end();
});
