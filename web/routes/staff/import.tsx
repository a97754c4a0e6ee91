import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { getImport, type Import } from '../../../src/contract/imports.ts';
import { Findings } from '../../features/imports/findings.tsx';
import { StandingTag } from '../../features/imports/history.tsx';
import { isWorking, useImportWords } from '../../features/imports/import-words.ts';
import { Result } from '../../features/imports/result.tsx';
import { WorkProgress } from '../../features/imports/work-progress.tsx';
import { useMoment } from '../../features/staff/moment.ts';
import { NotFound } from '../../features/staff/dead-ends.tsx';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { type Fact, Facts } from '../../ui/facts.tsx';

/** A file that was handed over: how far it is, what was found, and what can be done next. */
export function OneImport() {
  const { importId } = useParams({ from: '/imports/$importId' });
  return /^[1-9][0-9]{0,8}$/.test(importId) ? <ImportById id={Number(importId)} /> : <NotFound />;
}

const underWayMs = 1_000;
const quietMs = 15_000;

function ImportById({ id }: { id: number }) {
  const imports = useImportWords();
  const [everyMs, setEveryMs] = useState(underWayMs);
  const read = useRead(getImport, { params: { id } }, { everyMs });
  const wanted = read.data && !isWorking(read.data.import) ? quietMs : underWayMs;
  if (wanted !== everyMs) setEveryMs(wanted);
  return (
    <Page
      title={read.data?.import.fileName ?? imports.title}
      lead={
        <Link to="/imports" className="link inline-flex min-h-12 items-center">
          {imports.all}
        </Link>
      }
    >
      <Loaded read={read}>{({ import: about }) => <Shown about={about} />}</Loaded>
    </Page>
  );
}

function Shown({ about }: { about: Import }) {
  const working = isWorking(about);
  return (
    <>
      <div className="mb-6 max-w-160">
        <About about={about} />
      </div>
      <div aria-live="polite">
        {working && about.work ? <WorkProgress work={about.work} /> : <Result about={about} />}
      </div>
      {!working && about.counts && about.counts.findings > 0 ? <Findings about={about} /> : null}
    </>
  );
}

function About({ about }: { about: Import }) {
  const moment = useMoment();
  const { facts, kinds, upload } = useImportWords();
  const byAt = (by: { fullName: string }, at: string) => facts.byAt(by.fullName, moment(at));
  const { importedBy, importedAt, takenBackBy, takenBackAt, approval } = about;
  const all: Fact[] = [
    {
      name: facts.kind,
      value: (
        <span className="flex flex-wrap items-center gap-3">
          {kinds[about.kind]} <StandingTag about={about} />
        </span>
      ),
    },
    { name: facts.handed, value: byAt(about.createdBy, about.createdAt) },
    { name: facts.same, value: upload.sames[about.same] },
    ...(approval ? [{ name: facts.approval, value: upload.approvals[approval] }] : []),
    ...(importedBy && importedAt ? [{ name: facts.imported, value: byAt(importedBy, importedAt) }] : []),
    ...(takenBackBy && takenBackAt ? [{ name: facts.takenBack, value: byAt(takenBackBy, takenBackAt) }] : []),
  ];
  return <Facts facts={all} />;
}
