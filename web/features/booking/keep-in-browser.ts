/**
 * Keeps the place while its details are filled in, and says honestly for how long: by the seconds that the server counts,
 * since a phone's clock may be wrong.
 */
export function keepPlace(): void {
  const box = document.querySelector<HTMLElement>('[data-hold]');
  const shows = box?.querySelector<HTMLElement>('[data-shows]');
  const says = box?.querySelector<HTMLElement>('[data-says]');
  if (!box || !shows || !says) return;
  const { hold: address = '', holdKey = '' } = box.dataset;
  let answered = false;
  const say = (text: string): void => {
    if (says.textContent !== text) says.textContent = text;
  };
  const ask = async (act: 'keep' | 'renew'): Promise<void> => {
    try {
      const answer = await fetch(address, {
        method: 'POST',
        body: new URLSearchParams({ act, holdKey }),
        // Whoever presses at once leaves the page, but the place is to be kept for them all the same.
        keepalive: true,
      });
      // A page instead of a part of one: something else answered, and the words that stand there stay true.
      if (!(answer.headers.get('content-type') ?? '').startsWith('text/html') || answer.redirected) return;
      const html = await answer.text();
      if (html === '' || html.startsWith('<!')) return;
      answered = true;
      const hadFocus = shows.contains(document.activeElement);
      shows.innerHTML = html;
      const part = shows.querySelector<HTMLElement>('[role="alert"], [data-say]');
      say(part?.dataset['say'] ?? '');
      if (hadFocus || part?.role === 'alert') part?.focus();
      countDown(shows, say);
    } catch {
      // No connection: nothing is kept, as it says there; but who has pressed a button is to hear of it.
      if (act === 'renew') failed();
    }
  };
  const failed = (): void => {
    const place = shows.querySelector('[data-keep-on]');
    const text = says.dataset['noAnswer'] ?? '';
    if (place && !shows.querySelector('[data-failed]'))
      place.insertAdjacentHTML('afterend', '<p data-failed class="w-full pt-2"></p>');
    for (const line of shows.querySelectorAll('[data-failed]')) line.textContent = text;
    say(text);
  };
  shows.addEventListener('click', (event) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    if (target.closest('[data-keep-on]')) void ask('renew');
    const link = target.closest<HTMLAnchorElement>('[data-carry] a');
    if (link) carryForm(link.href, event);
  });
  document.querySelector('[data-gives-back]')?.addEventListener('click', (event) => {
    if (!(event instanceof MouseEvent) || event.ctrlKey || event.metaKey || event.shiftKey || event.button)
      return;
    const { currentTarget: link } = event;
    if (!(link instanceof HTMLAnchorElement) || !shows.querySelector('[data-held]')) return;
    event.preventDefault();
    const gone = fetch(address, {
      method: 'POST',
      body: new URLSearchParams({ act: 'end' }),
      keepalive: true,
    });
    const late = new Promise((resolve) => setTimeout(resolve, 700));
    const go = (): void => location.assign(link.href);
    void Promise.race([gone, late]).then(go, go);
  });
  // A phone that slept counted too slowly, and one that was offline has asked in vain.
  const lookAgain = (): void => {
    if (!document.hidden && (!answered || shows.querySelector('[data-held]'))) void ask('keep');
  };
  document.addEventListener('visibilitychange', lookAgain);
  addEventListener('online', lookAgain);
  if (shows.querySelector('[data-held]')) countDown(shows, say);
  else void ask('keep');
}

/** What was filled in goes along to another place, and never into its address. */
function carryForm(href: string, event: Event): void {
  const form = document.querySelector<HTMLFormElement>('#confirm');
  if (!form) return;
  event.preventDefault();
  const only = Object.assign(document.createElement('input'), {
    type: 'hidden',
    name: 'only',
    value: 'show',
  });
  form.append(only);
  form.action = href;
  form.submit();
}

function countDown(shows: HTMLElement, say: (text: string) => void): void {
  const held = shows.querySelector<HTMLElement>('[data-held]');
  const clock = held?.querySelector<HTMLElement>('[data-clock]');
  const soon = held?.querySelector<HTMLElement>('[data-soon]');
  if (!held || !clock || !soon) return;
  const end = performance.now() + Number(held.dataset['held']) * 1000;
  const bangla = document.documentElement.lang === 'bn';
  let warned = false;
  const tick = (): void => {
    if (!held.isConnected) return clearInterval(timer);
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    clock.textContent = bangla
      ? text.replace(/\d/g, (digit) => String.fromCharCode(0x9e6 + Number(digit)))
      : text;
    // Said once: a clock that speaks every second cannot be listened to.
    if (left <= 120 && left > 0 && !warned) {
      warned = true;
      soon.hidden = false;
      held.querySelector('[data-tone]')?.setAttribute('data-tone', 'soon');
      say(soon.dataset['soon'] ?? '');
    }
    if (left > 0) return;
    clearInterval(timer);
    const ended = held.querySelector<HTMLTemplateElement>('template[data-ended]');
    if (!ended) return;
    const hadFocus = held.contains(document.activeElement);
    say('');
    shows.replaceChildren(...held.querySelectorAll('input'), ended.content.cloneNode(true));
    if (hadFocus) shows.querySelector<HTMLElement>('[role="alert"]')?.focus();
  };
  const timer = setInterval(tick, 1000);
  tick();
}
