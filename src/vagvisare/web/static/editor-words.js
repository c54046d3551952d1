/* Words: what two texts differ in, how words typed meanwhile are carried over to a newer text, and how many there are.
   Everything here is computed from texts alone; nothing touches the page. */
(() => {
  "use strict";
  const TOKEN = /\s+|[\p{L}\p{N}]+(?:[-'’:][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu;
  const WORD = /[\p{L}\p{N}]+(?:[-'’:.,][\p{L}\p{N}]+)*/gu; // as the server counts
  const LARGEST_TABLE = 4_000_000; // cells; beyond it the whole middle counts as rewritten

  const tokens = (text) => text.match(TOKEN) ?? [];
  const count = (text) => (text.match(WORD) ?? []).length;

  /* The runs in which b differs from a, as half-open ranges of tokens: {from, to} in a, {start, end} in b. */
  function runs(a, b) {
    let head = 0;
    while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
    let tail = 0;
    while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
    const rows = a.length - head - tail;
    const columns = b.length - head - tail;
    if (!rows && !columns) return [];
    if (!rows || !columns || rows * columns > LARGEST_TABLE) {
      return [{ from: head, to: head + rows, start: head, end: head + columns }];
    }
    return walk(a, b, head, rows, columns);
  }

  /* The longest common run of tokens, walked from its beginning. */
  function walk(a, b, head, rows, columns) {
    const wide = columns + 1;
    const longest = new Uint32Array((rows + 1) * wide);
    for (let i = rows - 1; i >= 0; i -= 1) {
      for (let j = columns - 1; j >= 0; j -= 1) {
        longest[i * wide + j] = a[head + i] === b[head + j]
          ? longest[(i + 1) * wide + j + 1] + 1
          : Math.max(longest[(i + 1) * wide + j], longest[i * wide + j + 1]);
      }
    }
    const found = [];
    let [i, j] = [0, 0];
    while (i < rows || j < columns) {
      if (i < rows && j < columns && a[head + i] === b[head + j]) {
        [i, j] = [i + 1, j + 1];
        continue;
      }
      const run = { from: head + i, start: head + j };
      while ((i < rows || j < columns) && !(i < rows && j < columns && a[head + i] === b[head + j])) {
        if (j >= columns || (i < rows && longest[(i + 1) * wide + j] >= longest[i * wide + j + 1])) i += 1;
        else j += 1;
      }
      found.push({ ...run, to: head + i, end: head + j });
    }
    return found;
  }

  /* Both texts in pieces of {changed, text}, for showing side by side. Joined, the pieces give each text exactly. */
  function pieces(before, after) {
    const [a, b] = [tokens(before), tokens(after)];
    const [left, right] = [[], []];
    const put = (side, changed, words) => words.length && side.push({ changed, text: words.join("") });
    let [i, j] = [0, 0];
    for (const run of [...runs(a, b), { from: a.length, to: a.length, start: b.length, end: b.length }]) {
      put(left, false, a.slice(i, run.from));
      put(right, false, b.slice(j, run.start));
      put(left, true, a.slice(run.from, run.to));
      put(right, true, b.slice(run.start, run.end));
      [i, j] = [run.to, run.end];
    }
    return { before: left, after: right };
  }

  /* Carry what was typed on ``base`` (giving ``mine``) over to ``theirs``; null where both changed the same words. */
  function carry(base, theirs, mine) {
    if (mine === base || mine === theirs) return theirs;
    if (theirs === base) return mine;
    const [a, b, c] = [tokens(base), tokens(theirs), tokens(mine)];
    const changes = [
      ...runs(a, b).map((run) => ({ side: 0, from: run.from, to: run.to, words: b.slice(run.start, run.end).join("") })),
      ...runs(a, c).map((run) => ({ side: 1, from: run.from, to: run.to, words: c.slice(run.start, run.end).join("") })),
    ].sort((one, other) => one.from - other.from || one.to - other.to);
    let made = "";
    let at = 0;
    let last = null;
    for (const change of changes) {
      if (last && change.from === last.from && change.to === last.to && change.words === last.words) continue;
      // As on the server: changes with nothing but a blank between them are one place, and nobody guesses there.
      if (last && a.slice(last.to, change.from).every((word) => /^[^\S\n]+$/.test(word))) {
        if (change.side !== last.side || change.from < last.to) return null;
      }
      made += a.slice(at, change.from).join("") + change.words;
      at = change.to;
      last = change;
    }
    return made + a.slice(at).join("");
  }

  /* Where a place in ``before`` (a number of characters) lies in ``after``. */
  function place(before, after, offset) {
    const [a, b] = [tokens(before), tokens(after)];
    const length = (words) => words.reduce((sum, word) => sum + word.length, 0);
    let moved = 0;
    for (const run of runs(a, b)) {
      const from = length(a.slice(0, run.from));
      const to = from + length(a.slice(run.from, run.to));
      if (offset <= from && !(offset === from && from === to && offset > 0)) break;
      const grown = length(b.slice(run.start, run.end)) - (to - from);
      if (offset < to) return Math.min(from + moved + length(b.slice(run.start, run.end)), after.length);
      moved += grown;
    }
    return Math.max(0, Math.min(offset + moved, after.length));
  }

  window.Vagvisare = Object.assign(window.Vagvisare ?? {}, { words: { tokens, count, pieces, carry, place } });
})();
