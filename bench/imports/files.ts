import { writeXlsx } from 'hucre/xlsx';

/** Files as people send them, of so many rows. */
export const patientsCsv = (rows: number): string =>
  asCsv([patientColumns, ...numbered(rows).map(patientRow)]);

export const patientsWorkbook = (rows: number): Promise<Uint8Array> =>
  writeXlsx({ sheets: [{ name: 'Patients', rows: [patientColumns, ...numbered(rows).map(patientRow)] }] });

export const doctorsCsv = (rows: number): string =>
  asCsv([
    ['full_name', 'email', 'license_number', 'experience_years', 'consultation_fee'],
    ...numbered(rows).map((n) => [`Doctor Name ${n}`, `d${n}@example.com`, `L-${n}`, '9', '800']),
  ]);

/** Of the first doctors of `doctorsCsv`: each has a row for every weekday from Saturday to Wednesday. */
export const hoursCsv = (rows: number): string =>
  asCsv([
    ['doctor', 'chamber', 'weekdays', 'from', 'to', 'slot_minutes'],
    ...numbered(rows).map((index) => {
      const doctor = Math.ceil(index / weekdays.length);
      const weekday = weekdays[index % weekdays.length] ?? '';
      return [`L-${doctor}`, `Chamber ${doctor % 100}`, weekday, '17:00', '21:00', '15'];
    }),
  ]);

const weekdays = ['Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const names = ['Rahima Khatun', 'Abdul Karim', 'সালমা আক্তার', 'Nusrat Jahan', 'মোঃ রফিকুল ইসলাম'];
const patientColumns = ['full_name', 'mobile', 'email', 'gender', 'birth_year'];

/** Every fifth mobile is shared by two. */
const patientRow = (index: number): string[] => [
  `${names[index % names.length]} ${index}`,
  `015${String(index - (index % 5 === 0 ? 0 : 1)).padStart(8, '0')}`,
  index % 3 === 0 ? `patient${index}@example.com` : '',
  index % 2 === 0 ? 'female' : 'male',
  String(1930 + (index % 90)),
];

const numbered = (rows: number): number[] => Array.from({ length: rows }, (_, index) => index + 1);
const asCsv = (rows: readonly string[][]): string => `${rows.map((cells) => cells.join(',')).join('\n')}\n`;
