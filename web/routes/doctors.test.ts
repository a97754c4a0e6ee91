import { expect, test } from 'vitest';
import { ApiProblem, type Call } from '../../src/contract/client.ts';
import { problems } from '../../src/contract/problems.ts';
import { usualSettings } from '../../src/contract/settings.ts';
import { renderPage } from '../server.tsx';

const whole =
  'q=heart&specialization=cardiology&division=Dhaka&district=Gazipur&thana=Tongi&gender=female&maxFee=800&day=tomorrow&sort=fee';

test('every filter of the address goes to the search, and the days become the midnight that ends them', async () => {
  const { asked } = await visit(`/doctors?${whole}`);
  expect(asked).toEqual([
    {
      q: 'heart',
      specialization: 'cardiology',
      division: 'Dhaka',
      district: 'Gazipur',
      thana: 'Tongi',
      gender: 'female',
      maxFee: '800',
      availableBefore: '2026-11-24T00:00:00+06:00',
      sort: 'fee',
      limit: 20,
    },
  ]);
  const before = async (day: string) => (await visit(`/doctors?day=${day}`)).asked[0]?.['availableBefore'];
  expect(await before('today')).toBe('2026-11-23T00:00:00+06:00');
  expect(await before('week')).toBe('2026-11-29T00:00:00+06:00');
});

test('each filter that is set has a link without it, and a thana goes with its district', async () => {
  const { html } = await visit(`/doctors?${whole}`);
  const names = [...new URLSearchParams(whole).keys()].filter((name) => name !== 'sort');
  const left = removals(html).map((link) => [...new URL(link, origin).searchParams.keys()]);
  expect(left).toHaveLength(names.length);
  for (const name of names) {
    const gone = name === 'district' ? ['district', 'thana'] : [name];
    expect(left.map((kept) => names.filter((each) => !kept.includes(each)))).toContainEqual(gone);
  }
  // The order is no filter, and stays.
  expect(left.every((kept) => kept.includes('sort'))).toBe(true);
});

test('the form shows what is set, so that it can be sent again without script', async () => {
  for (const language of ['', '/en']) {
    const { html } = await visit(`${language}/doctors?${whole}`);
    expect(html).toContain(`action="${language}/doctors"`);
    expect(html).toMatch(/<input[^>]* name="q"[^>]* value="heart"/);
    const chosen = [...html.matchAll(/<option value="([^"]+)" selected=""/g)].map((match) => match[1]);
    expect(chosen).toEqual(['cardiology', 'Dhaka', 'Gazipur', 'Tongi', 'female', '800', 'tomorrow', 'fee']);
  }
});

test('pages follow each other by links that keep the filters, and lead back to the first', async () => {
  const first = await visit(`/en/doctors?${whole}`, { items: [doctor], nextCursor: 'next-1' });
  const next = hrefOf(first.html, 'Next 20 doctors');
  expect(Object.fromEntries(next.searchParams)).toEqual({
    ...Object.fromEntries(new URLSearchParams(whole)),
    cursor: 'next-1',
  });
  const second = await visit(next.pathname + next.search, { items: [doctor], nextCursor: null });
  expect(second.asked[0]?.['cursor']).toBe('next-1');
  expect(second.html).toContain('1 more doctor');
  expect(String(hrefOf(second.html, 'First doctors').searchParams)).toBe(whole);
});

test('what makes no sense is left out, and one note says so', async () => {
  const { asked, html } = await visit(
    '/en/doctors?gender=robot&maxFee=cheap&day=never&specialization=magic&division=Dhaka',
  );
  expect(asked.at(-1)).toEqual({ division: 'Dhaka', sort: 'soonest', limit: 20 });
  expect(html).toContain('“robot”, “cheap”, “never”, “magic”');
  expect(html.match(/nothing can be found by it/g)).toHaveLength(1);
  expect(removals(html)).toHaveLength(1);
});

test('a district of another division is left out, named in the visitor’s language', async () => {
  const { asked, html } = await visit('/doctors?division=Khulna&district=Gazipur&thana=Tongi');
  expect(asked.at(-1)).toEqual({ division: 'Khulna', sort: 'soonest', limit: 20 });
  expect(html).toContain('“গাজীপুর”, “টঙ্গী”');
});

test('an address that makes sense asks the search once and notes nothing', async () => {
  const { asked, html } = await visit('/en/doctors?district=Gazipur&q=&gender=&maxFee=&day=&sort=');
  expect(asked).toHaveLength(1);
  expect(html).not.toContain('Left out');
});

test('a part of the list that is not there becomes its beginning', async () => {
  const { asked, html } = await visit('/en/doctors?district=Gazipur&cursor=broken');
  expect(asked.map(({ cursor }) => cursor)).toEqual(['broken', undefined]);
  expect(html).toContain('here is its beginning');
});

test('nobody found: each filter can be removed from there', async () => {
  const { html } = await visit('/en/doctors?district=Gazipur&maxFee=500', { items: [], nextCursor: null });
  expect(html).toContain('No doctor fits');
  const [, below = ''] = html.split('No doctor fits');
  expect(removals(below)).toEqual(['/en/doctors?maxFee=500', '/en/doctors?district=Gazipur']);
  expect(below).toContain('Remove all filters');
});

const origin = 'http://shomoy.example';

const doctor = {
  id: 7,
  slug: 'salma-akter',
  fullName: 'Salma Akter',
  nameBn: null,
  gender: 'female',
  qualifications: null,
  photo: null,
  specializations: [],
  experienceYears: 9,
  fee: { amount: '700.00', currency: 'BDT' },
  place: null,
  nextAvailable: null,
};

const lists: Record<string, unknown> = {
  '/specializations': { items: [{ id: 1, code: 'cardiology', nameEn: 'Cardiology', nameBn: 'হৃদরোগ' }] },
  '/locations/divisions': {
    items: [
      { name: 'Dhaka', nameBn: 'ঢাকা', code: '30' },
      { name: 'Khulna', nameBn: 'খুলনা', code: '40' },
    ],
  },
  '/locations/districts': {
    items: [
      { name: 'Gazipur', nameBn: 'গাজীপুর', code: '3033', division: 'Dhaka' },
      { name: 'Jashore', nameBn: 'যশোর', code: '4041', division: 'Khulna' },
    ],
  },
  '/locations/thanas': { items: [{ name: 'Tongi', nameBn: 'টঙ্গী', code: '303388', kind: 'metropolitan' }] },
};

async function visit(
  path: string,
  found: unknown = { items: [doctor], nextCursor: null },
): Promise<{ html: string; asked: Record<string, unknown>[] }> {
  const asked: Record<string, unknown>[] = [];
  const call: Call = (route, input) => {
    if (route.path !== '/doctors') return copy(lists[route.path]);
    const { query }: { query: Record<string, unknown> } = JSON.parse(JSON.stringify(input));
    asked.push(query);
    return query['cursor'] === 'broken' ? refuse() : copy(found);
  };
  const answer = await renderPage(new Request(origin + path), {
    call,
    now: Temporal.Instant.from('2026-11-22T10:00:00+06:00').epochMilliseconds,
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
  return { html: (await answer.text()).replaceAll('<!-- -->', ''), asked };
}

// What the API sends, as the caller's type.
const copy = (value: unknown) => Promise.resolve(JSON.parse(JSON.stringify(value)));

function refuse(): Promise<never> {
  const { status, title } = problems.invalid_input;
  const body = {
    type: 'about:blank',
    title,
    status,
    code: 'invalid_input',
    detail: title,
    requestId: '',
  } as const;
  return Promise.reject(new ApiProblem(body));
}

/** Where the links lead that take a filter away. */
const removals = (html: string): string[] =>
  [...html.matchAll(/href="([^"]+)" aria-label="(?:Remove|সরান): /g)].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  );

function hrefOf(html: string, text: string): URL {
  const [before = ''] = html.split(`>${text}<`);
  const href = [...before.matchAll(/href="([^"]+)"/g)].at(-1)?.[1] ?? '';
  return new URL(href.replaceAll('&amp;', '&'), origin);
}
