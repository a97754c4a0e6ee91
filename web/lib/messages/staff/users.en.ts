/** Everybody with an account. Loaded with the screens that speak of them. */
export const users = {
  title: 'Users',
  lead: 'Everybody with an account: who they are, whether they may sign in, and what is to come of them.',
  search: 'Name, mobile number or e-mail',
  kind: 'Kind',
  status: 'Account',
  any: 'All',
  show: 'Show',
  all: 'Show all',
  found: (count: string, more: boolean) =>
    more ? `First ${count} users` : count === '1' ? '1 user' : `${count} users`,
  more: 'Show more',
  none: 'Nobody fits this',
  noneAdvice: 'Try a part of the name or number, or another kind.',
  columns: { name: 'Name', kind: 'Kind', status: 'Account', open: 'Details' },
  open: 'Open',
  openOf: (name: string) => `Open: ${name}`,
  dialogTitle: 'User',
  self: 'This is your own account. Another administrator would have to change its status.',
  facts: {
    mobile: 'Mobile',
    email: 'E-mail',
    kind: 'Kind',
    status: 'Account',
    approval: 'Approval',
    since: 'Registered',
    language: 'Reads',
    devices: 'Signed in',
    invited: 'Invited',
    visits: 'To come',
    desks: 'Desks',
  },
  proven: 'confirmed',
  unproven: 'not confirmed yet',
  languages: { bn: 'Bangla', en: 'English' },
  devices: (count: string, last: string) =>
    count === '1' ? `On 1 device, last used ${last}` : `On ${count} devices, last used ${last}`,
  noDevices: 'Nowhere at the moment',
  visits: (count: string) => (count === '1' ? '1 visit' : `${count} visits`),
  noVisits: 'No visits',
  desks: (count: string) => (count === '1' ? '1 desk' : `${count} desks`),
  noDesks: 'None yet',
  attach: 'Choose desks',
  setUp: 'Hours, fees and time off',
  decide: 'Approval',
  add: 'Add a person',
  addAssistant: 'Add an assistant',
  form: {
    kind: 'What they are',
    kinds: {
      assistant: 'Assistant: runs the desks they are attached to',
      admin: 'Administrator: may do everything, as you may',
    },
    name: 'Full name',
    mobile: 'Mobile number',
    email: 'E-mail',
    reach: 'One of the two is enough. Whoever reads messages there can choose the password, so look twice.',
    language: 'They read',
    add: 'Make the account',
    adding: 'Making the account…',
    errors: {
      fullName: 'Write their name, at most 100 letters',
      mobile: 'Give a mobile number of 11 digits, such as 01712 345678, or an e-mail',
      email: 'Use an e-mail address such as name@example.com',
      mobileTaken: 'This mobile number already has an account',
      emailTaken: 'This e-mail already has an account',
    },
  },
  added: (name: string, address: string) => `${name} is told at ${address} where to choose a password`,
  invite: {
    button: 'Send the way to a new password',
    title: (name: string) => `Tell ${name} where to choose a password?`,
    text: (addresses: string) =>
      `A message goes to ${addresses}. It leads to a page where they have a code sent and choose a password; nobody else learns it. Until then the password they have stays.`,
    send: 'Send it',
    sending: 'Sending…',
    done: (name: string) => `${name} is told where to choose a password`,
    tooMany: 'They have just been told, or ten times today. Wait, and ask whether the message has come.',
  },
  change: {
    active: 'Activate',
    inactive: 'Deactivate',
    suspended: 'Suspend',
    of: {
      active: (name: string) => `Activate ${name}?`,
      inactive: (name: string) => `Deactivate ${name}?`,
      suspended: (name: string) => `Suspend ${name}?`,
    },
    saving: 'Saving…',
    done: {
      active: (name: string) => `${name} may sign in again`,
      inactive: (name: string) => `${name} is not active any more, and signed out everywhere`,
      suspended: (name: string) => `${name} is suspended, and signed out everywhere`,
    },
    failed: 'It could not be taken back. Look at the account again.',
    why: {
      inactive: 'For whoever has left, or wants no account any more.',
      suspended: 'For whoever must not come in: a licence in doubt, a misuse.',
    },
    out: 'They are signed out everywhere within seconds, and cannot sign in until somebody activates the account again.',
    in: {
      patient: 'They may sign in again, with the password they had.',
      assistant: 'They may sign in again, with the password they had, and run their desks.',
      admin: 'They may sign in again, with the password they had, and do everything an administrator may.',
      doctor:
        'They may sign in again, with the password they had. An approved doctor can be found and booked at once.',
    },
    doctor: 'Patients no longer find the doctor, and nobody can book.',
    doctorVisits: (count: string) =>
      `${count === '1' ? '1 visit to come stays' : `${count} visits to come stay`} booked, and reminders for them go out: nobody is told of this. If they cannot take place, cancel them at the desk.`,
    patientVisits: (count: string) =>
      `${count === '1' ? '1 visit to come stays' : `${count} visits to come stay`} booked. The private links in their messages still show, move and cancel them.`,
    desks: (count: string) =>
      count === '1'
        ? 'Their desk stays theirs, but somebody else has to run it meanwhile.'
        : `Their ${count} desks stay theirs, but somebody else has to run them meanwhile.`,
  },
};

export type UserWords = typeof users;
