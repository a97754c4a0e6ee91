import { importKinds } from '../../../src/contract/import-columns.ts';
import { History } from '../../features/imports/history.tsx';
import { ImportForm } from '../../features/imports/import-form.tsx';
import { Template } from '../../features/imports/template.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { Panel } from '../../ui/panel.tsx';
import { TabChoice } from '../../ui/tab-choice.tsx';
import { useImportWords } from '../../features/imports/import-words.ts';

/** Files of patients, doctors and hours: what they look like, one to hand over, and those of before. */
export function Imports() {
  const imports = useImportWords();
  const { query, change } = useScreenQuery();
  const kind = importKinds.find((each) => each === query['kind']) ?? importKinds[0];
  return (
    <Page title={imports.title} lead={imports.lead}>
      <div className="mb-6">
        <TabChoice
          name="kind"
          legend={imports.kind}
          value={kind}
          options={importKinds.map((value) => ({ value, text: imports.kinds[value] }))}
          onChange={(value) => change({ kind: value })}
        />
      </div>
      <Panel id="template" title={imports.template.title}>
        <Template kind={kind} />
      </Panel>
      <Panel id="upload" title={imports.upload.title}>
        <ImportForm key={kind} kind={kind} />
      </Panel>
      <section aria-labelledby="history">
        <h2 id="history" className="mb-3 text-lead">
          {imports.history.title}
        </h2>
        <History />
      </section>
    </Page>
  );
}
