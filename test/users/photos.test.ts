import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getMe } from '../../src/contract/me.ts';
import type { ProblemBody } from '../../src/contract/problems.ts';
import type { User } from '../../src/contract/users.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { signUp, type Person, password } from './people.ts';

let app: TestApp;
let person: Person;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
  // The server reads JPEG and PNG only; this test looks at what it wrote.
  sharp.unblock({ operation: ['VipsForeignLoadWebpBuffer'] });
  person = await signUp(app);
});
afterAll(() => app.close());

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c81e1e' } });

type Upload = { bytes: Uint8Array<ArrayBuffer> | Buffer; name?: string; field?: string };

async function put(...uploads: Upload[]) {
  const form = new FormData();
  for (const { bytes, name = 'me.jpg', field = 'photo' } of uploads)
    form.append(field, new Blob([new Uint8Array(bytes)]), name);
  const body = new Response(form);
  return putBytes(Buffer.from(await body.arrayBuffer()), body.headers.get('content-type') ?? '');
}

async function putBytes(payload: Buffer | string, contentType: string) {
  const headers = { authorization: `Bearer ${person.accessToken}`, 'content-type': contentType };
  return app.inject({ method: 'PUT', url: '/api/v1/me/photo', headers, payload });
}

async function putGood(bytes: Buffer): Promise<{ url: string; stored: Buffer }> {
  const answer = await put({ bytes });
  expect(answer.statusCode).toBe(200);
  const { user } = answer.json<{ user: User }>();
  const url = user.profileImage ?? '';
  return { url, stored: (await app.inject(url)).rawPayload };
}

async function refused(answer: Awaited<ReturnType<typeof put>>, status: number, code: string) {
  expect({ status: answer.statusCode, code: answer.json<ProblemBody>().code }).toEqual({ status, code });
}

describe('a photo', () => {
  test('becomes a square WebP that anybody can fetch and nothing can run', async () => {
    const { url } = await putGood(await picture(900, 600).jpeg().toBuffer());
    expect(url).toMatch(/^\/photos\/[0-9a-f]{32}\.webp$/);
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline; filename="photo.webp"',
    });
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({
      format: 'webp',
      width: 512,
      height: 512,
    });
    expect((await app.call(getMe, {}, person)).user.profileImage).toBe(url);
  });

  test('loses where it was taken', async () => {
    const original = await picture(300, 300)
      .withExif({ IFD0: { Artist: 'Nusrat' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '23/1 48/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect((await sharp(original).metadata()).exif?.includes('Nusrat')).toBe(true);
    const { stored } = await putGood(original);
    const metadata = await sharp(stored).metadata();
    expect([metadata.exif, metadata.xmp, metadata.iptc]).toEqual([undefined, undefined, undefined]);
    expect(stored.includes('Nusrat')).toBe(false);
  });

  test('stands upright', async () => {
    // Red at the left; orientation 6 says "turn clockwise", which brings the left to the top.
    const red = await picture(100, 200).png().toBuffer();
    const turned = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#ffffff' } })
      .composite([{ input: red, left: 0, top: 0 }])
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { stored } = await putGood(turned);
    const colour = async (left: number, top: number) => {
      const pixel = await sharp(stored)
        .extract({ left, top, width: 1, height: 1 })
        .removeAlpha()
        .raw()
        .toBuffer();
      return pixel[1] !== undefined && pixel[1] > 200 ? 'white' : 'red';
    };
    expect([await colour(180, 20), await colour(20, 180)]).toEqual(['red', 'white']);
  });

  test('may be a small PNG with a transparent ground', async () => {
    const small = await sharp({ create: { width: 40, height: 90, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    const { stored } = await putGood(small);
    expect(await sharp(stored).metadata()).toMatchObject({ width: 40, height: 40 });
  });

  test('takes the place of the one before, whose file goes', async () => {
    const first = await putGood(await picture(50, 50).jpeg().toBuffer());
    const second = await putGood(await picture(60, 60).jpeg().toBuffer());
    expect((await app.inject(first.url)).statusCode).toBe(404);
    expect(await readdir(path.join(app.deps.config.dataDir, 'photos'))).toEqual([path.basename(second.url)]);
  });

  test('sent ten times at once leaves one file', async () => {
    const bytes = await picture(64, 64).jpeg().toBuffer();
    const answers = await Promise.all(Array.from({ length: 10 }, () => put({ bytes })));
    expect(answers.map((answer) => answer.statusCode)).toEqual(Array(10).fill(200));
    const { user } = await app.call(getMe, {}, person);
    expect(await readdir(path.join(app.deps.config.dataDir, 'photos'))).toEqual([
      path.basename(user.profileImage ?? ''),
    ]);
  });
});

describe('a photo is refused', () => {
  test('that is really HTML, SVG, GIF or WebP', async () => {
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const gif = await picture(9, 9).gif().toBuffer();
    const webp = await picture(9, 9).webp().toBuffer();
    for (const bytes of [html, svg, gif, webp])
      await refused(await put({ bytes, name: 'me.png' }), 422, 'unsupported_image');
  });

  test('that only begins like a PNG', async () => {
    const bytes = Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      Buffer.from('<script>alert(1)</script>'),
    ]);
    await refused(await put({ bytes }), 422, 'unsupported_image');
  });

  test('that breaks off', async () => {
    for (const whole of [await noise().jpeg().toBuffer(), await noise().png().toBuffer()])
      await refused(await put({ bytes: whole.subarray(0, whole.length / 2) }), 422, 'unsupported_image');
  });

  test('that has more than 40 megapixels, in however few bytes', async () => {
    const vast = await sharp({ create: { width: 8_000, height: 5_001, channels: 3, background: '#000' } })
      .png({ palette: true })
      .toBuffer();
    await refused(await put({ bytes: vast }), 422, 'unsupported_image');
  });

  test('that would open to gigabytes', async () => {
    const bytes = await bomb();
    // Its own work, not how long others kept the machine from it.
    const before = process.cpuUsage();
    await refused(await put({ bytes }), 422, 'unsupported_image');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });

  test('that is larger than 5 MB', async () => {
    const start = await picture(50, 50).jpeg().toBuffer();
    const exactly = Buffer.concat([start, Buffer.alloc(5 * 1024 * 1024 - start.length)]);
    expect((await put({ bytes: exactly })).statusCode).toBe(200);
    await refused(await put({ bytes: Buffer.concat([exactly, Buffer.alloc(1)]) }), 413, 'payload_too_large');
    await refused(await put({ bytes: Buffer.alloc(20 * 1024 * 1024) }), 413, 'payload_too_large');
  });

  test('but two in one form are no reason to fail', async () => {
    const bytes = await picture(9, 9).jpeg().toBuffer();
    const answer = await put({ bytes }, { bytes, name: 'second.jpg' });
    expect(answer.statusCode).toBeLessThan(500);
    expect((await app.call(getMe, {}, person)).user.id).toBe(person.user.id);
  });

  test('that is empty, missing, or under another name', async () => {
    const bytes = await picture(9, 9).jpeg().toBuffer();
    await refused(await put({ bytes: Buffer.alloc(0) }), 422, 'unsupported_image');
    await refused(await put(), 422, 'invalid_input');
    await refused(await put({ bytes, field: 'file' }), 422, 'invalid_input');
  });

  test('that is sent as something other than a form, or as a broken form', async () => {
    await refused(await putBytes('{}', 'application/json'), 415, 'unsupported_media_type');
    await refused(await putBytes('x', 'image/jpeg'), 415, 'unsupported_media_type');
    await refused(await putBytes('x', 'multipart/form-data'), 400, 'malformed_request');
    await refused(await putBytes('nonsense', 'multipart/form-data; boundary=b'), 400, 'malformed_request');
    const cut = '--b\r\ncontent-disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\nabc';
    await refused(await putBytes(cut, 'multipart/form-data; boundary=b'), 400, 'malformed_request');
  });

  test('and the one before stays, and no file is left over', async () => {
    const { url } = await putGood(await picture(70, 70).jpeg().toBuffer());
    await put({ bytes: await bomb() });
    expect((await app.inject(url)).statusCode).toBe(200);
    expect(await readdir(path.join(app.deps.config.dataDir, 'photos'))).toHaveLength(1);
  });

  test('from who is not signed in', async () => {
    const answer = await app.inject({ method: 'PUT', url: '/api/v1/me/photo' });
    expect(answer.statusCode).toBe(401);
  });
});

test.each([
  'nothing.webp',
  '..%2f..%2fpackage.json',
  '%00',
  `${'0'.repeat(32)}.webp`,
  `${'0'.repeat(32)}.webp%00.png`,
])('/photos/%s is not there', async (name) => {
  expect((await app.inject(`/photos/${name}`)).statusCode).toBe(404);
});

const noise = () =>
  sharp({
    create: {
      width: 400,
      height: 400,
      channels: 3,
      background: '#fff',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

/** A PNG of a hundred bytes whose header says 60,000 × 60,000 pixels. */
async function bomb(): Promise<Buffer> {
  const png = await picture(1, 1).png().toBuffer();
  png.writeUInt32BE(60_000, 16);
  png.writeUInt32BE(60_000, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

test('the logs name nobody', () => expectNoPersonalData(app, [password]));
