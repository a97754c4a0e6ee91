import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { spellSchema } from '../../scripts/schedule/spell-schema.ts';

const folder = 'docs/examples/schedule';
const names = readdirSync(folder)
  .filter((file) => !file.endsWith('.answer.json'))
  .map((file) => path.basename(file, '.json'));

function ask(input: string): { status: number | null; said: string; mistakes: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/schedule.ts'], {
    input,
    encoding: 'utf8',
  });
  return { status, said: stdout, mistakes: stderr.split('\n').filter((line) => line !== '') };
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

describe('the examples', () => {
  it('are there', () => {
    expect(names.length).toBeGreaterThanOrEqual(6);
  });

  it.each(names)('%s is answered as written beside it', (name) => {
    const { status, said, mistakes } = ask(readFileSync(`${folder}/${name}.json`, 'utf8'));
    expect([status, mistakes]).toEqual([0, []]);
    expect(JSON.parse(said)).toEqual(read(`${folder}/${name}.answer.json`));
  });
});

it('the JSON Schema beside the documentation is the one the door checks with', () => {
  expect(read('docs/scheduling.schema.json'), 'run: node scripts/generate-schedule-schema.ts').toEqual(
    JSON.parse(JSON.stringify(spellSchema())),
  );
});

describe('invalid input', () => {
  const rule = {
    scheduleId: 1,
    chamberId: 1,
    zone: 'Asia/Dhaka',
    weekday: 1,
    from: '10:00',
    to: '12:00',
    mode: 'timed',
    slotMinutes: 15,
  };
  const range = { start: '2026-11-23T10:00:00+06:00', end: '2026-11-23T10:00:00+06:00' };
  const closure = { kind: 'holiday', zone: 'Asia/Dhaka', from: '2026-11-23', until: '2026-11-22' };
  const availability = { kind: 'availability', from: '2026-11-23', to: '2026-11-24', visitMinutes: 15 };
  const series = { kind: 'series', from: '2026-11-23', every: { days: 1 }, at: '10:00', visitMinutes: 15 };
  const sound = { rules: [rule], now: '2026-11-22T00:00:00Z', query: availability };

  it('says every mistake of the shape on a line with its path', () => {
    const { status, said, mistakes } = ask(
      JSON.stringify({
        ...sound,
        rules: [
          { ...rule, to: '9:00', weekday: 8, colour: 'red', nickname: '' },
          { ...rule, zone: 'Mars/Base' },
        ],
        taken: [{ ...range, end: '2026-11-23T10:00:00' }],
        closures: [{ ...closure, from: '23 November' }],
        closedSessions: ['1.2026-11-31'],
        channel: 'fax',
        now: 'yesterday',
        query: { ...availability, from: '2026-02-29', visitMinutes: 0 },
        more: true,
      }),
    );
    expect([status, said]).toEqual([2, '']);
    expect(mistakes).toHaveLength(13);
    expect(new Set(mistakes.map((line) => line.split(': ')[0]))).toEqual(
      new Set([
        'rules[0].to',
        'rules[0].weekday',
        'rules[0].colour',
        'rules[0].nickname',
        'rules[1].zone',
        'taken[0].end',
        'closures[0].from',
        'closedSessions[0]',
        'channel',
        'now',
        'query.from',
        'query.visitMinutes',
        'more',
      ]),
    );
  });

  it('and then every mistake of what goes together', () => {
    const { status, mistakes } = ask(
      JSON.stringify({
        ...sound,
        rules: [
          { ...rule, mode: 'serial' },
          { ...rule, exception: true, validFrom: '2026-11-24', validUntil: '2026-11-24' },
        ],
        taken: [range],
        patientTaken: [range],
        closures: [closure],
        query: { ...availability, to: '2026-11-22' },
      }),
    );
    expect(status).toBe(2);
    expect(mistakes.map((line) => line.split(': ')[0])).toEqual([
      'rules[0].capacity',
      'rules[1].weekday',
      'rules[1].scheduleId',
      'closures[0].until',
      'taken[0].end',
      'patientTaken[0].end',
      'query.to',
    ]);
  });

  it.each([
    ['nothing', '', 'case'],
    ['no object', '[]', 'case'],
    ['no such query', JSON.stringify({ ...sound, query: { kind: 'guess' } }), 'query.kind'],
    [
      'a span of years',
      JSON.stringify({ ...sound, query: { ...availability, to: '2036-01-01' } }),
      'query.to',
    ],
    ['a series without an end', JSON.stringify({ ...sound, query: series }), 'query'],
    ['no such step', JSON.stringify({ ...sound, query: { ...series, every: { years: 1 } } }), 'query.every'],
    [
      'a step beyond reason',
      JSON.stringify({ ...sound, query: { ...series, every: { days: 9_999 }, count: 2 } }),
      'query.every.days',
    ],
    ['a year out of reach', JSON.stringify({ ...sound, now: '9999-12-31T23:59:59Z' }), 'now'],
  ])('%s', (_, input, at) => {
    const { status, mistakes } = ask(input);
    expect([status, mistakes.length]).toEqual([2, 1]);
    expect(mistakes[0]).toMatch(`${at}: `);
  });
});
