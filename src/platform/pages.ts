import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/**
 * Sets a Typst document into a PDF; `data` is the document's input `data` as JSON. Typst shapes Bangla with its conjuncts and
 * embeds the font. It works for up to seconds, so beside the event loop, and one at a time: each takes some 100 MB.
 */
export function setPages(template: string, data: object): Promise<Buffer> {
  const turn = last.then(() => inWorker(template, JSON.stringify(data)));
  last = turn.catch(() => undefined);
  return turn;
}

let last: Promise<unknown> = Promise.resolve();

async function inWorker(template: string, data: string): Promise<Buffer> {
  const fonts = await (readFonts ??= Promise.all(faces.map((face) => readFile(require.resolve(face)))));
  const worker = new Worker(new URL('./pages/set-pages.ts', import.meta.url), {
    workerData: { template, data, fonts },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (pdf: Uint8Array) => resolve(Buffer.from(pdf)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('no pages were set')));
  });
}

const require = createRequire(import.meta.url);
const faces = [
  '@expo-google-fonts/noto-sans-bengali/400Regular/NotoSansBengali_400Regular.ttf',
  '@expo-google-fonts/noto-sans-bengali/600SemiBold/NotoSansBengali_600SemiBold.ttf',
];
let readFonts: Promise<Buffer[]> | undefined;
