import * as fields from '../../src/contract/fields.ts';

/** How a mobile number is read out, `01712 345678`; never in Bangla digits, since it is dialled. */
export function formatPhone(phone: string): string {
  const local = phone.replace(/^\+?88(?=01)/, '');
  return /^01\d{9}$/.test(local) ? `${local.slice(0, 5)} ${local.slice(5)}` : phone;
}

/** What a person signs in with: a mobile number in any spelling becomes `+88…`, anything else is left to the server. */
export function readLogin(typed: string): string {
  const mobile = fields.mobile.safeParse(typed);
  return mobile.success ? mobile.data : typed.trim();
}
