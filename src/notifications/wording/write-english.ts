import type { MessageKind } from '../../contract/messages.ts';

/** One kind in one language: title of mail and note, the mail's text, the SMS, the note in the app. */
export type Texts = { title: string; mail: string; sms: string; note: string };

const facts = `When: {when}
Where: {chamber}, {address}
Phone of the chamber: {phone}
Reference: {reference}`;

const own = `

${facts}

Look at it, move it or cancel it here, without signing in:
{link}`;

const over = `

${facts}

Find another time:
{link}`;

const code = (what: string): Texts => ({
  title: `Your code for {sender}`,
  mail: `${what}

{code}

It is valid for {minutes} minutes. Give it to nobody: we never ask for it. If you did not ask for a code, you need not do anything.`,
  sms: '{sender}: your code is {code}. Valid for {minutes} minutes. Give it to nobody.',
  note: '',
});

/** The wording that Shomoy brings along, in English. SMS keep to the GSM alphabet: one typographic quote would halve them. */
export const writeEnglish: Record<MessageKind, Texts> = {
  verify: code('With this code you confirm that this address is yours:'),
  password_reset: code('With this code you set a new password:'),
  sign_in: code('With this code you sign in:'),
  guest: code('With this code you book:'),
  invitation: {
    title: 'Choose your password for {sender}',
    mail: `{name}, you have an account at {sender}. Choose your password for it here:
{link}

Give this e-mail address there. A code comes to it, with which you set the password. Nobody else learns it, and we never ask for it.`,
    sms: '{sender}: you have an account here. Give this number to choose your password: {link}',
    note: '',
  },
  booked: {
    title: 'Booked: {doctor}, {when}',
    mail: `{patient} has an appointment with {doctor}.${own}`,
    sms: '{sender}: {patient} is booked with {doctor}, {when}, {chamber}. {link}',
    note: '{patient} is booked with {doctor}: {when}, {chamber}.',
  },
  requested: {
    title: 'Request sent to {doctor}, {when}',
    mail: `{doctor} decides on requests in person. The time is kept for {patient} until then, and you are told at once.${own}`,
    sms: '{sender}: request sent to {doctor} for {patient}, {when}. You are told when it is decided. {link}',
    note: 'The request of {patient} to {doctor} for {when} is waiting for an answer.',
  },
  approved: {
    title: 'Confirmed: {doctor}, {when}',
    mail: `{doctor} has accepted the request of {patient}.${own}`,
    sms: '{sender}: {doctor} has accepted. {patient}: {when}, {chamber}. {link}',
    note: '{doctor} has accepted {patient}: {when}, {chamber}.',
  },
  declined: {
    title: 'Not possible: {doctor}, {when}',
    mail: `Your request for {patient} could not be accepted this time.${over}`,
    sms: '{sender}: {doctor} could not accept {patient} for {when}. Find another time: {link}',
    note: '{doctor} could not accept {patient} for {when}.',
  },
  rescheduled: {
    title: 'Moved: {doctor}, now {when}',
    mail: `The appointment of {patient} with {doctor} has been moved.

Until now: {oldWhen}${own}`,
    sms: '{sender}: moved. {patient} with {doctor}, now {when}, {chamber}. {link}',
    note: 'The visit of {patient} to {doctor} is now {when}. It was {oldWhen}.',
  },
  cancelled: {
    title: 'Cancelled: {doctor}, {when}',
    mail: `The appointment of {patient} with {doctor} is cancelled. You need not do anything.${over}`,
    sms: '{sender}: cancelled. {patient} with {doctor}, {when}. Book again: {link}',
    note: 'The visit of {patient} to {doctor} on {when} is cancelled.',
  },
  session_moved: {
    title: 'The chamber has changed your time: {doctor}, now {when}',
    mail: `{doctor} sits at other times than planned, so the chamber has given {patient} a new one. We are sorry for the trouble.

Until now: {oldWhen}${own}`,
    sms: '{sender}: new time by the chamber. {patient} with {doctor}, now {when}. Does it not suit you? {link}',
    note: 'The chamber has moved the visit of {patient} to {doctor}: now {when}. It was {oldWhen}.',
  },
  session_cancelled: {
    title: 'The chamber has cancelled: {doctor}, {when}',
    mail: `The chamber had to cancel the appointment of {patient} with {doctor}. We are sorry for the trouble.${over}`,
    sms: '{sender}: the chamber had to cancel {patient} with {doctor}, {when}. Find another time: {link}',
    note: 'The chamber had to cancel the visit of {patient} to {doctor} on {when}.',
  },
  reminder: {
    title: 'Reminder: {doctor}, {when}',
    mail: `{patient} is expected by {doctor}. Please bring earlier prescriptions and reports.${own}`,
    sms: '{sender}: reminder. {patient} with {doctor}, {when}, {chamber}. {link}',
    note: '{patient} is expected by {doctor}: {when}, {chamber}.',
  },
  doctor_late: {
    title: '{doctor} is running about {minutes} minutes late',
    mail: `{doctor} is running about {minutes} minutes late today. The page below always shows when to come.${own}`,
    sms: '{sender}: {doctor} is about {minutes} minutes late. When {patient} should come: {link}',
    note: '{doctor} is about {minutes} minutes late. The page of the visit shows when {patient} should come.',
  },
  nearly_next: {
    title: 'Nearly your turn with {doctor}',
    mail: `It is nearly the turn of {patient} with {doctor}. Please be at the chamber.${own}`,
    sms: '{sender}: it is nearly the turn of {patient} with {doctor}. Please be at {chamber}. {link}',
    note: 'It is nearly the turn of {patient} with {doctor}.',
  },
  waitlist_offer: {
    title: 'A place has become free: {doctor}, {when}',
    mail: `A place with {doctor} has become free and is kept for {patient} until {until}. After that the next in line is asked.

${facts}

Take it or let it go:
{link}`,
    sms: '{sender}: a place with {doctor}, {when}, is kept for {patient} until {until}. Take it: {link}',
    note: 'A place with {doctor}, {when}, is kept for {patient} until {until}.',
  },
  monthly_report: {
    title: 'Your report for {month}',
    mail: `{doctor}, your report for {month} is ready: patient visits, appointments and earnings, with every appointment behind them.

Look at it, or download it:
{link}`,
    sms: '{sender}: your report for {month} is ready. {link}',
    note: 'Your report for {month} is ready.',
  },
  deposit_due: {
    title: 'Pay {amount} by {until} for {doctor}, {when}',
    mail: `The place with {doctor} is kept for {patient} until {until}. Pay the deposit of {amount} at the chamber by then and it is booked; otherwise it goes to somebody else.${own}`,
    sms: '{sender}: {patient} with {doctor}, {when}, is kept until {until}. Pay {amount} at {chamber} by then. {link}',
    note: '{doctor}, {when}, is kept for {patient} until {until}. Pay the deposit of {amount} at {chamber} by then.',
  },
  deposit_expired: {
    title: 'Not booked: {doctor}, {when}',
    mail: `The deposit was not paid in time, so the place kept for {patient} with {doctor} has been given back.${over}`,
    sms: '{sender}: the deposit was not paid in time. {patient} with {doctor}, {when}, is not booked. Try again: {link}',
    note: 'The deposit was not paid in time: {patient} is not booked with {doctor} for {when}.',
  },
};
