import type { UseQueryResult } from '@tanstack/react-query';
import { type DeskChamber, getMyDesk } from '../../../src/contract/attachments.ts';
import type { Language } from '../../lib/language.ts';
import { doctorName, localName } from '../../lib/names.ts';
import { useRead } from '../../lib/staff/data.ts';

type DeskDoctor = DeskChamber['doctors'][number];

/** A doctor in a chamber, as the desk chooses them; `value` is `chamberId.doctorId`. */
export type DeskPlace = { value: string; chamber: DeskChamber; doctor: DeskDoctor };

/** The desks of whoever is signed in. */
export const useDesk = (): UseQueryResult<{ chambers: DeskChamber[] }> =>
  useRead(getMyDesk, { query: {} }, { staleMs: 60_000 });

export const placesOf = (chambers: readonly DeskChamber[]): DeskPlace[] =>
  chambers.flatMap((chamber) =>
    chamber.doctors.map((doctor) => ({ value: `${chamber.id}.${doctor.id}`, chamber, doctor })),
  );

/** `Dr. Nusrat Jahan · Popular Chamber`. */
export const deskPlaceText = (language: Language, { chamber, doctor }: DeskPlace): string =>
  `${doctorName(language, doctor)} · ${localName(language, chamber)}`;
