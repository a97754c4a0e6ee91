import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of CPU that a process has used, from /proc; Linux counts in hundredths. */
export const cpuSeconds = (pid: number): number => readStat(pid)?.seconds ?? 0;

/** Seconds of CPU of all living children of a process, such as the backends of a postmaster. */
export function cpuSecondsOfChildren(parent: number): number {
  let seconds = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(Number(name));
    if (stat?.parent === parent) seconds += stat.seconds;
  }
  return seconds;
}

/** The parent of a process. */
export function parentOf(pid: number): number {
  const stat = readStat(pid);
  if (!stat) throw new Error(`process ${pid} is gone`);
  return stat.parent;
}

function readStat(pid: number): { parent: number; seconds: number } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    // It ended between being listed and being read.
    return null;
  }
  // The name in parentheses may hold spaces; the fields that follow do not.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / 100 };
}
