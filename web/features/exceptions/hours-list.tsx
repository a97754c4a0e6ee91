import { useEffect, useRef } from 'react';
import type { HourSettings } from '../../../src/contract/hours.ts';
import { useWords } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorText, fieldId } from '../../ui/field.tsx';
import type { ExceptionWords } from './exception-words.ts';

/** The hours that hold instead of the usual ones, each opened by itself. */
export function HoursList(props: {
  hours: readonly HourSettings[];
  say: ExceptionWords;
  /** As the usual hours are: nobody has changed them. */
  copied: boolean;
  error: string | undefined;
  /** The focus comes back here from hours that had the dialog to themselves. */
  returned: boolean;
  /** An index after the last asks for new ones. */
  onOpen: (index: number) => void;
  onRemove: (index: number) => void;
}) {
  const { timeOff: texts } = useWords();
  const { hours, say, returned } = props;
  const list = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (returned) list.current?.focus();
  }, [returned]);
  return (
    <fieldset
      ref={list}
      id={fieldId('hours')}
      tabIndex={-1}
      className={`scroll-my-6 ${props.error ? 'border-l-4 border-error pl-3' : ''}`}
    >
      <legend className="mb-1 font-semibold">{texts.form.hours}</legend>
      <p className="mb-1 text-note text-quiet">{props.copied ? texts.form.copied : texts.form.instead}</p>
      <ErrorText name="hours" error={props.error} />
      <ul className="mb-3 border-y border-hairline">
        {hours.map((each, index) => (
          <li
            key={`${each.from} ${each.to}`}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-hairline py-2 first:border-t-0"
          >
            <span className="min-w-0">
              {say.hours(each)}
              <span className="block text-note text-quiet">{say.mode(each)}</span>
            </span>
            <span className="flex flex-wrap gap-2">
              <Button
                type="button"
                look="secondary"
                size="dense"
                label={texts.changeWhat(say.hours(each))}
                onClick={() => props.onOpen(index)}
              >
                {texts.change}
              </Button>
              {hours.length > 1 ? (
                <Button
                  type="button"
                  look="secondary"
                  size="dense"
                  label={texts.form.removeWhat(say.hours(each))}
                  onClick={() => props.onRemove(index)}
                >
                  {texts.form.remove}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      <Button type="button" look="secondary" size="dense" onClick={() => props.onOpen(hours.length)}>
        {texts.form.addHours}
      </Button>
    </fieldset>
  );
}
