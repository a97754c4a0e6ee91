import { enableCompileCache, flushCompileCache } from 'node:module';
import path from 'node:path';
import { takeOrder } from '../platform/works/do-apart.ts';
import type { WorkOrder } from './do-order.ts';

// The program that does one long work.
const { order, stopping } = await takeOrder();
// The worker is the same program.
const ordered = order as WorkOrder;
// Half the time until it begins, and 25 MB, would go into compiling what was compiled for the work before.
enableCompileCache(path.join(ordered.config.dataDir, 'compiled'));
const { doOrder } = await import('./do-order.ts');
const done = await doOrder(ordered, stopping);
flushCompileCache();
process.exit(done ? 0 : 1);
