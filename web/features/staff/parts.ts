import {
  Ban,
  Banknote,
  CalendarClock,
  CalendarOff,
  CircleQuestionMark,
  DoorOpen,
  House,
  type LucideIcon,
  Stethoscope,
} from 'lucide-react';
import type { User } from '../../../src/contract/users.ts';
import type { StaffWords } from '../../lib/messages/staff/en.ts';

/** A part of the desk: a link of the rail and of the bottom tabs. */
export type Part = { name: keyof StaffWords['shell']['parts']; to: string; icon: LucideIcon };

/** The parts of somebody's desk, the most used first: a phone has tabs for four. */
export function partsOf(me: User): readonly Part[] {
  const home: Part = { name: 'home', to: '/', icon: House };
  const chambers: Part = { name: 'chambers', to: '/chambers', icon: DoorOpen };
  switch (me.userType) {
    case 'doctor':
      return [
        home,
        { name: 'hours', to: `/doctors/${me.id}/hours`, icon: CalendarClock },
        { name: 'timeOff', to: `/doctors/${me.id}/time-off`, icon: CalendarOff },
        { name: 'fees', to: `/doctors/${me.id}/fees`, icon: Banknote },
        { name: 'why', to: `/doctors/${me.id}/why`, icon: CircleQuestionMark },
        chambers,
      ];
    case 'admin':
      return [
        home,
        { name: 'doctors', to: '/doctors', icon: Stethoscope },
        chambers,
        { name: 'holidays', to: '/holidays', icon: Ban },
      ];
    case 'assistant':
      return [home, { name: 'doctors', to: '/doctors', icon: Stethoscope }];
    case 'patient':
      return [home];
    default:
      return me.userType satisfies never;
  }
}
