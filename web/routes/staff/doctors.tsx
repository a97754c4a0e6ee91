import { searchDoctors } from '../../../src/contract/doctors.ts';
import { ApprovalButtons } from '../../features/doctors/approval-buttons.tsx';
import { PublicDoctorsTable, SetUpLink } from '../../features/doctors/doctors-table.tsx';
import {
  AllDoctors,
  approvalIn,
  DoctorSearch,
  FoundDoctors,
  pageSize,
} from '../../features/doctors/find-doctors.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { focusHeading } from '../../ui/focus-heading.ts';
import { TabChoice } from '../../ui/tab-choice.tsx';

/** Doctors, to choose whose set-up to open: all for an administrator, those whom patients find for the desk. */
export function Doctors() {
  const { me, words } = useStaff();
  const { doctors } = words;
  const approval = approvalIn(useScreenQuery().query);
  return me.userType === 'admin' ? (
    <Page title={doctors.title} lead={doctors.lead}>
      <DoctorSearch label={doctors.search} />
      <ApprovalChoice />
      <AllDoctors
        renderName={(id, name) => <SetUpLink id={id} name={name} />}
        decisions={{
          // Among all of them only what waits; where they are listed by their approval it can be changed.
          about: ({ doctor }) => approval !== null || doctor?.approval === 'pending',
          render: (user) => <ApprovalButtons user={user} onDecided={() => focusHeading('found')} />,
        }}
      />
    </Page>
  ) : (
    <Page title={doctors.title} lead={doctors.leadToRead}>
      <DoctorSearch label={doctors.searchPublic} />
      <PublicDoctors />
    </Page>
  );
}

/** All, or those who stand so. */
function ApprovalChoice() {
  const { doctors } = useStaff().words;
  const { query, change } = useScreenQuery();
  return (
    <div className="mb-4">
      <TabChoice
        name="approval"
        legend={doctors.columns.approval}
        value={approvalIn(query) ?? ''}
        options={[
          { value: '', text: doctors.all },
          { value: 'pending', text: doctors.approvals.pending },
          { value: 'approved', text: doctors.approvals.approved },
          { value: 'refused', text: doctors.approvals.refused },
        ]}
        onChange={(value) => change({ approval: value || null })}
      />
    </div>
  );
}

function PublicDoctors() {
  const { q = '' } = useScreenQuery().query;
  const read = useReadPages(searchDoctors, { query: { limit: pageSize, ...(q ? { q } : {}) } });
  return <FoundDoctors read={read}>{(found) => <PublicDoctorsTable doctors={found} />}</FoundDoctors>;
}
