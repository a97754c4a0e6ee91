import { control, describedBy, edge, FieldFrame, fieldId } from './field.tsx';

/** A list whose choices come and go with another field. What it holds is its screen's, and stays though no list names it. */
export function DependentSelect(props: {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  optional?: string | undefined;
  value: string;
  options: readonly { value: string; text: string }[];
  onChange: (value: string) => void;
}) {
  const { value, options } = props;
  const named = options.some((option) => option.value === value);
  return (
    <FieldFrame {...props}>
      <select
        id={fieldId(props.name)}
        name={props.name}
        value={value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        aria-describedby={describedBy(props)}
        aria-invalid={props.error ? true : undefined}
        className={`${control} ${edge(props.error)}`}
      >
        {(named ? options : [...options, { value, text: value }]).map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
