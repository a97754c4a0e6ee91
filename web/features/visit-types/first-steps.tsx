import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../../lib/staff/context.tsx';

/** A doctor who works nowhere yet: chamber, fee, hours. */
export function FirstSteps(props: { doctorId: number; action: ReactNode }) {
  const { fees } = useWords();
  return (
    <section aria-labelledby="first-steps" className="max-w-160">
      <h2 id="first-steps" className="mb-2 text-lead">
        {fees.firstTitle}
      </h2>
      <ol className="mb-5">
        {fees.firstSteps.map(({ title, text }, index) => (
          <li key={title} className="flex gap-4 border-t border-hairline py-3">
            <span aria-hidden="true" className="numeral w-6 shrink-0 text-lead text-green">
              {fees.stepNumbers[index]}
            </span>
            <div>
              <p className="font-semibold">{title}</p>
              <p className="text-quiet">{text}</p>
            </div>
          </li>
        ))}
      </ol>
      {props.action}
      <p className="mt-2">
        <Link
          to="/doctors/$doctorId/hours"
          params={{ doctorId: String(props.doctorId) }}
          className="link inline-flex min-h-12 items-center"
        >
          {fees.toHours}
        </Link>
      </p>
    </section>
  );
}
