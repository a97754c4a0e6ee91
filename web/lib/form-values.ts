/** The text of a field, trimmed; empty when there is none. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** The text of a field that may stay empty. */
export const optionalIn = (form: FormData, name: string): string | undefined =>
  textIn(form, name) || undefined;

/** The number in a field; NaN when it is none, which goes over the wire as null for the server to refuse. */
export function numberIn(form: FormData, name: string): number {
  const text = textIn(form, name);
  return text === '' ? Number.NaN : Number(text);
}

/** The number in a field that may stay empty: null then. What is none goes as one below all, for the server to refuse. */
export function optionalNumberIn(form: FormData, name: string): number | null {
  if (textIn(form, name) === '') return null;
  const number = numberIn(form, name);
  return Number.isNaN(number) ? -1 : number;
}

/** What was chosen; the first choice where nothing was. */
export function oneOf<const Choice extends string>(
  form: FormData,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = textIn(form, name);
  return choices.find((choice) => choice === value) ?? choices[0];
}

/** Every value of a group of boxes that are ticked. */
export const allIn = (form: FormData, name: string): string[] =>
  form.getAll(name).filter((value) => typeof value === 'string');
