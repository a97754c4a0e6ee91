/** Whether single keys mean something now: not while somebody types or a dialog is open, nor once they are turned off. */
export function keysCount(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !readKeys()) return false;
  if (target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]'))
    return false;
  return document.querySelector('[role="dialog"], [role="alertdialog"]') === null;
}

/** The setting of this browser. */
export function readKeys(): boolean {
  try {
    return window.localStorage.getItem(place) !== 'off';
  } catch {
    return true;
  }
}

export function keepKeys(on: boolean): void {
  try {
    window.localStorage.setItem(place, on ? 'on' : 'off');
  } catch {
    // Without storage they stay on.
  }
}

const place = 'staff-keys';
