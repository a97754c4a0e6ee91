import type { Messages } from '../../lib/messages/en.ts';

export function SiteFooter({ m }: { m: Messages }) {
  return (
    <footer data-screen-only className="border-t border-hairline bg-white">
      <div className="mx-auto w-full max-w-272 px-4 py-6 text-quiet md:flex md:justify-between md:gap-8 md:px-6">
        <p>{m.site.footer}</p>
        <p>{m.site.emergency}</p>
      </div>
    </footer>
  );
}
