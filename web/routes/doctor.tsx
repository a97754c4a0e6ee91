import { getDoctor } from '../../src/contract/doctors.ts';
import { KeptPlace } from '../features/booking/kept-place.tsx';
import { DoctorPage } from '../features/doctors/doctor-page.tsx';
import { findTimes } from '../features/doctors/find-times.ts';
import { answerPage } from '../features/site/document.tsx';
import { doctorName } from '../lib/names.ts';
import type { PageRoute } from '../lib/route-table.ts';

export const doctor: PageRoute = {
  path: '/d/:slug',
  get: async (visit, { slug = '' }) => {
    const { doctor: profile } = await visit.call(getDoctor, { params: { id: slug } });
    const times = await findTimes(visit, profile);
    return answerPage(
      visit,
      { title: doctorName(visit.language, profile), open: true },
      <DoctorPage
        visit={visit}
        doctor={profile}
        times={times}
        kept={<KeptPlace visit={visit} doctor={profile} />}
      />,
    );
  },
};
