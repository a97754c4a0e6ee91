import type { FigureReport, FigureValues } from '../../src/contract/figures.ts';
import { digits } from './digits.ts';
import type { Language } from './language.ts';
import { formatMoney, sumMoney, type Money } from './money.ts';
import { changeText, valueText } from './report-figures.ts';

export type Figure = FigureReport['figures'][number];
export type FigureKind = Figure['kind'];
export type FigureValue = FigureValues[string];

/** `1,23,456`, `12.5%`, `1 h 20 min`, `৳8,000`; a dash where there was nothing to tell it from. */
export function figureText(language: Language, kind: FigureKind, value: FigureValue | undefined): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value))
    return value.length === 0 ? '–' : value.map((money) => formatMoney(language, money)).join(' + ');
  if (kind === 'share') return `${digits(language, value)}%`;
  if (kind === 'minutes') return durationText(language, Number(value));
  return valueText(language, Number(value));
}

/** `45 min`, `1 h 20 min`, `2 d 3 h`: exact. */
export function durationText(language: Language, minutes: number): string {
  const size = Math.abs(minutes);
  const parts = [Math.floor(size / 1440), Math.floor((size % 1440) / 60), size % 60].flatMap((count, unit) =>
    count > 0 ? [`${digits(language, count)} ${units[language][unit] ?? ''}`] : [],
  );
  const text = parts.length === 0 ? `${digits(language, 0)} ${units[language][2]}` : parts.join(' ');
  return minutes < 0 ? `−${text}` : text;
}

const units = { en: ['d', 'h', 'min'], bn: ['দিন', 'ঘণ্টা', 'মিনিট'] } as const;

/** A value as a length to draw; of money that in one currency. Null where there is nothing to draw. */
export function sizeOf(value: FigureValue | undefined, currency: string): number | null {
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value)) return Number(value);
  // A length alone: every sum that is told is decimal.
  return Number(value.find((money) => money.currency === currency)?.amount ?? 0);
}

/** A length as its value is told, for the marks of a scale. */
export const sizeText = (language: Language, kind: FigureKind, size: number, currency: string): string =>
  figureText(
    language,
    kind,
    kind === 'money' ? [{ amount: String(size), currency }] : kind === 'share' ? String(size) : size,
  );

/** The currencies of a report's sums: the one to draw first. */
export const currenciesIn = (totals: FigureValues): string[] => {
  const found = new Set(
    Object.values(totals).flatMap((value) =>
      Array.isArray(value) ? value.map(({ currency }) => currency) : [],
    ),
  );
  return found.size === 0
    ? ['BDT']
    : [...found].toSorted((a, b) => Number(b === 'BDT') - Number(a === 'BDT'));
};

/** Whether the period has nothing at all. */
export const isEmpty = (totals: FigureValues): boolean =>
  Object.values(totals).every(
    (value) => value === null || Number(value) === 0 || (Array.isArray(value) && value.length === 0),
  );

export type Difference = {
  way: 'more' | 'less' | 'same';
  /** `+12 (+8%)`, `−2.5`, `−10 min`, `+৳800`; without a share where there was next to nothing before. */
  text: string;
};

/** How a figure differs from that of before; null where one of the two could not be told, or money has several currencies. */
export function differenceOf(
  language: Language,
  kind: FigureKind,
  { now, before }: { now: FigureValue | undefined; before: FigureValue | undefined },
): Difference | null {
  if (now === null || before === null || now === undefined || before === undefined) return null;
  if (Array.isArray(now) || Array.isArray(before)) {
    const currencies = currenciesIn({ now, before });
    const [currency = 'BDT'] = currencies;
    if (currencies.length > 1) return null;
    const change = sumMoney([sumIn(now, currency), negative(sumIn(before, currency))]);
    return say(Number(change.amount), changeText(language, change), {
      language,
      before: sizeOf(before, currency) ?? 0,
    });
  }
  // Shares have one decimal: whole tenths are exact.
  const tenths = Math.round(Number(now) * 10) - Math.round(Number(before) * 10);
  const change = tenths / 10;
  const sign = change < 0 ? '−' : '+';
  if (kind === 'share') return say(change, sign + digits(language, Math.abs(change)), null);
  if (kind === 'minutes') return say(change, sign + durationText(language, Math.abs(change)), null);
  return say(change, changeText(language, change), { language, before: Number(before) });
}

const sumIn = (value: FigureValue, currency: string): Money =>
  (Array.isArray(value) ? value.find((money) => money.currency === currency) : undefined) ?? {
    amount: '0.00',
    currency,
  };

const negative = ({ amount, currency }: Money): Money => ({
  amount: amount.startsWith('-') ? amount.slice(1) : `-${amount}`,
  currency,
});

function say(change: number, text: string, among: { language: Language; before: number } | null): Difference {
  if (change === 0) return { way: 'same', text: '' };
  const way = change > 0 ? 'more' : 'less';
  if (!among || among.before <= 0) return { way, text };
  const share = Math.round((Math.abs(change) / among.before) * 100);
  // Of next to nothing before, a share says nothing.
  if (share > 999) return { way, text };
  return { way, text: `${text} (${change > 0 ? '+' : '−'}${digits(among.language, share)}%)` };
}
