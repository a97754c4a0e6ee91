import { readFileSync } from 'node:fs';

/** The most resident memory that a process ever had, in MB, from /proc; null when it has ended. */
export function highestMegabytes(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'latin1');
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(text)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
  } catch {
    return null;
  }
}

/** The processes that a process has begun. */
export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
