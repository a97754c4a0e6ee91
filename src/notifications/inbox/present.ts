import type { Notification } from '../../contract/notifications.ts';
import type { NotificationRow } from './queries.ts';

export const presentNotification = (row: NotificationRow): Notification => ({
  ...row,
  createdAt: row.createdAt.toString(),
  readAt: row.readAt?.toString() ?? null,
});
