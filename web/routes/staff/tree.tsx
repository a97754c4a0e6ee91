import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  parseSearchWith,
  stringifySearchWith,
} from '@tanstack/react-router';
import type { UserType } from '../../../src/contract/route.ts';
import { Broken, NotFound } from '../../features/staff/dead-ends.tsx';
import { Frame } from '../../features/staff/frame.tsx';
import { inLanguage, type Language } from '../../lib/language.ts';
import { readScreenQuery } from '../../lib/staff/screen-query.ts';

// Every screen is a file of its own that comes when it is first opened.
const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  validateSearch: readScreenQuery,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./home.tsx'), 'Home'),
});

const doctors = createRoute({
  getParentRoute: () => root,
  path: '/doctors',
  staticData: { onlyFor: ['admin', 'assistant'] },
  component: lazyRouteComponent(() => import('./doctors.tsx'), 'Doctors'),
});

const doctor = createRoute({
  getParentRoute: () => root,
  path: '/doctors/$doctorId',
  staticData: { onlyFor: ['admin', 'assistant', 'doctor'] },
  component: lazyRouteComponent(() => import('./doctor.tsx'), 'Doctor'),
});

const doctorHours = createRoute({
  getParentRoute: () => doctor,
  path: '/hours',
  component: lazyRouteComponent(() => import('./doctor-hours.tsx'), 'DoctorHours'),
});

const doctorFees = createRoute({
  getParentRoute: () => doctor,
  path: '/fees',
  component: lazyRouteComponent(() => import('./doctor-fees.tsx'), 'DoctorFees'),
});

const doctorTimeOff = createRoute({
  getParentRoute: () => doctor,
  path: '/time-off',
  component: lazyRouteComponent(() => import('./doctor-time-off.tsx'), 'DoctorTimeOff'),
});

const doctorWhy = createRoute({
  getParentRoute: () => doctor,
  path: '/why',
  component: lazyRouteComponent(() => import('./doctor-why.tsx'), 'DoctorWhy'),
});

const chambers = createRoute({
  getParentRoute: () => root,
  path: '/chambers',
  staticData: { onlyFor: ['admin', 'doctor'] },
  component: lazyRouteComponent(() => import('./chambers.tsx'), 'Chambers'),
});

const holidays = createRoute({
  getParentRoute: () => root,
  path: '/holidays',
  staticData: { onlyFor: ['admin'] },
  component: lazyRouteComponent(() => import('./holidays.tsx'), 'Holidays'),
});

const tree = root.addChildren([
  home,
  doctors,
  doctor.addChildren([doctorHours, doctorFees, doctorTimeOff, doctorWhy]),
  chambers,
  holidays,
]);

/** Paths within the app leave out `/staff` and the language: `/doctors`. */
export const createStaffRouter = (language: Language) =>
  createRouter({
    routeTree: tree,
    basepath: inLanguage(language, '/staff'),
    defaultPreload: 'intent',
    defaultErrorComponent: Broken,
    scrollRestoration: true,
    // The library would read `?day=5` as a number and write the text 5 in quotes.
    parseSearch: parseSearchWith((text) => text),
    stringifySearch: stringifySearchWith(String),
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createStaffRouter>;
  }
  interface StaticDataRouteOption {
    /** Others are told so; the API refuses them in any case. */
    onlyFor?: readonly UserType[];
  }
}
