/** Minutes since midnight of a wall time `HH:MM`. */
export const clockMinutes = (time: string): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The wall time so many minutes after midnight; past the day it is the next day's. */
export function wallTimeOf(minutes: number): string {
  const ofDay = ((minutes % 1440) + 1440) % 1440;
  return `${pad(Math.floor(ofDay / 60))}:${pad(ofDay % 60)}`;
}

const pad = (value: number): string => String(value).padStart(2, '0');
