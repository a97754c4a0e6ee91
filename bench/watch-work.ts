import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Call } from '../src/contract/client.ts';
import { getWork, type Work } from '../src/contract/works.ts';
import { cpuSeconds } from './process-cpu.ts';
import { childrenOf, highestMegabytes } from './process-memory.ts';

/** The API as one person. */
export const callBy = (apiUrl: string, authorization: string): Call =>
  createClient(async ({ method, url, headers, body }) => {
    const answer = await fetch(apiUrl + url, {
      method,
      headers: { ...headers, authorization },
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.status, body: await answer.text() };
  });

/** Follows a work to its end, with the memory and the seconds of CPU of the process that the worker begins for it. */
export async function watchWork(call: Call, { id }: Work, workerPid: number) {
  let megabytes = 0;
  let cpu = 0;
  for (;;) {
    for (const pid of childrenOf(workerPid)) {
      megabytes = Math.max(megabytes, highestMegabytes(pid) ?? 0);
      cpu = Math.max(cpu, cpuSeconds(pid));
    }
    const { work } = await call(getWork, { params: { id } });
    if (work.endedAt !== null) return { work, megabytes, cpu };
    await sleep(50);
  }
}
