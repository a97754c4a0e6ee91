import { publishReport, type Report } from './report.ts';

/** Every bench by name; each is loaded when it is run. */
const benches: Record<string, () => Promise<Report>> = {
  engine: async () => (await import('./engine.ts')).benchEngine(),
  start: async () => (await import('./start.ts')).benchStart(),
  booking: async () => (await import('./booking.ts')).benchBooking(),
  availability: async () => (await import('./availability.ts')).benchAvailability(),
  search: async () => (await import('./search.ts')).benchSearch(),
  read: async () => (await import('./read.ts')).benchRead(),
  jobs: async () => (await import('./jobs.ts')).benchJobs(),
  backup: async () => (await import('./backup.ts')).benchBackup(),
  reports: async () => (await import('./reports.ts')).benchReports(),
  imports: async () => (await import('./imports.ts')).benchImports(),
  exports: async () => (await import('./exports.ts')).benchExports(),
  login: async () => (await import('./login.ts')).benchLogin(),
  live: async () => (await import('./live.ts')).benchLive(),
};

const name = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '';
const chosen = name === 'all' ? Object.keys(benches) : [name];

for (const each of chosen) {
  const run = benches[each];
  if (!run) {
    console.log(`npm run bench -- <name> [--profile]\n\nnames: ${Object.keys(benches).join(', ')}, all`);
    process.exitCode = name === '' ? 0 : 1;
    break;
  }
  await publishReport(each, await run());
}
