import { link, type Visit } from '../../lib/visit.ts';

export function SiteFooter({ visit }: { visit: Visit }) {
  const { m, session } = visit;
  return (
    <footer data-screen-only className="border-t border-hairline bg-white">
      <div className="mx-auto w-full max-w-272 px-4 py-6 text-quiet md:flex md:justify-between md:gap-8 md:px-6">
        <div>
          <p>{m.site.footer}</p>
          {session ? null : (
            <p>
              <a href={link(visit, '/find')} className="link inline-flex min-h-12 items-center">
                {m.codes.findTitle}
              </a>
            </p>
          )}
        </div>
        <p>{m.site.emergency}</p>
      </div>
    </footer>
  );
}
