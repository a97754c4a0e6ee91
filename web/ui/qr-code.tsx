import { encode } from 'uqr';

/** One path of squares, black on white. */
export function QrCode({ text }: { text: string }) {
  const { size, data } = encode(text, { ecc: 'M', border: 2 });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])))
    .join('');
  return (
    // Its purpose stands in words below it.
    <svg viewBox={`0 0 ${size} ${size}`} aria-hidden="true" className="size-32 bg-white">
      <path d={path} />
    </svg>
  );
}
