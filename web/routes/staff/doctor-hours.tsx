import { Link } from '@tanstack/react-router';
import { type Arrangement, getArrangement, listSchedules } from '../../../src/contract/schedules.ts';
import { HoursEditor } from '../../features/schedules/hours-editor.tsx';
import { useDoctorId } from '../../features/staff/doctor-id.ts';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useWords } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Empty, Skeleton } from '../../ui/states.tsx';

/** A doctor's weeks, chamber by chamber. */
export function DoctorHours() {
  const { hours: words } = useWords();
  const id = useDoctorId();
  const input = { params: { id } };
  const arrangement = useRead(getArrangement, input);
  const schedules = useRead(listSchedules, input);
  const skeleton = <Skeleton rows={7} rowHeight="panel" />;
  return (
    <Page title={words.title} lead={words.lead}>
      <Loaded read={arrangement} skeleton={skeleton}>
        {(found) => (
          <Loaded read={schedules} skeleton={skeleton}>
            {({ items }) => <Hours key={id} id={id} arrangement={found} schedules={items} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Hours(props: {
  id: number;
  arrangement: Arrangement;
  schedules: Parameters<typeof HoursEditor>[0]['schedules'];
}) {
  const { id, arrangement, schedules } = props;
  const [first, ...others] = arrangement.chambers;
  if (!first) return <NoChamber id={id} />;
  return <HoursEditor doctorId={id} chambers={[first, ...others]} schedules={schedules} />;
}

function NoChamber({ id }: { id: number }) {
  const { hours: words } = useWords();
  return (
    <Empty
      title={words.noChamber}
      action={
        <Link
          to="/doctors/$doctorId/fees"
          params={{ doctorId: String(id) }}
          className="link inline-flex min-h-12 items-center"
        >
          {words.toFees}
        </Link>
      }
    >
      {words.noChamberAdvice}
    </Empty>
  );
}
