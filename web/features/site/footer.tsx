import { organisationAddress } from '../../../src/contract/wording.ts';
import { formatPhone } from '../../lib/phone.ts';
import { link, siteName, type Visit } from '../../lib/visit.ts';

export function SiteFooter({ visit }: { visit: Visit }) {
  const { m, session } = visit;
  return (
    <footer data-screen-only className="border-t border-hairline bg-white">
      <div className="mx-auto w-full max-w-272 px-4 py-6 text-quiet md:flex md:justify-between md:gap-8 md:px-6">
        <div>
          <p>{m.site.footer}</p>
          <Contact visit={visit} />
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

/** Who is behind the pages and how they are reached, where the organisation has said it. */
function Contact({ visit }: { visit: Visit }) {
  const { phone, email, ...settings } = visit.context.settings;
  const address = organisationAddress(visit.language, settings);
  if (!phone && !email && !address) return null;
  return (
    <address className="mt-3 not-italic">
      <p className="font-semibold">{siteName(visit)}</p>
      {address ? <p>{address}</p> : null}
      <p className="flex flex-wrap gap-x-5">
        {phone ? (
          <a href={`tel:${phone}`} className="link inline-flex min-h-12 items-center whitespace-nowrap">
            {formatPhone(phone)}
          </a>
        ) : null}
        {email ? (
          <a href={`mailto:${email}`} className="link inline-flex min-h-12 items-center break-all">
            {email}
          </a>
        ) : null}
      </p>
    </address>
  );
}
