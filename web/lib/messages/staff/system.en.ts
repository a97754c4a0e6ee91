/** How the machinery stands, and the work that it has given up. */
export const system = {
  tabs: 'Parts of the system',
  tabNames: { health: 'Services', deadLetters: 'Given up' },
  more: 'Show more',
  health: {
    title: 'Services',
    lead: 'How every part of Shomoy stands now. It looks again every ten seconds.',
    at: (time: string) => `Looked at ${time}`,
    whole: {
      ok: 'Everything works',
      degraded: 'Everything works, but something is slower or later than it should be',
      unavailable: 'Something does not work',
    },
    states: { ok: 'Works', degraded: 'Slower', behind: 'Behind', unavailable: 'Away' },
    services: {
      gateway: 'Door: pages and API',
      users: 'Accounts and sign-in',
      appointments: 'Appointments and messages',
      worker: 'Background work',
    },
    parts: { database: 'Database', jobs: 'Background jobs', redis: 'Redis', broker: 'Message broker' },
    silent: 'It did not answer, so nothing is known of its parts.',
    away: {
      gateway: 'Nobody reaches Shomoy. Look at its log, then start it again.',
      users: 'Nobody can sign in or register. Look at the log of the service “users”, then start it again.',
      appointments:
        'Nobody can book, move or cancel. Look at the log of the service “appointments”, then start it again.',
      worker:
        'Booking goes on, but messages and reminders wait. Look at the log of the service “worker”, then start it again; nothing is lost.',
    },
    wrong: {
      database:
        'Nothing can be read or saved. See that PostgreSQL runs and has room on its disk; Shomoy finds it again by itself.',
      jobs: 'Work has waited for more than a minute, so messages may be late. See that a worker runs; it catches up by itself.',
      redis:
        'Everything goes on, a little slower, and limits count in each process alone. See that Redis runs; it is found again by itself.',
      broker:
        'Bookings are kept, but what follows from them waits. See that RabbitMQ runs; what waits is delivered afterwards.',
    },
    unknownPart: 'Look at the log of this service.',
    noAnswer: 'The gateway does not answer. Shomoy may be starting, or the connection is broken.',
  },
  dead: {
    title: 'Work that was given up',
    lead: 'Jobs and events that failed at every try. Mend the cause, then try them again.',
    noneTitle: 'Nothing was given up',
    none: 'All work was done, or is still being tried.',
    columns: { what: 'What', reason: 'Reason', tries: 'Tries', died: 'Given up', next: 'Next' },
    consumer: (name: string) => `for ${name}`,
    request: (id: string) => `Request ${id}`,
    see: 'See it',
    replay: 'Try again',
    drop: 'Forget',
    actionOf: (action: string, what: string, number: string) => `${action}: ${what}, number ${number}`,
    bodyTitle: (what: string) => `What ${what} was to do`,
    body: 'Content',
    replayed: 'It is tried again. If it fails once more, it comes back here.',
    dropTitle: 'Forget this work?',
    dropText: 'What it stood for will not be done. This cannot be taken back.',
    dropped: 'It is forgotten.',
    working: 'Saving…',
  },
};

export type SystemWords = typeof system;
