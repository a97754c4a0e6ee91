import { useState } from 'react';
import { type ChamberToEdit, listChambers } from '../../../src/contract/chambers.ts';
import { ChamberDialog } from '../../features/chambers/chamber-dialog.tsx';
import { ChamberSearch, NoChamber } from '../../features/chambers/chamber-search.tsx';
import { ChambersTable } from '../../features/chambers/chambers-table.tsx';
import { CloseChamber } from '../../features/chambers/close-chamber.tsx';
import { RulesDialog } from '../../features/chambers/rules-dialog.tsx';
import { LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notices.tsx';

/** Where doctors see patients: everybody's, of which each changes their own. */
export function Chambers() {
  const { me, language, words } = useStaff();
  const { chambers } = words;
  const { query, change: ask } = useScreenQuery();
  const { q = '', district = '' } = query;
  const read = useReadPages(listChambers, {
    query: { limit: 20, ...(q ? { q: q.slice(0, 100) } : {}), ...(district ? { district } : {}) },
  });
  // Kept while the dialog closes, so that it does not change its face on the way.
  const [edited, setEdited] = useState<{ open: boolean; chamber: ChamberToEdit | null }>(closed);
  const [ruled, setRuled] = useState<{ open: boolean; chamber: ChamberToEdit | null }>(closed);
  const [closing, setClosing] = useState<{ open: boolean; chamber: ChamberToEdit | null }>(closed);
  const mayAdd = me.userType === 'admin' || me.doctor?.approval === 'approved';
  const add = (
    <Button type="button" onClick={() => setEdited({ open: true, chamber: null })}>
      {chambers.add}
    </Button>
  );
  return (
    <Page
      title={chambers.title}
      lead={me.userType === 'admin' ? chambers.lead : chambers.leadOfDoctor}
      actions={mayAdd ? add : null}
    >
      {mayAdd ? null : (
        <div className="mb-6 max-w-160">
          <Notice tone="waiting">{chambers.notApproved}</Notice>
        </div>
      )}
      <ChamberSearch asked={{ q, district }} onAsk={ask} />
      <LoadedPages read={read} more={chambers.more}>
        {(found, { all }) => (
          <>
            <p aria-live="polite" className="mb-2 text-quiet">
              {found.length > 0 ? chambers.found(digits(language, found.length), !all) : null}
            </p>
            {found.length > 0 ? (
              <ChambersTable
                chambers={found}
                onChange={mayAdd ? (chamber) => setEdited({ open: true, chamber }) : null}
                onRules={mayAdd ? (chamber) => setRuled({ open: true, chamber }) : null}
                onClose={(chamber) => setClosing({ open: true, chamber })}
              />
            ) : (
              <NoChamber asked={{ q, district }} onAsk={ask} add={mayAdd ? add : null} />
            )}
          </>
        )}
      </LoadedPages>
      <ChamberDialog
        {...edited}
        onClose={() => setEdited({ ...edited, open: false })}
        onAdded={({ name }) => ask({ q: name, district: null })}
      />
      <RulesDialog {...ruled} onClose={() => setRuled({ ...ruled, open: false })} />
      <CloseChamber {...closing} onClose={() => setClosing({ ...closing, open: false })} />
    </Page>
  );
}

const closed = { open: false, chamber: null };
