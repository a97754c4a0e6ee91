import type { AppointmentReport, FigureValues, ReportGrouping } from '../../src/contract/figures.ts';
import { nearestRank, percent, type ToldVisit } from './figure-visits.ts';
import { sumOf } from './visits.ts';

export type SeenVisit = ToldVisit & { zone: string; specializations: readonly string[] };

type Asked = {
  name: AppointmentReport;
  from: string;
  to: string;
  doctorId?: number;
  chamberId?: number;
  specialization?: string;
};

/** What a report comes to, by nothing but its definition: visit by visit, on the chamber's own calendar. */
export function tellReport(
  visits: readonly SeenVisit[],
  { name, from, to, doctorId, chamberId, specialization }: Asked,
  groupBy: ReportGrouping | null,
): { totals: FigureValues; groups: Map<string, FigureValues> } {
  const seen = visits.filter((visit) => {
    const date = localOf(visit).toPlainDate().toString();
    const { desk, steps, specializations } = visit;
    const last = steps.at(-1);
    if (last?.to === 'held' || (last?.from === 'held' && ['cancelled', 'expired'].includes(last.to)))
      return false;
    if (doctorId !== undefined && desk.doctorId !== doctorId) return false;
    if (chamberId !== undefined && desk.chamberId !== chamberId) return false;
    if (specialization !== undefined && !specializations.includes(specialization)) return false;
    return date >= from && date <= to;
  });
  const groups = new Map<string, SeenVisit[]>();
  if (groupBy !== null)
    for (const visit of seen)
      for (const key of keysOf(visit, groupBy)) groups.set(key, [...(groups.get(key) ?? []), visit]);
  return {
    totals: reference[name](seen),
    groups: new Map([...groups].map(([key, those]) => [key, reference[name](those)])),
  };
}

const localOf = ({ at, zone }: SeenVisit) => Temporal.Instant.from(at).toZonedDateTimeISO(zone);

function keysOf(visit: SeenVisit, groupBy: ReportGrouping): readonly string[] {
  const local = localOf(visit);
  const keys: Record<ReportGrouping, readonly string[]> = {
    doctor: [String(visit.desk.doctorId)],
    chamber: [String(visit.desk.chamberId)],
    specialization: visit.specializations.length > 0 ? visit.specializations : ['none'],
    channel: [visit.channel],
    day: [local.toPlainDate().toString()],
    week: [
      local
        .toPlainDate()
        .subtract({ days: (local.dayOfWeek + 1) % 7 })
        .toString(),
    ],
    month: [local.toPlainDate().toString().slice(0, 7)],
    weekday_hour: [`${local.dayOfWeek}-${String(local.hour).padStart(2, '0')}`],
  };
  return keys[groupBy];
}

const statusOf = ({ steps }: ToldVisit) => steps.at(-1)?.to ?? '';
const standing = ['confirmed', 'arrived', 'in_consultation', 'completed'];
const isCounted = (visit: ToldVisit) => standing.includes(statusOf(visit));
const sized = <Item>(items: readonly Item[], is: (item: Item) => boolean) => items.filter(is).length;
const cameOf = (visits: readonly ToldVisit[]) =>
  sized(visits, (visit) => ['arrived', 'in_consultation', 'completed'].includes(statusOf(visit)));

const reference: Record<AppointmentReport, (visits: readonly SeenVisit[]) => FigureValues> = {
  outcomes(visits) {
    const of = (status: string) => sized(visits, (visit) => statusOf(visit) === status);
    const cancelled = (by: string | null) =>
      sized(visits, ({ steps }) => {
        const last = steps.at(-1);
        return last?.to === 'cancelled' && last.step === 'cancelled' && last.by === by;
      });
    return {
      booked: visits.length,
      came: cameOf(visits),
      completed: of('completed'),
      pending: of('pending'),
      confirmed: of('confirmed'),
      arrived: of('arrived'),
      in_consultation: of('in_consultation'),
      no_show: of('no_show'),
      expired: of('expired'),
      cancelled: of('cancelled'),
      cancelledByPatient: cancelled('patient') + cancelled(null),
      cancelledByDoctor: cancelled('doctor'),
      cancelledByAssistant: cancelled('assistant'),
      cancelledByAdmin: cancelled('admin'),
      declined: sized(visits, ({ steps }) => steps.at(-1)?.step === 'declined'),
      cancelledShare: percent(of('cancelled'), visits.length),
      missedShare: percent(of('no_show'), of('no_show') + of('completed')),
    };
  },
  patients(visits) {
    const counted = visits.filter(isCounted);
    const pairs = counted.map(({ patientId, desk }) => `${desk.doctorId} ${patientId}`);
    return {
      patients: new Set(counted.map(({ patientId }) => patientId)).size,
      patientVisits: new Set(pairs).size,
      appointments: counted.length,
    };
  },
  channels(visits) {
    const [online, phone, walkIn] = (['online', 'phone', 'walk_in'] as const).map((channel) =>
      sized(visits, (visit) => visit.channel === channel),
    ) as [number, number, number];
    return {
      booked: visits.length,
      online,
      phone,
      walk_in: walkIn,
      onlineShare: percent(online, visits.length),
      phoneShare: percent(phone, visits.length),
      walkInShare: percent(walkIn, visits.length),
    };
  },
  'busiest-hours': (visits) => ({
    booked: visits.length,
    appointments: sized(visits, isCounted),
    came: cameOf(visits),
  }),
  'lead-time'(visits) {
    const times = visits
      .filter((visit) => isCounted(visit) || statusOf(visit) === 'no_show')
      .map(({ created, at }) => Math.max(0, minutesBetween(created, at)));
    const [hour, day] = [60, 1440];
    return {
      ...middles(times),
      underHour: within(times, 0, hour),
      underDay: within(times, hour, day),
      under3Days: within(times, day, 3 * day),
      under7Days: within(times, 3 * day, 7 * day),
      under14Days: within(times, 7 * day, 14 * day),
      longer: within(times, 14 * day, Infinity),
    };
  },
  'waiting-time'(visits) {
    const times = visits.flatMap((visit) => {
      const { arrived, started } = replay(visit);
      return arrived !== null && started !== null ? [minutesBetween(arrived, started)] : [];
    });
    return {
      ...middles(times),
      under15: within(times, 0, 15),
      under30: within(times, 15, 30),
      under60: within(times, 30, 60),
      under120: within(times, 60, 120),
      longer: within(times, 120, Infinity),
    };
  },
  punctuality(visits) {
    const times = visits.flatMap((visit) => {
      const { started } = replay(visit);
      return started === null ? [] : [minutesBetween(visit.at, started)];
    });
    return {
      ...middles(times),
      early: within(times, -Infinity, 0),
      under15: within(times, 0, 15),
      under30: within(times, 15, 30),
      under60: within(times, 30, 60),
      longer: within(times, 60, Infinity),
      onTimeShare: percent(within(times, -Infinity, 15), times.length),
    };
  },
  revenue(visits) {
    const currencies = [...new Set(visits.map(({ currency }) => currency))].toSorted();
    const each = (amounts: (visit: SeenVisit) => string[]) =>
      currencies.map((currency) => ({
        currency,
        amount: sumOf(visits.filter((visit) => visit.currency === currency).flatMap(amounts)),
      }));
    const minus = ({ amount }: { amount: string }) => `-${amount}`;
    const paid = ({ payments }: SeenVisit, kind: string) =>
      payments.filter((payment) => payment.kind === kind);
    const amounts = (visit: SeenVisit, kind: string) => paid(visit, kind).map(({ amount }) => amount);
    return {
      earned: each((visit) => (isCounted(visit) ? [visit.fee] : [])),
      taken: each((visit) => amounts(visit, 'payment')),
      refunded: each((visit) => amounts(visit, 'refund')),
      kept: each((visit) => [...amounts(visit, 'payment'), ...paid(visit, 'refund').map(minus)]),
      due: each((visit) =>
        isCounted(visit)
          ? [visit.fee, ...paid(visit, 'payment').map(minus), ...amounts(visit, 'refund')]
          : [],
      ),
    };
  },
};

const minutesBetween = (from: string, to: string): number =>
  Math.floor(
    (Temporal.Instant.from(to).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds) / 60_000,
  );

const middles = (times: readonly number[]) => ({
  measured: times.length,
  median: nearestRank(times, 50),
  ninth: nearestRank(times, 90),
});

const within = (times: readonly number[], from: number, to: number): number =>
  sized(times, (time) => time >= from && time < to);

/** When the patient came and went in, as the desk's steps leave it; null where a step was taken back or never noted. */
function replay({ steps }: ToldVisit): { arrived: string | null; started: string | null } {
  let arrived: string | null = null;
  let started: string | null = null;
  for (const { step, from, to, at } of steps) {
    if (step === 'arrived') [arrived, started] = [at, null];
    else if (step === 'started') [arrived, started] = [from === 'arrived' ? arrived : null, at];
    else if (to === 'confirmed') [arrived, started] = [null, null];
    else if (step === 'undone' && to === 'arrived') started = null;
  }
  const { to } = steps.at(-1) ?? {};
  return to === 'in_consultation' || to === 'completed'
    ? { arrived, started }
    : { arrived: null, started: null };
}
