/** Whether another service says that it is ready; gives up after two seconds. */
export async function probe(url: string): Promise<'ok' | 'unavailable'> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'error' });
    await answer.body?.cancel();
    return answer.ok ? 'ok' : 'unavailable';
  } catch {
    // Refused, cut or too slow: which of them is the service's own log to say.
    return 'unavailable';
  }
}
