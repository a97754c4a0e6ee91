import type { Visit } from '../../lib/visit.ts';
import { TextField } from '../../ui/field.tsx';

/** For those without a mobile number, behind a link: most have one. */
export function EmailInstead(props: { visit: Visit; value: string; error: string | undefined }) {
  const { m } = props.visit;
  return (
    <details open={props.value !== '' || props.error !== undefined}>
      <summary className="link inline-flex min-h-12 items-center">{m.account.useEmail}</summary>
      <div className="pt-2">
        <TextField
          name="email"
          label={m.account.email}
          error={props.error}
          value={props.value}
          type="email"
          inputMode="email"
          autoComplete="email"
          spellCheck={false}
          draft="keep"
        />
      </div>
    </details>
  );
}
