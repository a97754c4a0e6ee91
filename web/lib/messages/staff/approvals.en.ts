/** Decisions about doctors. Loaded with the screens that make them. */
export const approvals = {
  verbs: { approved: 'Approve', refused: 'Refuse', pending: 'Take back' },
  of: {
    approved: (name: string) => `Approve ${name}`,
    refused: (name: string) => `Refuse ${name}`,
    pending: (name: string) => `Take back the approval of ${name}`,
  },
  licence: (number: string) => `Licence ${number}`,
  texts: {
    approved:
      'You have checked the licence. Patients find the doctor at once, and can book. You can take it back as long as nobody is booked.',
    refused:
      'The doctor cannot publish anything, as their screens then say. You can approve them later all the same.',
    pending:
      'Patients no longer find the doctor, and nobody can book, until somebody approves them again. It can be done only while nobody is booked or waits for a place.',
  },
  deciding: 'Saving',
  done: {
    approved: (name: string) => `${name} is approved`,
    refused: (name: string) => `${name} is refused`,
    pending: (name: string) => `${name} waits for approval`,
  },
  notUndone: 'It could not be taken back. Look at the doctor again.',
  refusals: {
    approval_decided: 'Somebody has decided about this doctor meanwhile. Close this and look again.',
    doctor_booked:
      'Patients are booked with this doctor or wait for a place, so the approval stays. Suspend the account instead: nobody can book any more, and those who are booked keep their places.',
  },
  toAccount: 'Go to the account',
};

export type ApprovalWords = typeof approvals;
