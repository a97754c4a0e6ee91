import { run, type Queryable, type Statement } from '../database.ts';

/** For data from a backup, which has no pieces of files: what they are of is forgotten, and what was under way has failed. */
export async function settleRestoredWorks(on: Queryable): Promise<void> {
  // A backup from before there were any.
  const [there] = await run<{ works: boolean }>(on, areThere, []);
  if (!there?.works) return;
  await run(on, failAll, [JSON.stringify(restored)]);
  await run(on, forgetAll, []);
}

const restored = {
  en: 'Meanwhile everything was restored from a backup. Please begin it again.',
  bn: 'এর মধ্যে ব্যাকআপ থেকে সব ফিরিয়ে আনা হয়েছে। আবার শুরু করুন।',
};

const areThere: Statement = {
  name: 'are-there-works',
  text: `select to_regclass('works') is not null as works`,
};

const failAll: Statement = {
  name: 'fail-restored-works',
  text: `update works set state = 'failed', failure = $1::jsonb, ended_at = now() where state in ('queued', 'running')`,
};

const forgetAll: Statement = {
  name: 'forget-restored-files',
  text: `update files set forgotten_at = now() where forgotten_at is null`,
};
