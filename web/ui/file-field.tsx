import { useState } from 'react';
import { describedBy, ErrorText, fieldId } from './field.tsx';

/** A file, dropped or chosen; the form gets it under the name. For screens with script. */
export function FileField(props: {
  name: string;
  label: string;
  hint: string;
  /** Where it is dropped or pressed. */
  choose: string;
  error?: string | undefined;
  accept: string;
  /** What is said of a chosen file. */
  describe: (file: File) => string;
  onChange: (file: File | null) => void;
}) {
  const [file, setFile] = useState<File | null>(null);
  const id = fieldId(props.name);
  return (
    <div className={props.error ? 'border-l-4 border-error pl-3' : undefined}>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {props.label}
      </label>
      <p id={`${id}-hint`} className="mb-1 text-note text-quiet">
        {props.hint}
      </p>
      <ErrorText {...props} />
      <div className="relative grid min-h-24 place-items-center rounded-input border-2 border-dashed border-edge bg-white px-4 py-5 text-center hover:bg-tint has-focus-visible:outline-3 has-focus-visible:outline-ink">
        {/* Over all of it and unseen: the browser takes what is dropped there, and its own words are not in our language. */}
        <input
          id={id}
          type="file"
          name={props.name}
          accept={props.accept}
          aria-describedby={describedBy(props)}
          aria-invalid={props.error ? true : undefined}
          onChange={({ currentTarget: { files } }) => {
            setFile(files?.[0] ?? null);
            props.onChange(files?.[0] ?? null);
          }}
          className="absolute inset-0 size-full cursor-pointer opacity-0"
        />
        <span className="min-w-0 break-words">
          {file ? <strong className="font-semibold">{props.describe(file)}</strong> : null}
          <span
            className={`block ${file ? 'text-note text-quiet' : 'text-green underline underline-offset-4'}`}
          >
            {props.choose}
          </span>
        </span>
      </div>
    </div>
  );
}
