export const doctors = {
  title: 'Doctors',
  lead: 'Choose a doctor to set their hours, fees and time off.',
  leadToRead: 'Choose a doctor to see their hours, fees and time off.',
  search: 'Name, mobile number or e-mail',
  searchPublic: 'Name, specialty or chamber',
  find: 'Find',
  columns: {
    name: 'Doctor',
    licence: 'Licence',
    approval: 'Approval',
    status: 'Account',
    specialty: 'Specialty',
    place: 'Place',
  },
  approvals: { pending: 'Waits for approval', approved: 'Approved', refused: 'Refused' },
  statuses: { active: 'Active', inactive: 'Not active', suspended: 'Suspended' },
  setUp: (name: string) => `Set up ${name}`,
  found: (count: string, more: boolean) =>
    more ? `First ${count} doctors` : count === '1' ? '1 doctor' : `${count} doctors`,
  more: 'Show more',
  none: 'No doctor fits these words',
  noneAdvice: 'Try a part of the name.',
  nobody: 'There are no doctors yet',
  nobodyAdvice: 'Doctors register on the patients’ pages, and then wait here for approval.',
  showAll: 'Show all doctors',
  /** Where the name cannot be read: the doctor is not public yet. */
  tabs: 'Set-up of the doctor',
};
