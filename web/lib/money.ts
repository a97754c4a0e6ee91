import { groupLakhs } from '../../src/contract/wording.ts';
import { digits } from './digits.ts';
import type { Language } from './language.ts';

export type Money = { amount: string; currency: string };

/**
 * `৳1,23,456` or `৳১,২৩,৪৫৬`: the sign first and lakh grouping in both languages, no decimals when there are none, else two,
 * or as many as the price of an SMS has.
 */
export function formatMoney(language: Language, money: Money): string {
  const [whole = '0', fraction = ''] = money.amount.split('.');
  const decimals = /[1-9]/.test(fraction) ? `.${fraction.replace(/0+$/, '').padEnd(2, '0')}` : '';
  const sign = money.currency === 'BDT' ? '৳' : `${money.currency} `;
  return sign + digits(language, groupLakhs(whole) + decimals);
}

/** What is left of an amount, never less than nothing. Exact: hundredths are whole numbers. */
export function lessMoney(money: Money, less: Money): Money {
  const left = String(Math.max(0, hundredths(money) - hundredths(less))).padStart(3, '0');
  return { amount: `${left.slice(0, -2)}.${left.slice(-2)}`, currency: money.currency };
}

/** Sum of amounts of one currency, exact; some may be less than nothing. */
export function sumMoney(amounts: readonly Money[]): Money {
  const sum = amounts.reduce((all, each) => all + hundredths(each), 0);
  const size = String(Math.abs(sum)).padStart(3, '0');
  return {
    amount: `${sum < 0 ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`,
    currency: amounts[0]?.currency ?? 'BDT',
  };
}

export const isSome = (money: Money): boolean => hundredths(money) > 0;

function hundredths({ amount }: Money): number {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const size = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return amount.startsWith('-') ? -size : size;
}
