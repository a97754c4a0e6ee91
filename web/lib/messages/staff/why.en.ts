import type { explainPlace } from '../../../../src/contract/doctors.ts';
import type { RouteAnswer } from '../../../../src/contract/route.ts';

type Reason = RouteAnswer<typeof explainPlace>['reasons'][number];

export const why = {
  title: 'Why is this time not offered?',
  lead: 'Ask about a time that patients cannot book. The address keeps the question, so you can send it to somebody.',
  date: 'Date',
  time: 'Time',
  visitType: 'Visit',
  channel: 'How it is taken',
  channels: { online: 'Online, by the patient', phone: 'By phone', walk_in: 'At the desk, without booking' },
  ask: 'Find out',
  errors: {
    date: 'Write a date such as 25/11/2026',
    time: 'Write a time such as 5:30 pm or 17:30',
  },
  wrongAddress: 'A part of the question in the address made no sense and was left out.',
  noFees: 'There is nothing to ask about yet',
  noFeesAdvice: 'No visit has a fee in any chamber, so no time can be offered. Set a fee first.',
  answerTo: (day: string, time: string) => `${day}, ${time}`,
  offered: 'Offered',
  notOffered: 'Not offered',
  freeTime: 'This time is free and can be taken now.',
  freeSerial:
    'The serial expected then is free. Patients do not choose their serial: each gets the next free one of the sitting.',
  sitting: 'Hours',
  mode: 'Given out by',
  modes: { timed: 'Clock times', serial: 'Serials' },
  serial: 'Serial',
  serialThen: (serial: string) => `${serial} is expected then`,
  reasonHeading: 'The reason',
  reasonsHeading: 'The reasons; each must go before the time is offered',
  reasons: {
    outside_hours: {
      title: 'Outside the hours',
      text: 'The doctor has no hours in this chamber at this time.',
      advice: 'Add hours, or other hours for this one day.',
    },
    time_off: {
      title: 'Time off',
      text: 'The doctor is away at this time.',
      advice: 'Shorten the time off or take it back.',
    },
    holiday: {
      title: 'Holiday',
      text: 'A holiday closes the chamber. One that waits for the moon closes online booking only.',
      advice: 'Administrators confirm, move or drop holidays.',
    },
    too_soon: {
      title: 'Over, or too near',
      text: 'The time is over, or it begins sooner than the notice that these hours want.',
      advice: 'Choose a later time. A shorter notice is set with the hours.',
    },
    too_far: {
      title: 'Not open for booking yet',
      text: 'These hours can be booked only so many days ahead.',
      advice: 'Wait for that day. How many days ahead is set with the hours.',
    },
    taken: {
      title: 'Taken',
      text: 'The doctor has another visit then, or needs the minutes before or after one, or the way from another chamber.',
      advice: 'Choose a free time of the day.',
    },
    session_full: {
      title: 'All serials are given',
      text: 'No serial of this sitting is left.',
      advice: 'Choose another sitting, or give these hours more serials.',
    },
    session_closed: {
      title: 'Sitting closed',
      text: 'This sitting was called off or moved to other hours, and takes no more bookings.',
      advice: 'Choose another sitting.',
    },
    quota_used: {
      title: 'Kept for others',
      text: 'The serials that are left are kept for another way of booking.',
      advice: 'Ask about another way above, or share the serials out differently with the hours.',
    },
    patient_busy: {
      title: 'The patient is elsewhere',
      text: 'The patient has another appointment at this time.',
      advice: 'Choose another time for this patient.',
    },
    patient_limit: {
      title: 'The patient has enough appointments',
      text: 'The patient has as many appointments to come as are allowed.',
      advice: 'One of them must be over or cancelled first.',
    },
    doctor_inactive: {
      title: 'The doctor cannot be booked',
      text: 'The licence is not approved, or the account is not active.',
      advice: 'Administrators approve doctors and open accounts.',
    },
  } satisfies Record<Reason, { title: string; text: string; advice: string }>,
  noStart: (step: string, from: string, minutes: string, until: string) =>
    `Visits start every ${step} minutes from ${from}, and one of ${minutes} minutes must be over by ${until}. No visit starts at this time.`,
  noStartThen: (until: string) =>
    `No visit starts at this time: it lies between two starts, or the visit would not be over by ${until}.`,
  noStartAdvice: 'Choose one of the free starts. The steps between them are set with the hours.',
  afterLastSerial: 'The time is later than that of the last serial.',
  notice: (minutes: string) =>
    minutes === '0' ? 'The time is over.' : `The time is over, or it begins in less than ${minutes} minutes.`,
  opensOn: (day: string, days: string) => `It can be booked from ${day}, ${days} days ahead.`,
  keptSerial: (serial: string) => `Serial ${serial} is kept for another way of booking.`,
  toHours: 'Go to the hours',
  toTimeOff: 'Go to the time off',
  toHolidays: 'Go to the holidays',
  toDoctors: 'Go to the doctors',
  offersOn: (day: string) => `Free on ${day}`,
  offersLead: 'What patients are offered online for this visit.',
  noSessions: 'There are no hours on this day, or it cannot be booked.',
  full: 'Nothing is free.',
  nextSerial: (serial: string, time: string) => `Next serial ${serial}, about ${time}`,
  remaining: (count: string) => (count === '1' ? '1 serial left' : `${count} serials left`),
  notBookable: 'Patients cannot book this doctor now, so nothing is offered.',
  dayBefore: 'Day before',
  dayAfter: 'Day after',
};
