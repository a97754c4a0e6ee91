export const home = {
  title: 'My desk',
  greeting: (name: string) => `Signed in as ${name}`,
  doctor: {
    hours: 'The days and hours you see patients, in every chamber',
    fees: 'What a visit costs and how long it takes',
    timeOff: 'Days and hours when you are away',
    why: 'Find out why a time cannot be booked',
    chambers: 'The places where you see patients',
  },
  admin: {
    doctors: 'Find a doctor, then set their hours, fees and time off',
    chambers: 'The places where doctors see patients',
    holidays: 'Days on which chambers are closed',
  },
  assistant: {
    doctors: 'Look up a doctor’s hours, fees and time off, and why a time cannot be booked',
  },
  publicPage: 'Your page as patients see it',
};
