import { figureReports } from '../../../src/contract/figures.ts';
import { queryOfReport } from '../../lib/figure-address.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';

/** The ways to every report; what is chosen in one goes along to the next. */
export function ReportChoice({ shown }: { /** Its title. */ shown: string }) {
  const { words, language } = useStaff();
  const search = queryOfReport(useScreenQuery().query);
  return (
    <TabLinks
      label={words.figures.choice}
      folded={shown}
      links={[
        { to: '/reports', text: words.reports.title, exact: true, search },
        ...Object.entries(figureReports).map(([name, { title }]) => ({
          to: `/reports/${name}`,
          text: title[language],
          search,
        })),
        { to: '/reports/files', text: words.exports.title, search },
      ]}
    />
  );
}
