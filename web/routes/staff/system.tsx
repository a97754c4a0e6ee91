import { Outlet } from '@tanstack/react-router';
import { TabLinks } from '../../ui/tab-links.tsx';
import { useSystemWords } from '../../features/system/system-words.ts';

/** The parts of how the machinery stands. */
export function System() {
  const { tabs, tabNames } = useSystemWords();
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
