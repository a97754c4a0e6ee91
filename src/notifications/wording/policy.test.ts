import { expect, test } from 'vitest';
import { mistakesInWording, placeholdersOf } from '../../contract/messages.ts';
import { measureSms } from '../../contract/sms-parts.ts';
import { asHtml, fillWording, usualWording } from './policy.ts';
import { allTemplates } from './queries.ts';

const example: Record<string, string> = {
  sender: 'Shomoy',
  patient: 'Rahim Uddin',
  doctor: 'Dr. Salma Akter',
  chamber: 'Popular Chamber',
  address: 'House 16, Road 2',
  phone: '',
  when: 'Wed 25 Nov, 5:30pm',
  oldWhen: 'Wed 25 Nov, 5:00pm',
  until: 'Tue 24 Nov, 5:00pm',
  reference: 'K7QX-93',
  link: 'https://shomoy.example/en/a/AAAAAAABx0vVw1b8v8C0l6i2r3J9hA',
  minutes: '40',
  code: '482913',
};

test('every wording that Shomoy brings along passes its own rules, and fills', () => {
  expect(allTemplates.length).toBe((15 * 3 + 5 * 2) * 2);
  for (const which of allTemplates) {
    const wording = usualWording(which);
    expect(mistakesInWording(which, wording), JSON.stringify(which)).toEqual([]);
    const values = Object.fromEntries(placeholdersOf(which.kind).map((name) => [name, example[name] ?? '?']));
    const text = fillWording(wording.text, values);
    expect(text).not.toMatch(/[{}]/);
    if (which.channel === 'sms' && which.language === 'en')
      expect(measureSms(text), text).toMatchObject({ encoding: 'gsm7' });
    if (which.channel === 'sms')
      expect(measureSms(text).parts, text).toBeLessThanOrEqual(which.language === 'en' ? 2 : 3);
  }
});

test('a line with an empty placeholder is left out', () => {
  expect(fillWording('Where: {chamber}\nPhone: {phone}\nBye', example)).toBe('Where: Popular Chamber\nBye');
});

test('a value is never read as a placeholder', () => {
  expect(fillWording('{patient}', { ...example, patient: '{code}' })).toBe('{code}');
});

test('a mail’s page shows what was written and runs nothing', () => {
  const html = asHtml('Dear <script>alert(1)</script> & co\nnext\n\nhttps://a.example/x?y=1&z="2"');
  expect(html).toContain('Dear &#60;script&#62;alert(1)&#60;/script&#62; &#38; co<br>next');
  expect(html).not.toContain('<script>');
  expect(html).toContain('<a href="https://a.example/x?y=1&#38;z=&#34;2&#34;">');
});

const mistakes = (
  text: string,
  more: Partial<Parameters<typeof mistakesInWording>[0]> & { title?: string } = {},
) => {
  const { title = null, ...which } = more;
  return mistakesInWording({ kind: 'booked', channel: 'sms', ...which }, { title, text }).map(
    ({ path }) => path,
  );
};

test('a wording is refused for what could not be filled, or would cost or mislead', () => {
  expect(mistakes('{sender}: {doctor} {link}')).toEqual([]);
  expect(mistakes('{sender}: {diagnosis}')).toEqual(['text']);
  expect(mistakes('{sender}: {oldWhen}')).toEqual(['text']);
  expect(mistakes('{sender}: {doctor')).toEqual(['text']);
  expect(mistakes('Hello from {sender}')).toEqual(['text']);
  expect(mistakes('{sender}: {link} {link}')).toEqual(['text']);
  expect(mistakes('{sender}: https://elsewhere.example')).toEqual(['text']);
  expect(mistakes('{sender}: hello', { kind: 'sign_in' })).toEqual(['text']);
  expect(mistakes('{code}', { kind: 'sign_in', channel: 'email', title: 'x' })).toEqual([]);
  expect(mistakes('hello', { channel: 'email' })).toEqual(['title']);
  expect(mistakes('{sender}', { title: 'x' })).toEqual(['title']);
  expect(mistakes('{code}', { kind: 'guest', channel: 'in_app', title: 'x' })).toEqual(['channel']);
});
