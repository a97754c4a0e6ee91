import type { Cells } from '../../platform/imports/read-cells.ts';

/** ISO weekdays of a cell such as `Sat, Mon-Wed`, in English or Bangla, long or short; null where one is none. */
export function readWeekdays(cells: Cells): number[] | null {
  const text = cells.cell('weekdays').normalize('NFC').toLowerCase();
  if (text === '') return null;
  const days = new Set<number>();
  // A range may be written with spaces around its dash.
  const parts = text.replace(/\s*(-|–|—|\bto\b|থেকে)\s*/g, '-').split(/[\s,;/|]+/);
  for (const part of parts.filter((each) => each !== '')) {
    const [first, last = first] = part.split('-').map((name) => dayOf(name));
    if (first === undefined || last === undefined) return cells.refuse('weekdays', 'bad_weekday');
    for (let day = first; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === last) break;
    }
  }
  return days.size > 0 ? [...days].toSorted((a, b) => a - b) : cells.refuse('weekdays', 'bad_weekday');
}

const names = [
  ['monday', 'সোমবার'],
  ['tuesday', 'মঙ্গলবার'],
  ['wednesday', 'বুধবার'],
  ['thursday', 'বৃহস্পতিবার'],
  ['friday', 'শুক্রবার'],
  ['saturday', 'শনিবার'],
  ['sunday', 'রবিবার'],
] as const;

/** By its beginning: `sat`, `thurs`, `বৃহস্পতি`. */
function dayOf(name: string): number | undefined {
  const index = names.findIndex(
    ([en, bn]) =>
      (name.length >= 2 && en.startsWith(name)) || (name.length >= 2 && bn.normalize('NFC').startsWith(name)),
  );
  return index < 0 ? undefined : index + 1;
}
