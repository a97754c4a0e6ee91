/** How today stands, and what waits for a person. */
export const overview = {
  today: 'Today',
  at: (time: string) => `As of ${time}`,
  attention: 'Waits for a person',
  nothing: 'Nothing waits for anybody',
  byDoctor: 'Today by doctor and chamber',
  doctor: 'Doctor',
  /** Waiting or with the doctor. */
  here: 'Here now',
  everyone: (count: string) => `Show all ${count}`,
  busiest: 'Show the busiest only',
  nobodyToday: 'Nobody is booked today',
  nobodyTodayNote: 'As soon as somebody is, their doctor stands here.',
  states: {
    expected: 'Expected',
    arrived: 'Arrived',
    inConsultation: 'With the doctor',
    completed: 'Completed',
    noShow: 'Did not come',
    cancelled: 'Cancelled',
  },
  concerns: {
    unansweredRequests: {
      title: 'Requests within a day, without an answer',
      what: 'They expire unanswered when their time comes.',
      since: (moment: string) => `The next is for ${moment}.`,
    },
    uncertainMessages: {
      title: 'Messages that may or may not have arrived',
      what: 'Shomoy does not send them twice by itself.',
      since: (moment: string) => `The oldest is of ${moment}.`,
    },
    doctorsToApprove: {
      title: 'Doctors who wait for approval',
      what: 'Patients do not find them until their licence has been checked.',
      since: (moment: string) => `The first has waited since ${moment}.`,
    },
    failedMessages: {
      title: 'Messages that could not be sent',
      what: 'Their recipients know nothing of them.',
      since: (moment: string) => `The oldest is of ${moment}.`,
    },
    deadLetters: {
      title: 'Work that was given up',
      what: 'It failed at every try.',
      since: (moment: string) => `The oldest is of ${moment}.`,
    },
    keptVisits: {
      title: 'Visits kept although their hours were closed',
      what: 'Within 30 days; somebody decided that the doctor sees them all the same.',
      since: (moment: string) => `The next is on ${moment}.`,
    },
  },
};
