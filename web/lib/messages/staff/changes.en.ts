import type { StrandedAppointment } from '../../../../src/contract/changes.ts';

const dates = (count: string): string => (count === '1' ? '1 date' : `${count} dates`);
const places = (count: string): string => (count === '1' ? '1 place' : `${count} places`);
const appointments = (count: string): string => (count === '1' ? '1 appointment' : `${count} appointments`);

/** What a change of hours, time off or holidays does, before it is done. */
export const changes = {
  looking: 'Looking what this changes…',
  days: 'What changes',
  daysChanged: (count: string, days: string) =>
    `In the next ${days} days, ${dates(count)} will be different.`,
  added: (count: string) => `${places(count)} more`,
  removed: (count: string) => `${places(count)} fewer`,
  samePlaces: 'As many places as before.',
  before: 'Now',
  after: 'Then',
  closed: 'No hours',
  nextDay: (until: string) => `${until} the next day`,
  range: (from: string, until: string) => `${from} to ${until}`,
  modes: { timed: 'Exact times', serial: 'Serials' },
  sitting: (mode: string, count: string) => `${mode}, ${places(count)}`,
  everyDay: 'Every day',
  dates,
  fromTo: (from: string, until: string) => `${from} to ${until}`,
  doctors: (count: string) => (count === '1' ? '1 doctor' : `${count} doctors`),
  showAll: (count: string) => `Show all ${count}`,
  moreDays: (count: string) => `And ${dates(count)} after these.`,
  nothing: 'This changes nothing for patients',
  nothingDays: (days: string) => `In the next ${days} days all hours and places stay as they are.`,
  nobodyStranded: 'No appointment loses its place.',
  stranded: (count: string) => `${appointments(count)} ${count === '1' ? 'loses its' : 'lose their'} place`,
  strandedLead:
    'Decide what becomes of each. A patient who is moved or cancelled is told once. For one who is kept nothing changes: you see them at the time they have.',
  moveLead: 'Who is moved gets the nearest free place. The one shown is free now.',
  forAll: 'For all of them',
  all: {
    keep: (count: string) => `Keep all ${count}`,
    move: (count: string) => `Move ${count}`,
    cancel: (count: string) => `Cancel all ${count}`,
  },
  choices: {
    keep: 'Keep',
    move: (place: string) => `Move to ${place}`,
    cancel: 'Cancel',
  },
  noNext: 'There is no free place to move to.',
  decide: 'Decide what becomes of this appointment.',
  decisionFor: (patient: string, when: string) => `${patient}, ${when}`,
  serial: (serial: string) => `serial ${serial}`,
  call: (patient: string) => `Call ${patient}`,
  isNew: 'New',
  visitKinds: { new: 'New patient', follow_up: 'Follow-up', report: 'Report' },
  reasons: {
    outside_hours: 'Outside the new hours',
    time_off: 'The doctor is away then',
    holiday: 'The chamber is closed for a holiday',
    too_soon: 'Too near to be booked',
    too_far: 'Too far ahead to be booked',
    taken: 'Another appointment is at that time',
    session_full: 'There are fewer serials now',
    session_closed: 'The session takes no more patients',
    quota_used: 'The places for this way of booking are used up',
    patient_busy: 'The patient has another appointment then',
    patient_limit: 'The patient has too many appointments',
    doctor_inactive: 'The doctor takes no bookings',
  } satisfies Record<StrandedAppointment['reasons'][number], string>,
  decided: (done: string, all: string) => `${done} of ${all} decided`,
  apply: 'Save the change',
  applyOpen: (count: string) => `Save the change (${count} undecided)`,
  applying: 'Saving…',
  back: 'Go back',
  undecided: (count: string) =>
    count === '1' ? '1 appointment is still undecided.' : `${count} appointments are still undecided.`,
  meanwhile: (count: string) =>
    count === '0'
      ? 'Bookings changed meanwhile, so nothing is saved yet. Look at the list again.'
      : `Meanwhile ${appointments(count)} came in that would also lose ${count === '1' ? 'its' : 'their'} place, so nothing is saved yet. Decide about ${count === '1' ? 'it' : 'them'} too.`,
  stale:
    'Somebody else has changed this meanwhile, so nothing is saved yet. Go back to look at how it stands now.',
  placesGone: (count: string) =>
    `For ${appointments(count)} there is no free place any more, so nothing is saved yet. Keep or cancel ${count === '1' ? 'it' : 'them'}.`,
};
