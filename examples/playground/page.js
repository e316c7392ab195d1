// The playground's page: the policy with its problems, the fetch, and the tries.

import { lineOf, pathOf, placeOf, places } from './places.js';
import { details, element, headline, tags, ticked } from './results.js';

const PATIENCE = 10_000;
const TYPING = 150;
const KEPT = 12;
const at = (id) => document.getElementById(id);
const [form, policy, marks, listed, wrong, go] = ['form', 'policy', 'marks', 'problems', 'wrong', 'go'].map(at);

const setup = await (await fetch('/setup')).json();
const [[here], [there]] = setup.callers;

const PRESETS = {
  'one page with cookies': {
    allow_origins: [here], allow_credentials: true, allow_methods: ['PUT'], allow_headers: ['Content-Type'],
    expose_headers: ['ETag'], max_age: 600,
  },
  'anybody, without cookies': { allow_origins: '*', expose_headers: ['X-Total-Count'] },
  'ours with cookies, others without': {
    rules: [
      { allow_origins: [here], allow_credentials: true, allow_methods: ['PUT', 'DELETE'], allow_headers: ['Content-Type'], expose_headers: ['ETag'] },
      { allow_origins: '*' },
    ],
  },
  'any port, any subdomain': { allow_origins: ['http://localhost:*', 'http://*.localhost:*'], allow_methods: '*', allow_headers: '*' },
  'sandboxed frames': { allow_origins: ['null'], allow_methods: ['PUT'], allow_headers: ['Content-Type'] },
  'one with mistakes': {
    allow_origins: [`${here}/`, '*.example.com', 'https://*.github.io'], allow_credentials: true,
    allow_methods: ['PUT', 'TRACE'], allow_header: ['Content-Type'], max_age: 1000000,
  },
};

// --- The policy and its problems

/// JSON of two spaces, where a list of texts stays on one line if it is short.
function written(value) {
  const text = JSON.stringify(value, null, 2);
  return text.replace(/\[\n\s+("[^[\]{}]*?)\n\s+\]/g, (list) => {
    const line = list.replace(/\s*\n\s*/g, ' ').replace('[ ', '[').replace(' ]', ']');
    return line.length < 60 ? line : list;
  });
}

function show(problems) {
  const text = policy.value;
  const found = places(text);
  const placed = problems.map((problem) => ({ ...problem, place: placeOf(problem, text, found) }));
  mark(text, placed.map(({ place }) => place));
  policy.setAttribute('aria-invalid', String(problems.length > 0));
  if (placed.length === 0) {
    listed.replaceChildren(element('p', { class: 'sound' }, 'The policy is sound.'));
    return;
  }
  const items = placed.map((problem) => {
    const path = pathOf(problem, found);
    const line = `line ${lineOf(text, problem.place[0])}`;
    const button = element('button', { type: 'button' }, path ? `${line}: ${path}` : line);
    button.addEventListener('click', () => {
      policy.focus();
      policy.setSelectionRange(...problem.place);
    });
    return element('li', {}, button, ticked(problem.message));
  });
  listed.replaceChildren(element('ul', {}, items));
}

/// Puts the text behind itself, with these places marked.
function mark(text, wanted) {
  const parts = [];
  let end = 0;
  for (const [start, stop] of wanted.toSorted(([a], [b]) => a - b)) {
    if (start < end) continue;
    parts.push(text.slice(end, start), element('mark', {}, text.slice(start, stop)));
    end = stop;
  }
  marks.replaceChildren(...parts, `${text.slice(end)}\n`);
  follow();
}

function follow() {
  marks.scrollTop = policy.scrollTop;
  marks.scrollLeft = policy.scrollLeft;
}

let typing;
let checks = 0;
async function check() {
  checks += 1;
  const mine = checks;
  const response = await fetch('/check', { method: 'POST', body: policy.value });
  const { problems } = await response.json();
  if (mine === checks) show(problems);
}

policy.addEventListener('scroll', follow);
policy.addEventListener('input', () => {
  mark(policy.value, []);
  clearTimeout(typing);
  typing = setTimeout(check, TYPING);
});

// --- The fetch

const chosen = () => ({
  origin: at('origin').value,
  method: at('method').value.trim(),
  credentials: form.elements.credentials.value,
  headers: at('headers').value.split('\n').filter((line) => line.trim()).map((line) => {
    const [name, ...value] = line.split(':');
    return [name.trim(), value.join(':').trim()];
  }),
});

function choose({ text, fetch: { origin, method, credentials, headers } }) {
  policy.value = text;
  at('origin').value = origin;
  at('method').value = method;
  form.elements.credentials.value = credentials;
  at('headers').value = headers.map(([name, value]) => `${name}: ${value}`).join('\n');
}

/// Has a page of this origin make the fetch.
function askFrom(origin, call) {
  const frame = element('iframe', { hidden: '', title: 'the page that asks' });
  if (origin === 'null') frame.setAttribute('sandbox', 'allow-scripts');
  frame.src = `${origin === 'null' ? location.origin : origin}/caller`;
  return new Promise((resolve, reject) => {
    const hear = ({ source, data }) => {
      if (source !== frame.contentWindow) return;
      if (data.ready) source.postMessage(call, '*');
      else finish(resolve, data.seen);
    };
    const finish = (settle, value) => {
      clearTimeout(timer);
      removeEventListener('message', hear);
      frame.remove();
      settle(value);
    };
    const timer = setTimeout(() => finish(reject, new Error(`no answer from a page of ${origin}`)), PATIENCE);
    addEventListener('message', hear);
    document.body.append(frame);
  });
}

function complain({ member, message }) {
  wrong.textContent = message;
  for (const id of ['origin', 'method', 'headers']) at(id).setAttribute('aria-invalid', String(id === member));
}

// --- The tries

async function attempt() {
  const text = policy.value;
  const call = chosen();
  complain({ message: '' });
  clearTimeout(typing);
  const body = JSON.stringify({ policy: text, fetch: call });
  const answer = await (await fetch('/try', { method: 'POST', body })).json();
  checks += 1;
  show(answer.problems ?? []);
  if (answer.problems) {
    complain({ message: 'The policy has problems.' });
    return;
  }
  if (answer.wrong) {
    complain(answer.wrong);
    return;
  }
  const { id, url, predicted } = answer;
  const seen = await askFrom(call.origin, { ...call, url });
  const exchanges = await (await fetch(`/tries/${id}`)).json();
  const tried = { text, fetch: call, predicted, seen, exchanges };
  present(tried);
  remember(tried);
}

function present(tried) {
  at('verdict').replaceChildren(...headline(tried));
  at('details').replaceChildren(...details(tried));
  at('result').scrollIntoView({ block: 'nearest' });
}

function remember(tried) {
  const { origin, method, credentials } = tried.fetch;
  const button = element('button', { type: 'button' },
    element('code', {}, `${method} from ${origin}, ${credentials}`), tags(tried));
  button.addEventListener('click', () => {
    choose(tried);
    check();
    present(tried);
  });
  const history = at('history');
  history.prepend(element('li', {}, button));
  while (history.children.length > KEPT) history.lastElementChild.remove();
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (go.disabled) return;
  go.disabled = true;
  try {
    await attempt();
  } catch (error) {
    complain({ message: error.message });
  } finally {
    go.disabled = false;
  }
});

addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// --- The start

at('api').textContent = setup.api;
at('origin').append(...setup.callers.map(([origin, what]) => element('option', { value: origin }, `${origin} (${what})`)));
at('origin').value = there;
at('preset').append(...Object.keys(PRESETS).map((name) => element('option', {}, name)));
at('preset').addEventListener('change', () => {
  policy.value = written(PRESETS[at('preset').value]);
  check();
});
policy.value = written(PRESETS[at('preset').value]);
check();
