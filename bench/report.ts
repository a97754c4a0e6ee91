import { mkdir, writeFile } from 'node:fs/promises';

/** One line of a bench's table. A budget is what performance.md asks for; nothing fails when it is missed. */
export type Figure = {
  what: string;
  value: number;
  unit: string;
  budget?: { atLeast: number } | { atMost: number };
};

/** What a bench found: its figures, and the raw numbers behind them for the JSON file. */
export type Report = { figures: Figure[]; raw?: unknown };

/** Prints the table and writes `results/<name>.json`. */
export async function publishReport(name: string, report: Report): Promise<void> {
  const width = Math.max(...report.figures.map(({ what }) => what.length));
  console.log(`\n${name}`);
  for (const figure of report.figures) {
    const value = `${round(figure.value)} ${figure.unit}`.trimEnd();
    console.log(`  ${figure.what.padEnd(width)}  ${value.padStart(16)}  ${verdict(figure)}`.trimEnd());
  }
  const folder = new URL('results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify({ name, ...report }, null, 2)}\n`);
}

function verdict({ value, budget }: Figure): string {
  if (!budget) return '';
  const [met, text] =
    'atLeast' in budget
      ? [value >= budget.atLeast, `at least ${budget.atLeast}`]
      : [value <= budget.atMost, `at most ${budget.atMost}`];
  return `${met ? 'met' : 'MISSED'}: ${text}`;
}

const round = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
