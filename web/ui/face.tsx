/** A photo, or the first letters where there is none. The name stands beside it, so it says nothing itself. */
export function Face(props: {
  photo: string | null;
  initials: string;
  size: 'row' | 'page';
  first?: boolean;
}) {
  const size = props.size === 'page' ? 'size-20 text-title' : 'size-14 text-lead';
  if (props.photo)
    return (
      <img
        src={props.photo}
        alt=""
        width={96}
        height={96}
        loading={props.first ? 'eager' : 'lazy'}
        className={`${size} shrink-0 rounded-input bg-tint object-cover`}
      />
    );
  return (
    <span
      aria-hidden="true"
      className={`${size} inline-flex shrink-0 items-center justify-center rounded-input bg-tint font-semibold text-green`}
    >
      {props.initials}
    </span>
  );
}
