import { digits } from './digits.ts';
import type { Language } from './language.ts';

/** `৳1,23,456` or `৳১,২৩,৪৫৬`: the sign first and lakh grouping in both languages, no decimals when there are none. */
export function formatMoney(language: Language, money: { amount: string; currency: string }): string {
  const [whole = '0', fraction = ''] = money.amount.split('.');
  const decimals = /[1-9]/.test(fraction) ? `.${fraction.padEnd(2, '0')}` : '';
  const sign = money.currency === 'BDT' ? '৳' : `${money.currency} `;
  return sign + digits(language, groupLakh(whole) + decimals);
}

function groupLakh(whole: string): string {
  const last = whole.slice(-3);
  const rest = whole.slice(0, -3);
  return rest === '' ? last : `${rest.replace(/\B(?=(\d\d)+$)/g, ',')},${last}`;
}
