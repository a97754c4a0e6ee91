/** The desk that was last worked at, as `chamberId.doctorId`: the tab keeps it, so that it is not chosen for each patient. */
export function readKeptDesk(): string | null {
  try {
    return window.sessionStorage.getItem(place);
  } catch {
    return null;
  }
}

export function keepDesk(value: string): void {
  try {
    window.sessionStorage.setItem(place, value);
  } catch {
    // Without storage it is chosen anew each time.
  }
}

const place = 'desk-last';
