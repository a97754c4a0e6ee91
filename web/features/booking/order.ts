/** What to ask the API to book. */
export type Order = { doctorId: number; chamberId: number; visitTypeId: number } & (
  | { startsAt: string }
  | { sessionKey: string }
);
