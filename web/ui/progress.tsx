/** How far something is; without a total it only shows that it goes on. The words stand beside it and are told as they change. */
export function Progress(props: { label: string; done: number; total: number | null; text: string }) {
  const { done, total } = props;
  return (
    <div className="grid max-w-160 grid-cols-1 gap-1">
      <progress
        aria-label={props.label}
        className="progress w-full"
        {...(total === null || total === 0 ? {} : { value: Math.min(done, total), max: total })}
      />
      <p className="text-note text-quiet tabular-nums">{props.text}</p>
    </div>
  );
}
