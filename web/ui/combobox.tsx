/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus --
   no element of HTML is a list that one types into; the focus and the keys stay with the input */
import { ChevronsUpDown } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { control, describedBy, edge, FieldFrame, fieldId } from './field.tsx';
import { useKit } from './kit.tsx';

export type ComboboxOption = {
  value: string;
  text: string;
  /** Beside the text, smaller. It is searched too. */
  note?: string;
};

/**
 * One of many, found by typing a part of it; the form gets the chosen `value`, or nothing. Our own: Base UI's hides the page
 * with its label and heading from assistive technology while the list is open, and weighs 35 KB.
 */
export function Combobox(props: {
  name: string;
  label: string;
  options: readonly ComboboxOption[];
  value?: string | undefined;
  hint?: string | undefined;
  error?: string | undefined;
  optional?: string | undefined;
  onChange?: (value: string | null) => void;
  /** Told what is typed: a list too long to be had at once grows by it. */
  onType?: (typed: string) => void;
}) {
  const { texts } = useKit();
  const { name, error, options } = props;
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const given = options.find(({ value }) => value === props.value) ?? null;
  const [followed, setFollowed] = useState({ value: props.value, found: given !== null });
  const [chosen, setChosen] = useState(given);
  const [text, setText] = useState(chosen?.text ?? '');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  // What is chosen is no search: opened again, the list is whole.
  const shown = text === chosen?.text ? options : options.filter((option) => fits(option, text));

  // An address that says another value, or a list that only now knows it.
  if (props.value !== followed.value || (given !== null && !followed.found)) {
    setFollowed({ value: props.value, found: given !== null });
    setChosen(given);
    setText(given?.text ?? '');
  }

  useEffect(() => {
    if (open) list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [open, active]);

  const choose = (option: ComboboxOption | null): void => {
    setChosen(option);
    setText(option?.text ?? '');
    setOpen(false);
    if (option?.value !== chosen?.value) props.onChange?.(option?.value ?? null);
  };
  const show = (): void => {
    setActive(Math.max(0, chosen ? options.indexOf(chosen) : 0));
    setOpen(true);
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (open) setActive(Math.min(Math.max(active + step, 0), Math.max(shown.length - 1, 0)));
      else show();
    } else if (open && event.key === 'Enter') {
      event.preventDefault();
      const option = shown[active];
      if (option) choose(option);
    } else if (open && event.key === 'Escape') {
      // Of the list, not of the dialog around it.
      event.stopPropagation();
      choose(chosen);
    }
  };

  return (
    <FieldFrame {...props}>
      <div className="relative">
        <input
          id={fieldId(name)}
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          aria-expanded={open}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={open && shown.length > 0 ? `${listId}-${active}` : undefined}
          aria-describedby={describedBy(props)}
          aria-invalid={error ? true : undefined}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            props.onType?.(event.currentTarget.value);
            setActive(0);
            setOpen(true);
          }}
          onClick={show}
          onKeyDown={press}
          // An emptied field is no choice; anything else that was not chosen goes back to what was.
          onBlur={() => choose(text.trim() === '' ? null : chosen)}
          className={`${control} ${edge(error)} pr-12`}
        />
        <ChevronsUpDown
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-3 size-5 -translate-y-1/2"
        />
        <div
          ref={list}
          id={listId}
          role="listbox"
          aria-label={props.label}
          hidden={!open || shown.length === 0}
          className="absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto rounded-input border-2 border-edge bg-white shadow-dialog"
        >
          {shown.map((option, index) => (
            <div
              key={option.value}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={option.value === chosen?.value}
              data-active={index === active || undefined}
              onPointerMove={() => setActive(index)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
              className="flex min-h-12 cursor-pointer flex-col justify-center px-3 py-2 aria-selected:font-semibold data-active:bg-tint data-active:outline-2 data-active:-outline-offset-2 data-active:outline-green"
            >
              {option.text}
              {option.note ? <span className="text-note font-normal text-quiet">{option.note}</span> : null}
            </div>
          ))}
        </div>
        <output className={open && shown.length === 0 ? 'mt-1 block text-note' : 'sr-only'}>
          {open && shown.length === 0 ? texts.none : ''}
        </output>
        <input type="hidden" name={name} value={chosen?.value ?? ''} />
      </div>
    </FieldFrame>
  );
}

/** Every word that was typed is found somewhere, in any order. */
function fits({ text, note = '' }: ComboboxOption, query: string): boolean {
  const where = `${text} ${note}`.toLowerCase().normalize('NFC');
  return query
    .toLowerCase()
    .normalize('NFC')
    .split(/\s+/)
    .every((word) => where.includes(word));
}
