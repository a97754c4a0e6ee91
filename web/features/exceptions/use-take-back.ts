import { endException, type Exception, listExceptions } from '../../../src/contract/exceptions.ts';
import { useWords } from '../../lib/staff/context.tsx';
import { type Change, useChange } from '../changes/use-change.tsx';
import type { ExceptionWords } from './exception-words.ts';

/** Takes time off or other hours back, after a look at what that changes. */
export function useTakeBack(options: {
  doctorId: number;
  say: ExceptionWords;
  onDone?: () => void;
}): Change & { takeBack: (exception: Exception) => void } {
  const { timeOff: texts } = useWords();
  const { doctorId, say, ...rest } = options;
  const change = useChange({ changes: [listExceptions], ...rest });
  return {
    ...change,
    takeBack: (exception) => {
      const { kind, id } = exception;
      const title = kind === 'time_off' ? texts.reviews.takeBackTimeOff : texts.reviews.takeBackOtherHours;
      void change.review({
        title: title(say.dates(exception)),
        route: endException,
        input: { params: { id: doctorId, exceptionId: id } },
        done: texts.done.takenBack,
      });
    },
  };
}
