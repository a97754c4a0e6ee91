// The pages are whole without this file; it only makes them kinder.
import { keepPlace } from './features/booking/keep-in-browser.ts';

showScriptedControls();
focusWhatMatters();
keepDrafts();
guardDoublePress();
scrollToChosenDay();
tellForeignClocks();
keepPlace();
void fillCode();

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
  // Signed in or signed out, booked: what was typed on the way has served its purpose.
  const over = document.querySelector('[data-booked]')
    ? ['']
    : document.querySelector('[data-signed-in]')
      ? ['sign-in.', 'register.']
      : [];
  const forget = (forms: readonly string[]): void => {
    for (const key of Object.keys(sessionStorage))
      if (forms.some((form) => key.startsWith(prefix + form))) sessionStorage.removeItem(key);
  };
  forget(over);
  // The next to use this browser may be somebody else.
  document.querySelector('form[action$="/sign-out"]')?.addEventListener('submit', () => forget(['']));
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-drafts]')) {
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[data-draft="keep"]')) {
      const key = `${prefix}${form.dataset['drafts']}.${field.name}`;
      const kept = sessionStorage.getItem(key);
      const choice = field instanceof HTMLInputElement && field.type === 'radio';
      if (choice) {
        if (kept === field.value && !isChosen(form, field.name)) field.checked = true;
      } else if (
        kept !== null &&
        (field instanceof HTMLSelectElement ? !isSelected(field) : field.value === '')
      )
        field.value = kept;
      field.addEventListener(choice ? 'change' : 'input', () => sessionStorage.setItem(key, field.value));
    }
  }
}

/** Whether one of several is chosen that the page did not come with: on a slow line, before this script has begun. */
function isChosen(form: HTMLFormElement, name: string): boolean {
  return [...form.querySelectorAll<HTMLInputElement>('[type="radio"]')].some(
    (radio) => radio.name === name && radio.checked !== radio.defaultChecked,
  );
}

/** The same of a list. */
function isSelected({ options, selectedIndex }: HTMLSelectElement): boolean {
  const came = [...options].findIndex(({ defaultSelected }) => defaultSelected);
  return selectedIndex !== Math.max(came, 0);
}

/** A button stays as it is while its form is on the way, and ignores what is pressed again. */
function guardDoublePress(): void {
  const waiting = new Map<HTMLFormElement, () => void>();
  document.addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
    if (waiting.has(form)) return event.preventDefault();
    if (!navigator.onLine) {
      event.preventDefault();
      return sayOffline(form);
    }
    // A button that only shows the page in another way has nothing to announce.
    const button = submitter?.hasAttribute('formaction')
      ? null
      : form.querySelector<HTMLElement>('[data-pending]');
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

/** The browser's own page for it would take what was typed with it. */
function sayOffline(form: HTMLFormElement): void {
  const said = form.querySelector('[data-said-offline]');
  const alert = said ?? document.createElement('p');
  if (!said) {
    alert.setAttribute('role', 'alert');
    alert.setAttribute('data-said-offline', '');
    alert.className = 'border-l-4 border-error bg-error-tint px-3 py-2 font-semibold';
    form.append(alert);
    addEventListener('online', () => alert.remove(), { once: true });
  }
  alert.textContent = document.body.dataset['offline'] ?? '';
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

/** Takes the code out of the SMS, where the browser can and its owner agrees. */
async function fillCode(): Promise<void> {
  const field = document.querySelector<HTMLInputElement>('[autocomplete="one-time-code"]');
  if (!field || !('OTPCredential' in window)) return;
  const gone = new AbortController();
  field.form?.addEventListener('submit', () => gone.abort());
  const wanted: CredentialRequestOptions & { otp: object } = {
    otp: { transport: ['sms'] },
    signal: gone.signal,
  };
  try {
    const given = await navigator.credentials.get(wanted);
    if (given && 'code' in given && field.value === '') field.value = String(given.code);
  } catch {
    // Not wanted, or typed by hand meanwhile.
  }
}
