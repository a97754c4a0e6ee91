import type { Quotas } from '../../scheduling/weekly-rules.ts';
import { roundTo50, type InventedDoctor } from './invent-doctor.ts';
import type { Random } from './random.ts';

export type VisitKind = 'new' | 'follow_up' | 'report';

/** What a doctor offers in one chamber. */
export type InventedOffer = {
  visits: { kind: VisitKind; minutes: number; fee: number }[];
  hours: { weekday: number; from: string; to: string }[];
  slotMinutes: number;
  /** Null in timed mode. */
  capacity: number | null;
  quotas: Quotas | null;
  quotaReleaseMinutes: number | null;
  noticeMinutes: number;
};

/** The weeks of a doctor, one for each of their chambers; they share out the weekdays, so that hours never meet. */
export function inventOffers(random: Random, doctor: InventedDoctor, chambers: number): InventedOffer[] {
  const days = workdays(random);
  return Array.from({ length: chambers }, (_, index) => {
    const { from, to, minutes } = random.pickWeighted(sittings, ({ weight }) => weight);
    const pace = doctor.mode === 'serial' ? serialPace(random, minutes) : timedPace(random);
    const ofChamber = days.filter((_day, position) => position % chambers === index);
    return {
      visits: pace.visits.map((length, kind) => ({
        kind: kinds[kind] ?? 'new',
        minutes: length,
        fee: roundTo50(doctor.fee * (shares[kind] ?? 1)),
      })),
      hours: ofChamber.map((weekday) => ({ weekday, from, to })),
      slotMinutes: pace.slotMinutes,
      capacity: pace.capacity,
      ...shareOut(pace.capacity),
      noticeMinutes: random.pick([30, 30, 60, 120]),
    };
  });
}

const kinds: readonly VisitKind[] = ['new', 'follow_up', 'report'];
// A follow-up costs about three fifths of a first visit, showing a report a fifth.
const shares = [1, 0.6, 0.2];

const sittings = [
  { from: '17:00', to: '21:00', minutes: 240, weight: 10 },
  { from: '18:00', to: '21:00', minutes: 180, weight: 4 },
  { from: '16:00', to: '20:00', minutes: 240, weight: 3 },
  { from: '17:30', to: '20:30', minutes: 180, weight: 3 },
  { from: '19:00', to: '22:00', minutes: 180, weight: 2 },
  { from: '10:00', to: '13:00', minutes: 180, weight: 2 },
] as const;

const friday = 5;
const saturdayToThursday = [6, 7, 1, 2, 3, 4] as const;

/** Five or six days; Friday off for nearly everyone. */
function workdays(random: Random): number[] {
  const off = random.chance(0.5) ? random.pick(saturdayToThursday) : null;
  const days = saturdayToThursday.filter((day) => day !== off);
  return random.chance(0.06) ? [...days, friday] : days;
}

type Pace = { slotMinutes: number; capacity: number | null; visits: number[] };

function timedPace(random: Random): Pace {
  const slotMinutes = random.pick([10, 15, 15, 20]);
  const visits = { 10: [20, 10, 10], 15: [15, 15, 15], 20: [20, 20, 10] }[slotMinutes] ?? [];
  return { slotMinutes, capacity: null, visits };
}

/** 20 to 40 serials that end within the sitting. */
function serialPace(random: Random, sittingMinutes: number): Pace {
  const slotMinutes = random.pick(sittingMinutes >= 240 ? [6, 8, 10] : [5, 6, 9]);
  const capacity = Math.min(mostSerials, Math.floor(sittingMinutes / slotMinutes));
  return { slotMinutes, capacity, visits: [slotMinutes, slotMinutes, slotMinutes] };
}

const mostSerials = 40;

/** The biggest sittings keep numbers for each channel until two hours before; five are for everybody. */
function shareOut(capacity: number | null): Pick<InventedOffer, 'quotas' | 'quotaReleaseMinutes'> {
  if (capacity !== mostSerials) return { quotas: null, quotaReleaseMinutes: null };
  return { quotas: { online: 20, phone: 10, walkIn: 5 }, quotaReleaseMinutes: 120 };
}
