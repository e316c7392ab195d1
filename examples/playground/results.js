// What came of a try, as elements.

/// An element with attributes and children; texts stay texts.
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) made.setAttribute(key, value);
  made.append(...children.flat().filter((child) => child != null));
  return made;
}

const CLIENT_HINTS = ['dpr', 'width', 'viewport-width', 'device-memory', 'save-data', 'downlink', 'rtt', 'ect', 'user-agent'];

/// Each thing that was predicted, beside what happened.
export function comparison({ predicted, seen, exchanges }) {
  const preflights = exchanges.filter(({ kind }) => kind === 'preflight').length;
  const preflight = (made) => (made ? 'asked first' : 'none');
  const response = (shared) => (shared ? 'shared with the page' : 'kept from the page');
  const names = (list) => list.join(', ') || 'none';
  return [
    ['Preflight', preflight(predicted.preflight), preflight(preflights > 0)],
    ['Response', response(predicted.shared), response(seen.shared)],
    ['Headers the page can read', names(predicted.headers), names(seen.headers)],
  ].map(([what, expected, real]) => ({ what, expected, real, differs: expected !== real }));
}

export const agrees = (tried) => comparison(tried).every(({ differs }) => !differs);

/// Where this browser is known to depart from the standard, which the prediction follows.
function departure({ fetch, predicted }) {
  const names = fetch.headers.map(([name]) => name.toLowerCase());
  const allowed = predicted.exchanges.flatMap(({ response }) => response)
    .filter(([name]) => name === 'access-control-allow-headers')
    .flatMap(([, value]) => value.split(','));
  if (names.includes('authorization') && allowed.includes('*')) {
    return 'This one is known: browsers let * stand for Authorization where there are no credentials; the standard does not.';
  }
  if (names.some((name) => CLIENT_HINTS.includes(name))) {
    return 'This one is known: Chromium takes client hints for safelisted and drops User-Agent; the standard does not.';
  }
  return null;
}

function verdict(tried) {
  if (tried.seen.shared) return ['The page gets the response', 'good'];
  const asked = tried.exchanges.some(({ kind }) => kind !== 'preflight');
  return [asked ? 'The browser keeps the response from the page' : 'The preflight fails: the request itself is never sent', 'held'];
}

export function tags(tried) {
  const [, tone] = verdict(tried);
  const agreed = agrees(tried);
  return [
    element('span', { class: `tag ${tone}` }, tried.seen.shared ? 'shared' : 'kept back'),
    element('span', { class: `tag ${agreed ? 'good' : 'bad'}` }, agreed ? 'as predicted' : 'not as predicted'),
  ];
}

function table(tried) {
  const rows = comparison(tried).map(({ what, expected, real, differs }) => element(
    'tr', differs ? { class: 'differs' } : {},
    element('th', { scope: 'row' }, what), element('td', {}, expected), element('td', {}, real),
  ));
  const head = ['', 'Predicted', 'This browser'].map((text) => element('th', { scope: 'col' }, text));
  return element('table', {}, element('thead', {}, element('tr', {}, head)), element('tbody', {}, rows));
}

function reason({ failure }) {
  if (!failure) return null;
  return element('p', { class: 'reason' },
    'Predicted to fail: ', ticked(failure.message), ' (',
    element('a', { href: failure.algorithm, rel: 'noreferrer' }, `Fetch, step ${failure.step.split('step ').at(-1)}`), '). In Chromium’s console: ',
    element('q', {}, failure.console));
}

/// A text with its parts in backticks as code.
export function ticked(text) {
  const parts = text.split('`').map((part, index) => (index % 2 ? element('code', {}, part) : part));
  return element('span', {}, parts);
}

/// The lines of an explanation, each with its name; the first says what the tag says.
function explanation(text) {
  const entries = [];
  for (const line of text.split('\n').slice(1)) {
    const named = /^ {2}(\w+) +(.*)$/.exec(line);
    if (named) entries.push(named.slice(1));
    else if (entries.length) entries.at(-1)[1] += ` ${line.trim()}`;
  }
  return element('dl', {}, entries.flatMap(([name, words]) => [
    element('dt', {}, name), element('dd', {}, ticked(words)),
  ]));
}

const CORS = /^(access-control-|origin$|vary$|timing-allow-origin$)/;

function lines(first, list) {
  const shown = list.map(([name, value]) => {
    const text = `${name}: ${value}\n`;
    return CORS.test(name) ? element('b', {}, text) : text;
  });
  return element('pre', {}, element('b', {}, `${first}\n`), shown);
}

function exchange(one, seen) {
  const title = one.kind === 'preflight' ? 'Preflight' : 'Request';
  const word = one.denial ? `denied: ${one.denial}` : 'allowed';
  return element('div', { class: 'exchange' },
    element('h3', {}, title,
      element('span', { class: `tag ${one.allowed ? 'good' : 'held'}` }, word),
      seen ? null : element('span', { class: 'tag bad' }, 'predicted, but never sent')),
    explanation(one.why),
    lines(one.method, one.request), lines(one.status, one.response));
}

/// What came of a try, in short.
export function headline(tried) {
  const [words] = verdict(tried);
  return [element('h2', {}, words), ...tags(tried)];
}

/// What came of a try, in full.
export function details(tried) {
  const known = agrees(tried) ? null : departure(tried);
  const missing = tried.predicted.exchanges.filter(({ kind }) => !tried.exchanges.some((seen) => seen.kind === kind));
  return [
    agrees(tried) ? null : element('p', { class: 'note bad' },
      'This browser did something else than the standard says. ', known ?? 'Please report it.'),
    reason(tried.predicted),
    table(tried),
    element('div', { class: 'exchanges' },
      missing.map((one) => exchange(one, false)), tried.exchanges.map((one) => exchange(one, true))),
  ].filter((part) => part !== null);
}
