import {
  Activity,
  Ban,
  Banknote,
  CalendarClock,
  CalendarDays,
  CalendarOff,
  CalendarPlus,
  ChartColumn,
  CircleQuestionMark,
  ClipboardList,
  DoorOpen,
  FileUp,
  Headset,
  Hourglass,
  House,
  Inbox,
  type LucideIcon,
  Send,
  Settings,
  Stethoscope,
  Users,
} from 'lucide-react';
import type { User } from '../../../src/contract/users.ts';
import type { StaffWords } from '../../lib/messages/staff/en.ts';

/** A part of the desk: a link of the rail and of the bottom tabs. */
export type Part = { name: keyof StaffWords['shell']['parts']; to: string; icon: LucideIcon };

/** The parts of somebody's desk, the most used first: a phone has tabs for four. */
export function partsOf(me: User): readonly Part[] {
  const home: Part = { name: 'home', to: '/', icon: House };
  const day: Part = { name: 'day', to: '/appointments', icon: ClipboardList };
  const book: Part = { name: 'book', to: '/book', icon: CalendarPlus };
  const requests: Part = { name: 'requests', to: '/requests', icon: Inbox };
  const waitlist: Part = { name: 'waitlist', to: '/waitlist', icon: Hourglass };
  const reports: Part = { name: 'reports', to: '/reports', icon: ChartColumn };
  const chambers: Part = { name: 'chambers', to: '/chambers', icon: DoorOpen };
  switch (me.userType) {
    case 'doctor':
      return [
        day,
        { name: 'week', to: '/calendar', icon: CalendarDays },
        requests,
        home,
        book,
        waitlist,
        { name: 'hours', to: `/doctors/${me.id}/hours`, icon: CalendarClock },
        { name: 'timeOff', to: `/doctors/${me.id}/time-off`, icon: CalendarOff },
        { name: 'fees', to: `/doctors/${me.id}/fees`, icon: Banknote },
        reports,
        { name: 'why', to: `/doctors/${me.id}/why`, icon: CircleQuestionMark },
        chambers,
      ];
    case 'admin':
      return [
        home,
        { name: 'doctors', to: '/doctors', icon: Stethoscope },
        chambers,
        { name: 'assistants', to: '/assistants', icon: Headset },
        { name: 'users', to: '/users', icon: Users },
        waitlist,
        { name: 'holidays', to: '/holidays', icon: Ban },
        reports,
        { name: 'imports', to: '/imports', icon: FileUp },
        { name: 'sent', to: '/sent', icon: Send },
        { name: 'settings', to: '/settings', icon: Settings },
        { name: 'system', to: '/system', icon: Activity },
      ];
    case 'assistant':
      return [day, book, requests, home, waitlist, { name: 'doctors', to: '/doctors', icon: Stethoscope }];
    case 'patient':
      return [home];
    default:
      return me.userType satisfies never;
  }
}
