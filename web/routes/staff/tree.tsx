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

const desk = { onlyFor: ['assistant', 'doctor', 'admin'] } as const;

const day = createRoute({
  getParentRoute: () => root,
  path: '/appointments',
  staticData: desk,
  component: lazyRouteComponent(() => import('./desk-day.tsx'), 'DeskDay'),
});

const appointment = createRoute({
  getParentRoute: () => root,
  path: '/appointments/$appointmentId',
  staticData: desk,
  component: lazyRouteComponent(() => import('./desk-appointment.tsx'), 'DeskAppointment'),
});

const requests = createRoute({
  getParentRoute: () => root,
  path: '/requests',
  staticData: desk,
  component: lazyRouteComponent(() => import('./desk-requests.tsx'), 'DeskRequests'),
});

const week = createRoute({
  getParentRoute: () => root,
  path: '/calendar',
  staticData: { onlyFor: ['doctor'] },
  component: lazyRouteComponent(() => import('./doctor-week.tsx'), 'DoctorWeek'),
});

const book = createRoute({
  getParentRoute: () => root,
  path: '/book',
  staticData: { onlyFor: ['assistant', 'doctor'] },
  component: lazyRouteComponent(() => import('./desk-book.tsx'), 'DeskBook'),
});

const waitlist = createRoute({
  getParentRoute: () => root,
  path: '/waitlist',
  staticData: desk,
  component: lazyRouteComponent(() => import('./desk-waitlist.tsx'), 'DeskWaitlist'),
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

const assistants = createRoute({
  getParentRoute: () => root,
  path: '/assistants',
  staticData: { onlyFor: ['admin'] },
  component: lazyRouteComponent(() => import('./assistants.tsx'), 'Assistants'),
});

const users = createRoute({
  getParentRoute: () => root,
  path: '/users',
  staticData: { onlyFor: ['admin'] },
  component: lazyRouteComponent(() => import('./users.tsx'), 'Users'),
});

const holidays = createRoute({
  getParentRoute: () => root,
  path: '/holidays',
  staticData: { onlyFor: ['admin'] },
  component: lazyRouteComponent(() => import('./holidays.tsx'), 'Holidays'),
});

const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  staticData: { onlyFor: ['admin'] },
  component: lazyRouteComponent(() => import('./imports.tsx'), 'Imports'),
});

const oneImport = createRoute({
  getParentRoute: () => root,
  path: '/imports/$importId',
  staticData: { onlyFor: ['admin'] },
  component: lazyRouteComponent(() => import('./import.tsx'), 'OneImport'),
});

const reports = createRoute({
  getParentRoute: () => root,
  path: '/reports',
  staticData: { onlyFor: ['doctor', 'admin'] },
  component: lazyRouteComponent(() => import('./reports.tsx'), 'Reports'),
});

const reportRows = createRoute({
  getParentRoute: () => root,
  path: '/reports/appointments',
  staticData: { onlyFor: ['doctor', 'admin'] },
  component: lazyRouteComponent(() => import('./report-rows.tsx'), 'ReportRows'),
});

const figureReport = createRoute({
  getParentRoute: () => root,
  path: '/reports/$report',
  staticData: { onlyFor: ['doctor', 'admin'] },
  component: lazyRouteComponent(() => import('./figure-report.tsx'), 'FigureReport'),
});

const figureRows = createRoute({
  getParentRoute: () => root,
  path: '/reports/$report/appointments',
  staticData: { onlyFor: ['doctor', 'admin'] },
  component: lazyRouteComponent(() => import('./figure-rows.tsx'), 'FigureRows'),
});

const reportFiles = createRoute({
  getParentRoute: () => root,
  path: '/reports/files',
  staticData: { onlyFor: ['doctor', 'admin'] },
  component: lazyRouteComponent(() => import('./report-files.tsx'), 'ReportFiles'),
});

const messages = createRoute({
  getParentRoute: () => root,
  path: '/messages',
  component: lazyRouteComponent(() => import('./messages.tsx'), 'Messages'),
});

const messagesSettings = createRoute({
  getParentRoute: () => root,
  path: '/messages/settings',
  component: lazyRouteComponent(() => import('./messages-settings.tsx'), 'MessagesSettings'),
});

const sent = createRoute({
  getParentRoute: () => root,
  path: '/sent',
  staticData: { onlyFor: ['admin'] },
  component: lazyRouteComponent(() => import('./sent.tsx'), 'Sent'),
});

const sentLedger = createRoute({
  getParentRoute: () => sent,
  path: '/',
  component: lazyRouteComponent(() => import('./sent-ledger.tsx'), 'SentLedger'),
});

const sentUncertain = createRoute({
  getParentRoute: () => sent,
  path: '/uncertain',
  component: lazyRouteComponent(() => import('./sent-uncertain.tsx'), 'SentUncertain'),
});

const sentTemplates = createRoute({
  getParentRoute: () => sent,
  path: '/templates',
  component: lazyRouteComponent(() => import('./sent-templates.tsx'), 'SentTemplates'),
});

const sentTemplate = createRoute({
  getParentRoute: () => sent,
  path: '/templates/$kind/$channel/$language',
  component: lazyRouteComponent(() => import('./sent-template.tsx'), 'SentTemplate'),
});

const sentWebhooks = createRoute({
  getParentRoute: () => sent,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./sent-webhooks.tsx'), 'SentWebhooks'),
});

const sentMailbox = createRoute({
  getParentRoute: () => sent,
  path: '/mailbox',
  component: lazyRouteComponent(() => import('./sent-mailbox.tsx'), 'SentMailbox'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  staticData: { onlyFor: ['admin'] },
  component: lazyRouteComponent(() => import('./settings.tsx'), 'SettingsScreen'),
});

const system = createRoute({
  getParentRoute: () => root,
  path: '/system',
  staticData: { onlyFor: ['admin'] },
  component: lazyRouteComponent(() => import('./system.tsx'), 'System'),
});

const systemHealth = createRoute({
  getParentRoute: () => system,
  path: '/',
  component: lazyRouteComponent(() => import('./system-health.tsx'), 'SystemHealth'),
});

const systemDeadLetters = createRoute({
  getParentRoute: () => system,
  path: '/dead-letters',
  component: lazyRouteComponent(() => import('./system-dead-letters.tsx'), 'SystemDeadLetters'),
});

const tree = root.addChildren([
  home,
  messages,
  messagesSettings,
  day,
  appointment,
  requests,
  book,
  week,
  waitlist,
  doctors,
  doctor.addChildren([doctorHours, doctorFees, doctorTimeOff, doctorWhy]),
  chambers,
  assistants,
  users,
  holidays,
  imports,
  oneImport,
  reports,
  reportRows,
  figureReport,
  figureRows,
  reportFiles,
  sent.addChildren([sentLedger, sentUncertain, sentTemplates, sentTemplate, sentWebhooks, sentMailbox]),
  settings,
  system.addChildren([systemHealth, systemDeadLetters]),
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
