import type { ProblemCode } from '../../../../src/contract/problems.ts';

/** Refusals as the staff meet them; a code that is not here is worded as for patients (`problems.en.ts`). */
export const refusals = {
  codes: {
    invalid_input: 'Check the fields that are marked.',
    not_allowed: 'Your account may not do this. Ask an administrator.',
    not_found: 'It is no longer there. Load the page again.',
    schedule_overlap:
      'The doctor already has hours at that time. Choose another time, or end those hours first.',
    chamber_in_use:
      'Doctors have hours in this chamber, or visits are still to come there. End the hours and move the visits first.',
    changed_meanwhile: 'Somebody has changed this meanwhile. Look at how it stands now, then try again.',
    key_reused: 'This was already saved. Look at the list before you try again.',
    account_inactive: 'Your account is not active. Ask an administrator.',
    visit_type_exists: 'This kind of visit already has a fee in this chamber. Change that one.',
    already_attached: 'The assistant runs this desk already.',
    approval_decided: 'Somebody has already decided on this doctor. Load the page again.',
    already_waiting: 'The patient waits for this already.',
    offer_ended: 'This offer has ended. The place has gone to the next in line.',
    payment_refused:
      'This amount cannot be taken or given back as things stand. Look at what is due and what was paid.',
    several_currencies:
      'Some appointments of this month have a fee in another currency, and fees of several currencies have no sum. Ask whoever set those fees.',
    hold_ended: 'The time to pay the deposit has run out, and the place with it. Book it anew.',
    too_many_works: 'Five of your works are under way. Wait until one is done, or cancel one.',
    work_ended: 'This has ended already.',
    file_not_ready: 'The file is still being made. You find it here once it is done.',
    file_forgotten: 'This file is no longer kept. Have it made again.',
    import_not_ready: 'This file is not ready for that. Look at how it stands now.',
    too_many_requests: 'Too many tries. Wait a minute, then try again.',
    internal_error: 'Something went wrong on our side. Please try again.',
    unavailable: 'The service is not ready. Try again in a minute.',
  } satisfies Partial<Record<ProblemCode, string>>,
  /** Why something could not be read. */
  reading: {
    offline: 'There is no connection, so this cannot be shown.',
    slow: 'No answer came. The connection may be slow or broken.',
    unready: 'The service is not ready. Try again in a minute.',
  },
  /** Why something could not be done. */
  connection: {
    offline: 'There is no connection. Nothing was saved. Try again when it is back.',
    slow: 'No answer came, so it is not known whether this was done. Look first, then try again.',
    unready: 'The service is not ready. Try again in a minute.',
  },
  /** Beside a field whose screen has no words of its own for it. */
  field: 'Check what stands here.',
  requestId: (id: string) => `Number for enquiries: ${id}`,
};
