// Runs in a thread of its own, for one document.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

// What pages.ts has passed.
const { template, data, fonts } = workerData as { template: string; data: string; fonts: Uint8Array[] };

// Typst reads files below its workspace alone, and this one is empty.
const workspace = mkdtempSync(path.join(tmpdir(), 'shomoy-pages-'));
try {
  const compiler = NodeCompiler.create({
    workspace,
    fontArgs: [{ fontBlobs: fonts.map((font) => Buffer.from(font)) }],
  });
  const pdf = new Uint8Array(compiler.pdf({ mainFileContent: template, inputs: { data } }));
  parentPort?.postMessage(pdf, [pdf.buffer]);
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
