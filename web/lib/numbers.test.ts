import { expect, test } from 'vitest';
import { digits } from './digits.ts';
import { formatMoney, sumMoney } from './money.ts';
import { initials, doctorName } from './names.ts';
import { formatPhone, readLogin } from './phone.ts';

test('Bangla pages count in Bangla digits', () => {
  expect(digits('bn', 1234567890)).toBe('১২৩৪৫৬৭৮৯০');
  expect(digits('en', 23)).toBe('23');
});

test.each([
  ['0', '৳0', '৳০'],
  ['800.00', '৳800', '৳৮০০'],
  ['800.5', '৳800.50', '৳৮০০.৫০'],
  ['1200', '৳1,200', '৳১,২০০'],
  ['123456.00', '৳1,23,456', '৳১,২৩,৪৫৬'],
  ['12345678', '৳1,23,45,678', '৳১,২৩,৪৫,৬৭৮'],
])('%s taka is %s and %s', (amount, english, bangla) => {
  expect(formatMoney('en', { amount, currency: 'BDT' })).toBe(english);
  expect(formatMoney('bn', { amount, currency: 'BDT' })).toBe(bangla);
});

test('another currency keeps its code', () => {
  expect(formatMoney('en', { amount: '20.00', currency: 'USD' })).toBe('USD 20');
  // An SMS may cost less than a paisa.
  expect(formatMoney('en', { amount: '0.3500', currency: 'BDT' })).toBe('৳0.35');
  expect(formatMoney('en', { amount: '0.3525', currency: 'BDT' })).toBe('৳0.3525');
});

test('amounts are added to the last digit', () => {
  const taka = (amount: string) => ({ amount, currency: 'BDT' });
  expect(sumMoney(['0.10', '0.20', '99999999.99', '800'].map(taka))).toEqual(taka('100000800.29'));
  expect(sumMoney([taka('0.05')])).toEqual(taka('0.05'));
  expect(sumMoney([])).toEqual(taka('0.00'));
});

test('a mobile number is understood in every spelling and shown as it is dialled', () => {
  for (const typed of ['01712345678', '+880 1712-345678', '8801712345678', '০১৭১২ ৩৪৫৬৭৮'])
    expect(readLogin(typed)).toBe('+8801712345678');
  expect(readLogin(' rahima@example.com ')).toBe('rahima@example.com');
  expect(formatPhone('+8801712345678')).toBe('01712 345678');
  expect(formatPhone('+44 20 7946 0000')).toBe('+44 20 7946 0000');
});

test('a doctor has one title, in the script of the name', () => {
  expect(doctorName('en', { fullName: 'Nusrat Jahan', nameBn: null })).toBe('Dr. Nusrat Jahan');
  expect(doctorName('en', { fullName: 'Dr. Smith', nameBn: null })).toBe('Dr. Smith');
  expect(doctorName('en', { fullName: 'Drishti Roy', nameBn: null })).toBe('Dr. Drishti Roy');
  expect(doctorName('bn', { fullName: 'Nusrat', nameBn: 'নুসরাত জাহান' })).toBe('ডা. নুসরাত জাহান');
  expect(doctorName('bn', { fullName: 'Nusrat', nameBn: 'অধ্যাপক ডা. নুসরাত' })).toBe('অধ্যাপক ডা. নুসরাত');
  expect(doctorName('bn', { fullName: 'Nusrat Jahan', nameBn: null })).toBe('Dr. Nusrat Jahan');
});

test('initials leave titles out and keep a Bangla vowel sign with its letter', () => {
  expect(initials('Dr. Nusrat Jahan')).toBe('NJ');
  expect(initials('Md. Rakib')).toBe('R');
  expect(initials('ডা. নুসরাত জাহান')).toBe('নু');
  expect(initials('')).toBe('');
});
