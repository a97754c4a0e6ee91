import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freePlaces, freePlacesOfAll, occupied } from './places.ts';
import type { Place } from './places.ts';
import type { Range } from './range.ts';
import { sittings } from './sittings.ts';
import { exampleRule } from './testing/example-rule.ts';
import { freeOfConditions } from './testing/free-of-conditions.ts';
import { DAY, MINUTE, byStart, randomCases, shiftBy, startOf, takenRange } from './testing/random-cases.ts';
import {
  collide,
  everyPlace,
  isTaken,
  slowPlaces,
  slowSerial,
  slowSittings,
  slowVerdict,
} from './testing/reference-engine.ts';
import { allReasons, judgeGivenSerial, judgeSerial, judgeStart, serialAt } from './verdict.ts';
import type { Reason, Verdict } from './verdict.ts';

describe('against a slow, obviously right implementation', () => {
  it('gives the same sittings, places and verdicts in ten thousand cases', () => {
    let places = 0;
    const seen = new Set<Reason | 'free'>();
    fc.assert(
      fc.property(randomCases(), fc.array(fc.nat({ max: 14 * 24 * 60 }), { maxLength: 5 }), (of, minutes) => {
        const all = sittings(of.rules, of.dates);
        expect(all).toEqual(slowSittings(of));

        const offered = freePlacesOfAll(all, of);
        expect(offered).toEqual(all.map((sitting) => slowPlaces(sitting, of)));
        places += offered.flat().length;

        const begin = startOf(of);
        const starts = [
          ...minutes.map((minute) => begin + minute * MINUTE),
          ...all.map((sitting) => sitting.start + sitting.rule.slotMinutes * MINUTE),
        ];
        const verdicts: [Verdict, Verdict][] = [
          ...starts.map((startsAt): [Verdict, Verdict] => [
            judgeStart(all, { ...of, startsAt }),
            slowVerdict(all, { ...of, startsAt }),
          ]),
          ...all.map((sitting): [Verdict, Verdict] => [judgeSerial(sitting, of), slowSerial(sitting, of)]),
        ];
        expect(verdicts.map(([quick]) => quick)).toEqual(verdicts.map(([, slow]) => slow));
        for (const [verdict] of verdicts)
          for (const each of verdict.free ? ['free' as const] : verdict.reasons) seen.add(each);
      }),
      { numRuns: 10_000 },
    );
    // A generator that stops producing something would let the comparison pass on nothing.
    expect(places).toBeGreaterThan(100_000);
    expect([...seen].toSorted()).toEqual([...allReasons, 'free'].toSorted());
  });
});

describe('places', () => {
  it('picked one after another never take the same time of the doctor twice', () => {
    fc.assert(
      fc.property(randomCases(), (of) => {
        const picked: Range[] = [];
        const all = sittings(of.rules, of.dates).slice(0, 4);
        for (const sitting of all) {
          for (;;) {
            const taken = byStart([...of.taken, ...picked]);
            const [place] = freePlaces(sitting, { ...of, taken });
            if (place === undefined) break;
            picked.push(occupied(place, sitting.rule));
          }
        }
        for (const [index, mine] of picked.entries()) {
          const others = [...of.taken, ...picked.slice(0, index)];
          expect(others.filter((other) => collide(mine, other))).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('lie inside their sitting, on its step, and a serial is where its number says', () => {
    fc.assert(
      fc.property(randomCases(), (of) => {
        for (const sitting of sittings(of.rules, of.dates)) {
          const { mode, slotMinutes, capacity } = sitting.rule;
          for (const { start, end, serial } of freePlaces(sitting, of)) {
            expect(start).toBeGreaterThanOrEqual(sitting.start);
            expect((start - sitting.start) % (slotMinutes * MINUTE)).toBe(0);
            if (mode === 'timed') {
              expect(end).toBeLessThanOrEqual(sitting.end);
              expect(end - start).toBe(of.visitMinutes * MINUTE);
              expect(serial).toBeUndefined();
            } else {
              expect(serial).toBe((start - sitting.start) / (slotMinutes * MINUTE) + 1);
              expect(serial).toBeLessThanOrEqual(capacity ?? 0);
              expect(end - start).toBe(slotMinutes * MINUTE);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never overlap what is taken, and one more taken range never adds one', () => {
    fc.assert(
      fc.property(randomCases(), takenRange(), (of, busier) => {
        const extra = shiftBy(busier, startOf(of));
        for (const sitting of sittings(of.rules, of.dates)) {
          const before = freePlaces(sitting, of);
          for (const place of before) {
            expect(of.taken.filter((other) => collide(occupied(place, sitting.rule), other))).toEqual([]);
          }
          const after = freePlaces(sitting, { ...of, taken: byStart([...of.taken, extra]) });
          expect(before).toEqual(expect.arrayContaining(after));
          const lost = before.filter(({ start }) => !after.some((place) => place.start === start));
          expect(lost.filter((place) => !isTaken(sitting, place, { ...of, taken: [extra] }))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('free, taken and refused together are all that the rules give', () => {
    const counts = { free: 0, taken: 0, refused: 0 };
    fc.assert(
      fc.property(randomCases(), (given) => {
        const of = { ...given, patientTaken: [], patientLimitReached: false, doctorActive: true };
        for (const sitting of sittings(of.rules, of.dates)) {
          const free = new Set(freePlaces(sitting, of).map(({ start }) => start));
          for (const { start } of everyPlace(sitting, of.visitMinutes)) {
            if (sitting.rule.mode === 'serial') continue;
            const verdict = judgeStart([sitting], { ...of, startsAt: start });
            if (free.has(start)) counts.free++;
            else if (!verdict.free && verdict.reasons.join() === 'taken') counts.taken++;
            else counts.refused++;
            expect(verdict.free).toBe(free.has(start));
            if (verdict.free) continue;
            expect(verdict.reasons).not.toEqual([]);
            expect(verdict.reasons).not.toContain('outside_hours');
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(100);
  });

  it('serials of a sitting, free and taken together, are all from 1 to the capacity', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(),
        (capacity, slotMinutes, bits) => {
          const rule = exampleRule({ mode: 'serial', capacity, slotMinutes });
          const [sitting] = sittings([rule], { from: '2026-11-02', to: '2026-11-02' });
          if (sitting === undefined) throw new Error('no sitting');
          const query = { ...freeOfConditions, visitMinutes: 1, now: sitting.start };
          const everything = freePlaces(sitting, query);
          expect(everything.map(({ serial }) => serial)).toEqual(
            Array.from({ length: capacity }, (_, n) => n + 1),
          );
          const taken = everything.filter((_, index) => (bits >> (index % 31)) & 1);
          const free = freePlaces(sitting, { ...query, taken });
          expect(byStart([...free, ...taken])).toEqual(everything);
          const verdict = judgeSerial(sitting, {
            ...query,
            taken,
            patientTaken: [],
            patientLimitReached: false,
            doctorActive: true,
          });
          expect(verdict.free ? verdict.place : verdict.reasons).toEqual(free[0] ?? ['session_full']);
        },
      ),
    );
  });
});

it('serials handed out one after another, by any channels, are each given once and without a gap in their range', () => {
  fc.assert(
    fc.property(
      fc.record({ online: fc.nat({ max: 8 }), phone: fc.nat({ max: 8 }), walkIn: fc.nat({ max: 8 }) }),
      fc.nat({ max: 8 }),
      fc.constantFrom(null, 0, 60),
      fc.array(fc.constantFrom('online' as const, 'phone' as const, 'walk_in' as const), { maxLength: 40 }),
      (quotas, shared, quotaReleaseMinutes, arrivals) => {
        const capacity = quotas.online + quotas.phone + quotas.walkIn + shared;
        fc.pre(capacity > 0);
        const rule = exampleRule({ mode: 'serial', capacity, quotas, quotaReleaseMinutes });
        const [sitting] = sittings([rule], { from: '2026-11-02', to: '2026-11-02' });
        if (sitting === undefined) throw new Error('no sitting');
        const circumstances = {
          ...freeOfConditions,
          patientTaken: [],
          patientLimitReached: false,
          now: sitting.start,
          doctorActive: true,
        };
        const firstOf = { online: 1, phone: quotas.online + 1, walk_in: quotas.online + quotas.phone + 1 };
        const sizeOf = { online: quotas.online, phone: quotas.phone, walk_in: quotas.walkIn };
        const taken: Place[] = [];
        for (const channel of arrivals) {
          const verdict = judgeSerial(sitting, { ...circumstances, channel, taken: byStart(taken) });
          if (verdict.free) taken.push(verdict.place);
          else {
            const full = taken.length === capacity;
            expect(verdict.reasons).toEqual([full ? 'session_full' : 'quota_used']);
            if (!full) expect(quotaReleaseMinutes).toBeNull();
          }
        }
        const numbers = taken.map(({ serial }) => serial ?? 0);
        expect(new Set(numbers).size).toBe(numbers.length);
        const ranges = (['online', 'phone', 'walk_in'] as const).map((channel) => ({
          first: firstOf[channel],
          size: sizeOf[channel],
        }));
        const shares = [...ranges, { first: capacity - shared + 1, size: shared }];
        for (const { first, size } of shares) {
          const given = numbers.filter((number) => first <= number && number < first + size);
          expect(given.toSorted((a, b) => a - b)).toEqual(given.map((_, n) => first + n));
        }
      },
    ),
    { numRuns: 500 },
  );
});

it('shifting everything by a week shifts the answer by a week', () => {
  fc.assert(
    fc.property(randomCases(true), (of) => {
      const later = {
        ...of,
        rules: of.rules.map((rule) => ({
          ...rule,
          validFrom: weekLater(rule.validFrom),
          validUntil: weekLater(rule.validUntil),
        })),
        dates: { from: dateLater(of.dates.from), to: dateLater(of.dates.to) },
        now: of.now + 7 * DAY,
        taken: of.taken.map(weekOn),
        closures: of.closures.map((closure) => ({ ...closure, period: weekOn(closure.period) })),
        closedSessions: new Set([...of.closedSessions].map(keyLater)),
      };
      const shifted = freePlacesOfAll(sittings(of.rules, of.dates), of).map((places) => places.map(weekOn));
      expect(freePlacesOfAll(sittings(later.rules, later.dates), later)).toEqual(shifted);
    }),
    { numRuns: 300 },
  );
});

it('explanation and availability agree: every minute of a fortnight, and every serial sitting', () => {
  fc.assert(
    fc.property(randomCases(), (given) => {
      const of = { ...given, patientTaken: [], patientLimitReached: false, doctorActive: true };
      const all = sittings(of.rules, of.dates);
      const timed = all.filter(({ rule }) => rule.mode === 'timed');
      const offered = new Set(
        freePlacesOfAll(timed, of).flatMap((places) => places.map(({ start }) => start)),
      );
      const begin = startOf(of);
      const judged = new Set<number>();
      for (let startsAt = begin - DAY; startsAt < begin + 15 * DAY; startsAt += MINUTE) {
        const verdict = judgeStart(all, { ...of, startsAt });
        if (verdict.free) judged.add(startsAt);
        else if (verdict.reasons.length === 0) throw new Error('refused without a reason');
      }
      expect(judged).toEqual(offered);
      for (const sitting of all.filter(({ rule }) => rule.mode === 'serial')) {
        const verdict = judgeSerial(sitting, of);
        const places = freePlaces(sitting, of);
        if (verdict.free) expect(places).toContainEqual(verdict.place);
        else expect([places, verdict.reasons.length > 0]).toEqual([[], true]);
      }
    }),
    { numRuns: 25 },
  );
});

it('the explanation of a serial and availability agree for every serial and every minute of its time', () => {
  const seen = new Set<Reason | 'free'>();
  const agree = fc.property(randomCases(), (given) => {
    const of = { ...given, patientTaken: [], patientLimitReached: false, doctorActive: true };
    for (const sitting of sittings(of.rules, of.dates)) {
      const { mode, capacity, quotas } = sitting.rule;
      if (mode !== 'serial' || capacity === null) continue;
      const free = freePlaces(sitting, of);
      for (const { start, end, serial = 0 } of everyPlace(sitting, of.visitMinutes)) {
        expect([start, start + MINUTE / 2, end - 1].map((at) => serialAt(sitting, at))).toEqual([
          serial,
          serial,
          serial,
        ]);
        const verdict = judgeGivenSerial(sitting, { ...of, serial });
        expect(verdict.free ? verdict.place : null).toEqual(
          free.find((place) => place.serial === serial) ?? null,
        );
        for (const each of verdict.free ? ['free' as const] : verdict.reasons) seen.add(each);
        if (verdict.free) continue;
        expect(verdict.reasons).not.toEqual([]);
        if (quotas === null) expect(verdict.reasons).not.toContain('quota_used');
      }
      for (const serial of [0, capacity + 1])
        expect(judgeGivenSerial(sitting, { ...of, serial })).toMatchObject({
          free: false,
          reasons: expect.arrayContaining(['outside_hours']),
        });
    }
  });
  fc.assert(agree, { numRuns: 200 });
  // Cases that are known to hold every reason, so that the agreement is never about too little.
  fc.assert(agree, { numRuns: 300, seed: 2026 });
  expect([...seen].toSorted()).toEqual(
    [
      'free',
      'holiday',
      'quota_used',
      'session_closed',
      'taken',
      'time_off',
      'too_far',
      'too_soon',
    ].toSorted(),
  );
});

function weekOn<T extends Range>(range: T): T {
  return shiftBy(range, 7 * DAY);
}

function dateLater(date: string): string {
  return Temporal.PlainDate.from(date).add({ days: 7 }).toString();
}

function weekLater(date: string | null): string | null {
  return date === null ? null : dateLater(date);
}

function keyLater(key: string): string {
  const [scheduleId, date = ''] = key.split('.');
  return `${scheduleId}.${dateLater(date)}`;
}
