/** The page of an appointment, without its language, from the link that the API gives out. */
export const appointmentPath = ({ liveUrl }: { liveUrl: string }): string =>
  `/a/${appointmentToken({ liveUrl })}`;

export const appointmentToken = ({ liveUrl }: { liveUrl: string }): string =>
  liveUrl.slice(liveUrl.lastIndexOf('/') + 1);
