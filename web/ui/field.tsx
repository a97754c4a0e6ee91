import type { HTMLInputTypeAttribute, ReactNode } from 'react';

type Common = {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value?: string | undefined;
  /** What is written after the label of a field that may stay empty. */
  optional?: string | undefined;
  /** Told what the field says now; the field keeps it by itself. For screens with script. */
  onChange?: (value: string) => void;
};

export const control = 'block min-h-12 w-full rounded-input border-2 bg-white px-3 py-2 text-ink';
export const edge = (error?: string): string => (error ? 'border-error' : 'border-edge');

/** Id of a field's control: what the error summary links to. */
export const fieldId = (name: string): string => `field-${name}`;

export function TextField(
  props: Common & {
    type?: HTMLInputTypeAttribute;
    autoComplete?: string;
    inputMode?: 'tel' | 'email' | 'search' | 'numeric';
    spellCheck?: boolean;
    /** Drafts are kept in the tab unless this is `never`. */
    draft?: 'keep' | 'never';
    narrow?: boolean;
  },
) {
  return (
    <FieldFrame {...props}>
      <input
        id={fieldId(props.name)}
        name={props.name}
        type={props.type ?? 'text'}
        defaultValue={props.value}
        onChange={tell(props.onChange)}
        autoComplete={props.autoComplete}
        inputMode={props.inputMode}
        spellCheck={props.spellCheck}
        autoCapitalize={props.spellCheck === false && props.type !== 'text' ? 'none' : undefined}
        data-draft={props.draft}
        aria-describedby={describedBy(props)}
        aria-invalid={props.error ? true : undefined}
        className={`${control} ${edge(props.error)} ${props.narrow ? 'sm:max-w-80' : ''}`}
      />
    </FieldFrame>
  );
}

export function TextArea(props: Common & { rows: number; maxLength: number }) {
  return (
    <FieldFrame {...props}>
      <textarea
        id={fieldId(props.name)}
        name={props.name}
        rows={props.rows}
        maxLength={props.maxLength}
        defaultValue={props.value}
        onChange={tell(props.onChange)}
        aria-describedby={describedBy(props)}
        aria-invalid={props.error ? true : undefined}
        className={`${control} ${edge(props.error)}`}
      />
    </FieldFrame>
  );
}

export function Select(
  props: Common & { options: readonly { value: string; text: string }[]; draft?: 'keep' },
) {
  return (
    <FieldFrame {...props}>
      <select
        id={fieldId(props.name)}
        name={props.name}
        defaultValue={props.value ?? ''}
        onChange={tell(props.onChange)}
        data-draft={props.draft}
        aria-describedby={describedBy(props)}
        className={`${control} ${edge(props.error)}`}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** One of several, each a full line to press. */
export function Choices(props: {
  name: string;
  legend: string;
  error?: string | undefined;
  value: string;
  options: readonly { value: string; text: string }[];
  draft?: 'keep';
  onChange?: (value: string) => void;
}) {
  return (
    <fieldset
      id={fieldId(props.name)}
      tabIndex={props.error ? -1 : undefined}
      aria-describedby={describedBy(props)}
    >
      <legend className="mb-2 font-semibold">{props.legend}</legend>
      <ErrorText {...props} />
      <div className="grid grid-cols-1 gap-2">
        {props.options.map((option) => (
          <label
            key={option.value}
            className="relative flex min-h-12 items-center gap-3 rounded-input border-2 border-edge bg-white px-3 py-2 has-checked:border-green has-checked:bg-tint"
          >
            <input
              type="radio"
              name={props.name}
              value={option.value}
              defaultChecked={option.value === props.value}
              onChange={tell(props.onChange)}
              data-draft={props.draft}
              className="size-5 shrink-0 accent-green"
            />
            {option.text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Undefined where nobody listens: React would warn of a field that it believes to be controlled. */
const tell = (listen?: (value: string) => void) =>
  listen && ((event: { currentTarget: { value: string } }) => listen(event.currentTarget.value));

export function FieldFrame(props: Common & { children: ReactNode }) {
  return (
    <div className={props.error ? 'border-l-4 border-error pl-3' : undefined}>
      <label htmlFor={fieldId(props.name)} className="mb-1 block font-semibold">
        {props.label}
        {props.optional ? <span className="font-normal text-quiet"> {props.optional}</span> : null}
      </label>
      {props.hint ? (
        <p id={`${fieldId(props.name)}-hint`} className="mb-1 text-note text-quiet">
          {props.hint}
        </p>
      ) : null}
      <ErrorText {...props} />
      {props.children}
    </div>
  );
}

export function ErrorText(props: { name: string; error?: string | undefined }) {
  if (!props.error) return null;
  return (
    <p id={`${fieldId(props.name)}-error`} className="mb-1 font-semibold text-error">
      {props.error}
    </p>
  );
}

export function describedBy(props: { name: string; hint?: string | undefined; error?: string | undefined }) {
  const id = fieldId(props.name);
  const ids = [...(props.hint ? [`${id}-hint`] : []), ...(props.error ? [`${id}-error`] : [])];
  return ids.length === 0 ? undefined : ids.join(' ');
}
