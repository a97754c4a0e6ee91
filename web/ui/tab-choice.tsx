import { Select } from './field.tsx';

// More would wrap into lines that nobody can take in at a glance.
const mostTabs = 4;

type Option = { value: string; text: string; note?: string | undefined };

/** One of a few views of the same thing, as tabs; a list to open when they are many. For screens with script. */
export function TabChoice(props: {
  name: string;
  legend: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}) {
  const { name, legend, value, options } = props;
  if (options.length > mostTabs)
    return (
      <Select
        // It keeps its own choice, which the address may have changed.
        key={value}
        name={name}
        label={legend}
        value={value}
        options={options.map(({ value: of, text, note }) => ({
          value: of,
          text: note ? `${text} · ${note}` : text,
        }))}
        onChange={props.onChange}
      />
    );
  return (
    <fieldset>
      <legend className="mb-1 text-note text-quiet">{legend}</legend>
      <div className="flex flex-wrap gap-x-1 border-b border-hairline">
        {options.map((option) => (
          <label
            key={option.value}
            className="relative -mb-px inline-flex min-h-12 flex-wrap items-center gap-x-2 border-b-4 border-transparent px-3 hover:bg-tint has-checked:border-green has-checked:font-semibold has-checked:text-green-pressed has-focus-visible:outline-3 has-focus-visible:outline-ink"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => props.onChange(option.value)}
              className="sr-only"
            />
            {option.text}
            {option.note ? <span className="text-note font-normal text-waiting">{option.note}</span> : null}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
