import { useStaff } from '../../lib/staff/context.tsx';

/** Says that what is shown is still the choice before. */
export function Counting({ busy }: { busy: boolean }) {
  const { counting } = useStaff().words.figures;
  return (
    <output className="block">
      {busy ? <p className="mb-4 border-l-4 border-info bg-info-tint px-3 py-2">{counting}</p> : null}
    </output>
  );
}
