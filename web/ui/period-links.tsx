import { Link } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';

type Way = { text: string; query: Readonly<Record<string, string>> };

/** A month or a year as the heading of what stands below, and links to its neighbours: the period is in the address. */
export function PeriodLinks(props: {
  label: string;
  heading: string;
  /** Of the heading, so that it can name what stands below. */
  id?: string;
  earlier: Way;
  later: Way;
  /** Null where it is the one that is shown. */
  present: Way | null;
}) {
  return (
    <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <h2 id={props.id} aria-live="polite" className="text-lead">
        {props.heading}
      </h2>
      <nav aria-label={props.label} data-screen-only className="flex items-center gap-2">
        {props.present ? (
          <Link
            to="."
            search={props.present.query}
            resetScroll={false}
            className="link inline-flex min-h-12 items-center px-2"
          >
            {props.present.text}
          </Link>
        ) : null}
        <Step way={props.earlier} icon={ChevronLeft} />
        <Step way={props.later} icon={ChevronRight} />
      </nav>
    </div>
  );
}

function Step({ way, icon: Icon }: { way: Way; icon: typeof ChevronLeft }) {
  return (
    <Link
      to="."
      search={way.query}
      resetScroll={false}
      aria-label={way.text}
      data-block
      className="inline-flex size-12 items-center justify-center rounded-input border-2 border-edge bg-white text-ink hover:bg-tint"
    >
      <Icon aria-hidden="true" className="size-6" />
    </Link>
  );
}
