import { expect, test } from 'vitest';
import type { Call } from '../../src/contract/client.ts';
import { usualSettings } from '../../src/contract/settings.ts';
import { renderPage } from '../server.tsx';

test('what is shared by WhatsApp is the time and the link as a person reads them, and no name', async () => {
  const html = await appointmentPage();
  expect(html).toContain('Rahima Begum');
  const [, text = ''] = /href="https:\/\/wa\.me\/\?text=([^"]*)"/.exec(html) ?? [];
  // Not every WhatsApp takes a plus for a space.
  expect(decodeURIComponent(text)).toBe(
    'My appointment: Tuesday 24 November 2026, 5:00pm. http://shomoy.example/en/a/token-1',
  );
});

const seen = {
  id: 1,
  reference: '8CS3-CT',
  version: 1,
  status: 'confirmed',
  cancelUntil: '2026-11-24T17:00:00+06:00',
  rescheduleUntil: '2026-11-24T17:00:00+06:00',
  reschedulesLeft: 3,
  visitKind: 'new',
  period: { start: '2026-11-24T17:00:00+06:00', end: '2026-11-24T17:20:00+06:00' },
  fee: { amount: '800', currency: 'BDT' },
  patient: { id: 1, fullName: 'Rahima Begum' },
  doctor: { id: 7, slug: 'salma-akter', fullName: 'Salma Akter', nameBn: null },
  chamber: { id: 3, name: 'Chamber', nameBn: null, address: 'Road 1', addressBn: null, phone: null },
};

async function appointmentPage(): Promise<string> {
  const call: Call = () => Promise.resolve(JSON.parse(JSON.stringify(seen)));
  const answer = await renderPage(new Request('http://shomoy.example/en/a/token-1'), {
    call,
    now: Temporal.Instant.from('2026-11-23T10:00:00+06:00').epochMilliseconds,
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
