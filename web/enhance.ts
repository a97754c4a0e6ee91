// The pages are whole without this file; it only makes them kinder.

showScriptedControls();
focusWhatMatters();
keepDrafts();
guardDoublePress();
scrollToChosenDay();
tellForeignClocks();

function showScriptedControls(): void {
  for (const item of document.querySelectorAll<HTMLElement>('[data-scripted]')) item.hidden = false;
  document.addEventListener('click', (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    if (target.closest('[data-print]')) window.print();
    const share = target.closest<HTMLElement>('[data-share]');
    if (share) void shareLink(share);
  });
}

async function shareLink(button: HTMLElement): Promise<void> {
  const { share: url = '', shareText: text = '', copied = '' } = button.dataset;
  try {
    if (navigator.share) return await navigator.share({ text });
    await navigator.clipboard.writeText(url);
    button.textContent = copied;
    button.setAttribute('aria-live', 'polite');
  } catch {
    // Closed without sharing, or not allowed to copy: the address bar still has the link.
  }
}

/** `autofocus` is not honoured when the address has a fragment or the page comes from the history. */
function focusWhatMatters(): void {
  document.querySelector<HTMLElement>('[role="alert"]')?.focus();
}

/** Keeps what was typed for this tab. Only fields that say so: never passwords, never reasons for a visit. */
function keepDrafts(): void {
  const prefix = 'draft:';
  // Signed in or signed out, what was typed on the way has served its purpose.
  if (document.querySelector('[data-signed-in]'))
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-drafts]')) {
    for (const field of form.querySelectorAll<HTMLInputElement>('[data-draft="keep"]')) {
      const key = `${prefix}${form.dataset['drafts']}.${field.name}`;
      if (field.value === '') field.value = sessionStorage.getItem(key) ?? '';
      field.addEventListener('input', () => sessionStorage.setItem(key, field.value));
    }
  }
}

/** A button stays as it is while its form is on the way, and ignores what is pressed again. */
function guardDoublePress(): void {
  const waiting = new Map<HTMLFormElement, () => void>();
  document.addEventListener('submit', (event) => {
    const { target: form } = event;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
    if (waiting.has(form)) return event.preventDefault();
    const button = form.querySelector<HTMLElement>('[data-pending]');
    const said = button?.textContent ?? '';
    waiting.set(form, () => button && (button.textContent = said));
    // A navigation that was stopped on a poor line says nothing; sending twice does no harm, a dead button does.
    setTimeout(() => release(form), 10_000);
    if (button) {
      button.textContent = button.dataset['pending'] ?? said;
      button.setAttribute('aria-live', 'polite');
    }
  });
  const release = (form: HTMLFormElement): void => {
    waiting.get(form)?.();
    waiting.delete(form);
  };
  // Back from the history: the form may be sent again.
  addEventListener('pageshow', () => {
    for (const form of waiting.keys()) release(form);
  });
}

/** The strip is moved by itself, not the page. */
function scrollToChosenDay(): void {
  const strip = document.querySelector<HTMLElement>('[data-strip]');
  const chosen = strip?.querySelector<HTMLElement>('[aria-current]');
  if (strip && chosen) strip.scrollLeft = chosen.offsetLeft - strip.clientWidth / 2 + chosen.offsetWidth / 2;
}

function tellForeignClocks(): void {
  const own = -new Date().getTimezoneOffset();
  for (const note of document.querySelectorAll<HTMLElement>('[data-zone-offset]'))
    note.hidden = Number(note.dataset['zoneOffset']) === own;
}
