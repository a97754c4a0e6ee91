import { expect, test } from 'vitest';
import type { Call } from '../../src/contract/client.ts';
import { usualSettings } from '../../src/contract/settings.ts';
import { renderPage } from '../server.tsx';

test('a place after midnight carries its own date, though the sitting began the day before', async () => {
  const html = await doctorPage();
  expect(html).toContain('Free on Monday 23 November');
  expect(html).toContain('aria-label="Monday 23 November, 11:30pm, Dr. Salma Akter"');
  expect(html).toContain('aria-label="Tuesday 24 November, 12:30am, Dr. Salma Akter"');
  expect(html).toContain('>Night, Tuesday 24 November</h3>');
});

const chamber = {
  id: 3,
  name: 'Chamber',
  nameBn: null,
  address: 'Road 1',
  addressBn: null,
  phone: null,
  timeZone: 'Asia/Dhaka',
  visitTypes: [
    { id: 5, kind: 'new', minutes: 30, fee: { amount: '800', currency: 'BDT' }, windowDays: null },
  ],
  hours: [],
};

const doctor = {
  id: 7,
  slug: 'salma-akter',
  fullName: 'Salma Akter',
  nameBn: null,
  qualifications: null,
  photo: null,
  specializations: [],
  experienceYears: 9,
  aboutEn: null,
  aboutBn: null,
  needsApproval: false,
  nextAvailable: '2026-11-23T23:30:00+06:00',
  chambers: [chamber],
};

const night = {
  sessionKey: '1.2026-11-23',
  chamberId: chamber.id,
  mode: 'timed',
  startsAt: '2026-11-23T23:00:00+06:00',
  endsAt: '2026-11-24T01:00:00+06:00',
  places: [{ startsAt: '2026-11-23T23:30:00+06:00' }, { startsAt: '2026-11-24T00:30:00+06:00' }],
  remaining: 2,
};

async function doctorPage(): Promise<string> {
  const answers: Record<string, unknown> = {
    '/doctors/{id}': { doctor },
    '/doctors/{id}/availability': { days: [{ date: '2026-11-23', sessions: [night] }] },
  };
  const call: Call = (route) => Promise.resolve(JSON.parse(JSON.stringify(answers[route.path])));
  const answer = await renderPage(new Request('http://shomoy.example/en/d/salma-akter'), {
    call,
    now: Temporal.Instant.from('2026-11-23T22:50:00+06:00').epochMilliseconds,
    requestId: 'request-1',
    assets: {
      script: '/assets/script.js',
      styles: '/assets/styles.css',
      fonts: '/assets/fonts.css',
      staff: '/assets/staff.js',
    },
    settings: usualSettings,
    demoLogins: [],
    onError: (error) => {
      throw error;
    },
  });
  return answer.text();
}
