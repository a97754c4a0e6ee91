import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freePlaces, freePlacesOfAll, occupied } from './places.ts';
import type { Range } from './range.ts';
import { sittings } from './sittings.ts';
import { exampleRule } from './testing/example-rule.ts';
import { MINUTE, busyRange, byStart, randomCases, shiftBy, startOf } from './testing/random-cases.ts';
import { collide, slowPlaces, slowSittings, slowVerdict } from './testing/reference-engine.ts';
import { judgeSerial, judgeStart } from './verdict.ts';
import type { Reason } from './verdict.ts';

const DAY = 24 * 60 * MINUTE;

describe('against a slow, obviously right implementation', () => {
  it('gives the same sittings, places and verdicts', () => {
    let places = 0;
    const seen = new Set<Reason | 'free'>();
    fc.assert(
      fc.property(randomCases(), fc.array(fc.nat({ max: 14 * 24 * 60 }), { maxLength: 5 }), (of, minutes) => {
        const all = sittings(of.rules, of.dates);
        expect(all).toEqual(slowSittings(of));

        const offered = freePlacesOfAll(all, of);
        expect(offered).toEqual(all.map((sitting) => slowPlaces(sitting, of)));
        expect(offered).toEqual(all.map((sitting) => freePlaces(sitting, of)));
        places += offered.flat().length;

        const begin = startOf(of);
        const starts = [
          ...minutes.map((minute) => begin + minute * MINUTE),
          ...all.map((sitting) => sitting.start + sitting.rule.slotMinutes * MINUTE),
        ];
        for (const startsAt of starts) {
          const query = { ...of, startsAt, doctorActive: minutes.length > 0 };
          const verdict = judgeStart(all, query);
          expect(verdict).toEqual(slowVerdict(all, query));
          for (const reason of verdict.free ? (['free'] as const) : verdict.reasons) seen.add(reason);
        }
      }),
      { numRuns: 3_000 },
    );
    // A generator that stops producing something would let the comparison pass on nothing.
    expect(places).toBeGreaterThan(10_000);
    expect([...seen].toSorted()).toEqual(
      ['doctor_inactive', 'free', 'outside_hours', 'patient_busy', 'taken', 'too_far', 'too_soon'].toSorted(),
    );
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
      fc.property(randomCases(), busyRange(), (of, busier) => {
        const begin = startOf(of);
        const extra = { start: begin + busier.start, end: begin + busier.end };
        for (const sitting of sittings(of.rules, of.dates)) {
          const before = freePlaces(sitting, of);
          for (const place of before) {
            expect(of.taken.filter((other) => collide(occupied(place, sitting.rule), other))).toEqual([]);
          }
          const after = freePlaces(sitting, { ...of, taken: byStart([...of.taken, extra]) });
          expect(before).toEqual(expect.arrayContaining(after));
          const lost = before.filter(({ start }) => !after.some((place) => place.start === start));
          expect(lost.filter((place) => !collide(occupied(place, sitting.rule), extra))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
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
          const query = { visitMinutes: 1, taken: [], now: sitting.start };
          const everything = freePlaces(sitting, query);
          expect(everything.map(({ serial }) => serial)).toEqual(
            Array.from({ length: capacity }, (_, n) => n + 1),
          );
          const taken = everything.filter((_, index) => (bits >> (index % 31)) & 1);
          const free = freePlaces(sitting, { ...query, taken });
          expect(byStart([...free, ...taken])).toEqual(everything);
          const verdict = judgeSerial(sitting, {
            taken,
            patientTaken: [],
            now: sitting.start,
            doctorActive: true,
          });
          expect(verdict.free ? verdict.place : verdict.reasons).toEqual(free[0] ?? ['session_full']);
        },
      ),
    );
  });
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
      };
      const shifted = freePlacesOfAll(sittings(of.rules, of.dates), of).map((places) => places.map(weekOn));
      expect(freePlacesOfAll(sittings(later.rules, later.dates), later)).toEqual(shifted);
    }),
    { numRuns: 300 },
  );
});

it('a start is judged free exactly when it is offered, every minute of a fortnight', () => {
  fc.assert(
    fc.property(randomCases(), (of) => {
      const all = sittings(of.rules, of.dates).filter(({ rule }) => rule.mode === 'timed');
      const offered = new Set(freePlacesOfAll(all, of).flatMap((places) => places.map(({ start }) => start)));
      const query = { ...of, patientTaken: [], doctorActive: true };
      const begin = startOf(of);
      const judged = new Set<number>();
      for (let startsAt = begin - DAY; startsAt < begin + 15 * DAY; startsAt += MINUTE) {
        const verdict = judgeStart(all, { ...query, startsAt });
        if (verdict.free) judged.add(startsAt);
        else if (verdict.reasons.length === 0) throw new Error('refused without a reason');
      }
      expect(judged).toEqual(offered);
    }),
    { numRuns: 25 },
  );
});

function weekOn<T extends Range>(range: T): T {
  return { ...range, ...shiftBy(range, 7 * DAY) };
}

function dateLater(date: string): string {
  return Temporal.PlainDate.from(date).add({ days: 7 }).toString();
}

function weekLater(date: string | null): string | null {
  return date === null ? null : dateLater(date);
}
