// The engine for anybody's cases: `npm run -s schedule < case.json`. See docs/scheduling.md.
import { text } from 'node:stream/consumers';
import { answerCase } from './schedule/answer-case.ts';
import { readCase } from './schedule/case.ts';

const read = readCase(await text(process.stdin));
if ('mistakes' in read) {
  console.error(read.mistakes.join('\n'));
  process.exitCode = 2;
} else {
  console.log(JSON.stringify(answerCase(read), null, 2));
}
