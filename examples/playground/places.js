// Where in a JSON text each value stands.

/// The places of the values of a JSON text, by their paths: `rules/0/allow_origins/1`. What comes
/// after a mistake in the text has none.
export function places(text) {
  const found = new Map();
  let at = 0;

  const space = () => { while (/\s/.test(text[at] ?? '')) at += 1; };
  const take = (sign) => {
    space();
    if (text[at] !== sign) return false;
    at += 1;
    return true;
  };
  const string = () => {
    space();
    const start = at;
    if (!take('"')) throw new SyntaxError();
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at += 1;
    return JSON.parse(text.slice(start, at));
  };
  const members = (close, member) => {
    if (take(close)) return;
    do member(); while (take(','));
    if (!take(close)) throw new SyntaxError();
  };
  const value = (path) => {
    space();
    const start = at;
    if (take('{')) {
      members('}', () => {
        space();
        const key = at;
        const name = string();
        found.set(`${path}${name}`, [key, at]);
        if (!take(':')) throw new SyntaxError();
        value(`${path}${name}/`);
      });
    } else if (take('[')) {
      let index = 0;
      members(']', () => { value(`${path}${index}/`); index += 1; });
    } else if (text[at] === '"') {
      string();
    } else {
      const word = /^[^\s,\]}]+/.exec(text.slice(at));
      if (!word) throw new SyntaxError();
      at += word[0].length;
    }
    found.set(path.replace(/\/$/, '='), [start, at]);
  };

  try { value(''); } catch { /* the rest has no place */ }
  return found;
}

/// Where a problem is: the entry, else the key, else the rule, else the start.
export function placeOf(problem, text, found) {
  if (problem.line) return syntaxPlace(problem, text);
  const { rule, field, entry } = problem;
  const rules = found.has('rules') ? `rules/${rule}/` : '';
  const scope = rule === null ? '' : rules;
  const candidates = [
    field !== null && entry !== null && `${scope}${field}/${entry}=`,
    field !== null && `${scope}${field}`,
    rule !== null && rules && `rules/${rule}=`,
  ];
  const path = candidates.find((path) => path && found.has(path));
  const [start, end] = found.get(path) ?? [0, 1];
  // A whole rule is marked by its first line.
  const stop = text.indexOf('\n', start);
  return [start, stop < 0 ? end : Math.min(end, stop)];
}

function syntaxPlace({ line, column }, text) {
  const before = text.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  const at = Math.min(before + Math.max(column - 1, 0), Math.max(text.length - 1, 0));
  return [at, at + 1];
}

/// The number of the line that this position is on.
export const lineOf = (text, at) => text.slice(0, at).split('\n').length;

/// The place in words: `rules[1].allow_origins[0]`.
export function pathOf({ rule, field, entry }, found) {
  const parts = [];
  if (rule != null && found.has('rules')) parts.push(`rules[${rule}]`);
  if (field != null) parts.push(entry != null ? `${field}[${entry}]` : field);
  return parts.join('.');
}
