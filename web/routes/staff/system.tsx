import { Outlet } from '@tanstack/react-router';
import { useWords } from '../../lib/staff/context.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';

/** The parts of how the machinery stands. */
export function System() {
  const { tabs, tabNames } = useWords().system;
  return (
    <>
      <TabLinks
        label={tabs}
        links={[
          { to: '/system', text: tabNames.health, exact: true },
          { to: '/system/dead-letters', text: tabNames.deadLetters },
        ]}
      />
      <Outlet />
    </>
  );
}
