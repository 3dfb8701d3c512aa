// What the pages need from the browser besides charts. Loaded as a module; nothing inline, nothing foreign.
import './chart.js';
import './age.js';

const year = 'max-age=31536000; path=/; samesite=lax';
const remember = (name, value) => { document.cookie = `kizashi-${name}=${encodeURIComponent(value)}; ${year}`; };

remember('zone', Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');

function cycleTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme === 'dark'
    || (root.dataset.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'light' : 'dark';
  remember('theme', root.dataset.theme);
  document.dispatchEvent(new Event('kizashi-theme'));
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'hidden';
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  button.classList.add('done');
  setTimeout(() => button.classList.remove('done'), 1200);
  const said = document.getElementById('said');
  if (said) {
    said.textContent = `${said.dataset.copied}: ${text}`;
    setTimeout(() => { said.textContent = ''; }, 2000);
  }
}

document.addEventListener('click', event => {
  const target = event.target instanceof Element ? event.target : null;
  const find = selector => target?.closest(selector);
  const copyButton = find('[data-copy]');
  if (copyButton) {
    event.preventDefault();
    copy(copyButton);
  } else if (find('[data-cycle-theme]')) {
    cycleTheme();
  } else if (find('[data-set-language]')) {
    remember('language', find('[data-set-language]').dataset.setLanguage);
    location.reload();
  } else if (find('[data-help]')) {
    document.getElementById('keys')?.showModal();
  } else if (find('[data-reload]') || find('#blazor-error-ui .reload')) {
    event.preventDefault();
    location.reload();
  } else if (find('[data-skip]')) {
    event.preventDefault();
    document.getElementById('content')?.focus();
  }
  for (const open of document.querySelectorAll('details[data-popover][open]'))
    if (!open.contains(target)) open.open = false;
});

// Keyboard: / search, j and k rows, Enter opens (the row's link has the focus), x selects, ? help.
const typing = element => element instanceof HTMLElement
  && (element.isContentEditable || /^(input|select|textarea)$/i.test(element.tagName))
  && element.type !== 'checkbox' && element.type !== 'radio';

function step(by) {
  const rows = [...document.querySelectorAll('main [data-row]')];
  if (!rows.length) return;
  const at = rows.findIndex(row => row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  const link = next.querySelector('.what a, a.cover');
  link?.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    for (const open of document.querySelectorAll('details[data-popover][open]')) {
      open.open = false;
      open.querySelector('summary').focus();
    }
    if (document.activeElement?.id === 'search') document.activeElement.blur();
    return;
  }
  if (tabs(event) || typing(event.target)) return;
  switch (event.key) {
    case '/': document.getElementById('search')?.focus(); break;
    case '?': document.getElementById('keys')?.showModal(); break;
    case 'j': step(1); break;
    case 'k': step(-1); break;
    case 'x': document.activeElement?.closest('[data-row]')?.querySelector('input[type=checkbox]')?.click(); break;
    default: return;
  }
  event.preventDefault();
});

function tabs(event) {
  const tab = event.target instanceof Element && event.target.closest('[role=tab]');
  if (!tab || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return false;
  const all = [...tab.parentElement.querySelectorAll('[role=tab]')];
  const next = all[(all.indexOf(tab) + (event.key === 'ArrowRight' ? 1 : all.length - 1)) % all.length];
  next.focus();
  next.click();
  event.preventDefault();
  return true;
}

// A field and its bytes light up together.
function light(event) {
  const target = event.target instanceof Element ? event.target : null;
  const packet = target?.closest('.packet');
  for (const lit of document.querySelectorAll('.packet .lit')) lit.classList.remove('lit');
  if (!packet) return;
  const field = target.closest('[data-from]');
  const octet = target.closest('[data-octet]');
  if (field) {
    lightField(packet, field);
  } else if (octet) {
    const at = Number(octet.dataset.octet);
    const owners = [...packet.querySelectorAll('[data-from]')].filter(candidate => {
      const from = Number(candidate.dataset.from);
      return at >= from && at < from + Number(candidate.dataset.length);
    });
    owners.sort((a, b) => a.dataset.length - b.dataset.length);
    if (owners.length) lightField(packet, owners[0]);
    else for (const same of packet.querySelectorAll(`[data-octet="${at}"]`)) same.classList.add('lit');
  }
}

function lightField(packet, field) {
  field.classList.add('lit');
  const from = Number(field.dataset.from);
  const to = from + Number(field.dataset.length);
  for (const octet of packet.querySelectorAll('[data-octet]')) {
    const at = Number(octet.dataset.octet);
    if (at >= from && at < to) octet.classList.add('lit');
  }
}

document.addEventListener('mouseover', light);
document.addEventListener('focusin', light);

// Tells the page's circuit whether anybody looks, and whether the top is in view.
let presence = null;
let told = '';
function tell() {
  const visible = document.visibilityState === 'visible';
  const atTop = scrollY < 120;
  const now = `${visible ? 'visible' : 'hidden'} ${atTop ? 'top' : 'below'}`;
  if (!presence || now === told) return;
  told = now;
  // What the circuit knows stands at the root, as data-interactive does.
  presence.invokeMethodAsync('Report', visible, atTop)
    .then(() => { document.documentElement.dataset.told = now; })
    .catch(() => { presence = null; });
}

document.addEventListener('visibilitychange', tell);
addEventListener('scroll', tell, { passive: true });

export function watchPresence(reference) {
  presence = reference;
  told = '';
  tell();
  document.documentElement.dataset.interactive = 'true';
}

const viewsKey = 'kizashi-views';
export function loadViews() { try { return localStorage.getItem(viewsKey); } catch { return null; } }
export function saveViews(text) { try { localStorage.setItem(viewsKey, text); } catch { /* storage refused: the views last as long as the page */ } }
