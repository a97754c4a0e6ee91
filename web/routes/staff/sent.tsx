import { Outlet } from '@tanstack/react-router';
import { listMailbox } from '../../../src/contract/messages.ts';
import { useWords } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { TabLinks } from '../../ui/tab-links.tsx';

/** The parts of what is sent. There is a mailbox only where nothing leaves the house. */
export function Sent() {
  const { tabs, tabNames } = useWords().sent;
  const mailbox = useRead(listMailbox, { query: { limit: 1 } }, { staleMs: 300_000 });
  return (
    <>
      <TabLinks
        label={tabs}
        links={[
          { to: '/sent', text: tabNames.ledger, exact: true },
          { to: '/sent/uncertain', text: tabNames.uncertain },
          { to: '/sent/templates', text: tabNames.templates },
          { to: '/sent/webhooks', text: tabNames.webhooks },
          ...(mailbox.data ? [{ to: '/sent/mailbox', text: tabNames.mailbox }] : []),
        ]}
      />
      <Outlet />
    </>
  );
}
