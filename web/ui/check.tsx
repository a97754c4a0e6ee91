import { ErrorText, describedBy, fieldId } from './field.tsx';

const line =
  'relative flex min-h-12 items-center gap-3 rounded-input border-2 border-edge bg-white px-3 py-2 has-checked:border-green has-checked:bg-tint';
const box = 'size-5 shrink-0 accent-green';

/** A yes or a no: the form gets `yes`, or nothing. */
export function Checkbox(props: {
  name: string;
  label: string;
  hint?: string;
  checked?: boolean;
  onChange?: (checked: boolean) => void;
}) {
  return (
    <div>
      <label className={line}>
        <input
          id={fieldId(props.name)}
          type="checkbox"
          name={props.name}
          value="yes"
          defaultChecked={props.checked ?? false}
          onChange={(event) => props.onChange?.(event.currentTarget.checked)}
          aria-describedby={describedBy(props)}
          className={box}
        />
        {props.label}
      </label>
      {props.hint ? (
        <p id={`${fieldId(props.name)}-hint`} className="mt-1 text-note text-quiet">
          {props.hint}
        </p>
      ) : null}
    </div>
  );
}

/** Any of several; the form gets each that is ticked under one name. */
export function CheckChoices(props: {
  name: string;
  legend: string;
  hint?: string;
  error?: string | undefined;
  values: readonly string[];
  options: readonly { value: string; text: string }[];
  /** Beside each other where they are short. */
  columns?: boolean;
  onChange?: (values: string[]) => void;
}) {
  return (
    <fieldset
      id={fieldId(props.name)}
      tabIndex={props.error ? -1 : undefined}
      aria-describedby={describedBy(props)}
      className={props.error ? 'border-l-4 border-error pl-3' : undefined}
      onChange={(event) =>
        props.onChange?.(
          Array.from(
            event.currentTarget.querySelectorAll<HTMLInputElement>('input:checked'),
            ({ value }) => value,
          ),
        )
      }
    >
      <legend className="mb-2 font-semibold">{props.legend}</legend>
      {props.hint ? (
        <p id={`${fieldId(props.name)}-hint`} className="mb-2 text-note text-quiet">
          {props.hint}
        </p>
      ) : null}
      <ErrorText {...props} />
      <div className={props.columns ? 'flex flex-wrap gap-2' : 'grid grid-cols-1 gap-2'}>
        {props.options.map((option) => (
          <label key={option.value} className={line}>
            <input
              type="checkbox"
              name={props.name}
              value={option.value}
              defaultChecked={props.values.includes(option.value)}
              className={box}
            />
            {option.text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
