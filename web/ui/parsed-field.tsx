import { useState } from 'react';
import { digits } from '../lib/digits.ts';
import { formatDateWithYear, formatYearMonth } from '../lib/dates.ts';
import type { Language } from '../lib/language.ts';
import { readDate, readMoney, readMonth, readNumber, readTime } from '../lib/read-typed.ts';
import { formatTime } from '../lib/times.ts';
import { Calendar } from './calendar.tsx';
import { control, describedBy, edge, FieldFrame, fieldId } from './field.tsx';
import { useKit } from './kit.tsx';

/** `value` and what `onChange` is told are canonical: `30`, `800.50`, `17:30`, `2026-11-25`, `2026-11`. */
type Props = {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value?: string | undefined;
  optional?: string | undefined;
  /** Null while it cannot be read. */
  onChange?: (value: string | null) => void;
};

export function NumberField(props: Props & { /** Minutes, patients … */ unit?: string }) {
  return <ParsedField {...props} read={readNumber} write={digits} inputMode="numeric" after={props.unit} />;
}

export function MoneyField(props: Props) {
  return <ParsedField {...props} read={readMoney} write={writeMoney} inputMode="decimal" before="৳" />;
}

export function TimeField(props: Props) {
  const { texts } = useKit();
  const hint = props.hint ?? texts.timeHint;
  return <ParsedField {...props} hint={hint} read={readTime} write={formatTime} say={formatTime} />;
}

export function MonthField(props: Props) {
  return <ParsedField {...props} read={readMonth} write={formatYearMonth} say={formatYearMonth} />;
}

export function DateField(
  props: Props & { /** Days before it cannot be chosen from the calendar. */ min?: string },
) {
  const { texts } = useKit();
  return (
    <ParsedField
      {...props}
      hint={props.hint ?? texts.dateHint}
      inputMode="numeric"
      read={readDate}
      write={writeDate}
      say={formatDateWithYear}
      calendar={{ min: props.min }}
    />
  );
}

/**
 * A text field that says what it understood. The form gets that, or else what was typed, for the server to refuse: nothing
 * is taken away from anybody's hands.
 */
function ParsedField(
  props: Props & {
    read: (typed: string) => string | null;
    write: (language: Language, value: string) => string;
    say?: (language: Language, value: string) => string;
    inputMode?: 'numeric' | 'decimal';
    before?: string;
    after?: string | undefined;
    calendar?: { min: string | undefined };
  },
) {
  const { language } = useKit();
  const { name, read, write, say } = props;
  const [text, setText] = useState(() => (props.value ? write(language, props.value) : ''));
  const value = read(text);
  const change = (typed: string): void => {
    setText(typed);
    props.onChange?.(read(typed));
  };
  const said = say && value !== null ? say(language, value) : '';
  const ids = [describedBy(props), ...(say ? [`${fieldId(name)}-said`] : [])].filter(Boolean).join(' ');
  return (
    <FieldFrame {...props}>
      <div className="flex max-w-80 items-center gap-2">
        {props.before ? <span aria-hidden="true">{props.before}</span> : null}
        <input
          id={fieldId(name)}
          type="text"
          inputMode={props.inputMode}
          autoComplete="off"
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          aria-describedby={ids || undefined}
          aria-invalid={props.error ? true : undefined}
          className={`${control} ${edge(props.error)} ${say ? '' : 'max-w-40'}`}
        />
        {props.after ? <span>{props.after}</span> : null}
        {props.calendar ? (
          <Calendar
            label={props.label}
            date={value}
            min={props.calendar.min}
            onChoose={(chosen) => change(write(language, chosen))}
          />
        ) : null}
        <input type="hidden" name={name} value={value ?? text.trim()} />
      </div>
      {say ? (
        <p id={`${fieldId(name)}-said`} className="mt-1 min-h-6 text-note text-quiet">
          {said === text ? '' : said}
        </p>
      ) : null}
    </FieldFrame>
  );
}

const writeMoney = (language: Language, amount: string): string =>
  digits(language, amount.replace(/\.00$/, ''));

const writeDate = (language: Language, date: string): string =>
  digits(language, `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`);
