/** The frame around every staff screen. */
export const shell = {
  siteName: 'Shomoy',
  desk: 'My desk',
  skip: 'Skip to main content',
  nav: 'Parts of your desk',
  navShort: 'Main parts of your desk',
  more: 'More',
  moreTitle: 'More',
  publicSite: 'Patients’ pages',
  signOut: 'Sign out',
  signedInAs: (name: string) => `Signed in as ${name}`,
  roles: { patient: 'Patient', doctor: 'Doctor', assistant: 'Assistant', admin: 'Administrator' },
  parts: {
    home: 'Start',
    doctors: 'Doctors',
    hours: 'Hours',
    fees: 'Fees',
    timeOff: 'Time off',
    why: 'Why not?',
    chambers: 'Chambers',
    holidays: 'Holidays',
  },
  offline: 'No connection. What you see may be old, and nothing can be saved until it is back.',
  notFound: {
    title: 'Page not found',
    text: 'The address may be mistyped, or the page is no longer there.',
    back: 'Go to your desk',
  },
  notYours: {
    title: 'You may not see this',
    text: 'It belongs to another kind of account. Ask an administrator if you need it.',
  },
  patient: {
    title: 'This part is for doctors and their staff',
    text: 'You are signed in as a patient. Your appointments are on a page of their own.',
    link: 'My appointments',
  },
  broken: {
    title: 'Something went wrong on this page',
    text: 'Load it again. If it stays so, tell whoever looks after Shomoy for you.',
  },
};
