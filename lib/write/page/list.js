'use strict';
// The list of stories: sorted, narrowed by status, source and day, searched by headline and text with its hits marked.

const list = $('list'), search = $('search');
let outletNames = [], dayNames = [];  // what the options of the selects stand for

const orders = {
  newest: (a, b) => (b.changed || 0) - (a.changed || 0) || (b.last || '').localeCompare(a.last || ''),
  sources: (a, b) => b.origins - a.origins,
  disputes: (a, b) => b.conflicts + b.updates - a.conflicts - a.updates,
};
const statuses = {
  all: ['All', () => true],
  fresh: ['New or changed', (s) => freshness(s) !== ''],
  disputed: ['Disputed', (s) => s.conflicts > 0],
  updated: ['Overtaken', (s) => s.updates > 0],
  several: ['Several sources', (s) => s.origins > 1],
  one: ['One source', (s) => s.origins < 2],
};

function inOrder() {
  return [...stories].sort((a, b) => orders[$('sort').value](a, b) || rankOf.get(a) - rankOf.get(b));
}

function* daysOf(s) {
  if (!s.first) return;
  const end = Date.parse(s.last.slice(0, 10));
  for (let at = Date.parse(s.first.slice(0, 10)), n = 0; at <= end && n < 400; at += 864e5, ++n) {
    yield new Date(at).toISOString().slice(0, 10);
  }
}

function fillPicks() {
  const count = (all) => {
    const n = new Map();
    for (const key of all) n.set(key, (n.get(key) || 0) + 1);
    return n;
  };
  const fill = (select, all, names, label) => {
    const chosen = select.selectedOptions[0]?.text;
    select.replaceChildren(el('option', { value: '' }, all), ...names.map((name, i) => el('option', { value: i }, label(name))));
    select.selectedIndex = Math.max(0, [...select.options].findIndex((option) => option.text === chosen));
  };
  const outlets = count(stories.flatMap((s) => s.outlets)), days = count(stories.flatMap((s) => [...daysOf(s)]));
  outletNames = [...outlets.keys()].sort((a, b) => outlets.get(b) - outlets.get(a) || (a < b ? -1 : 1));
  dayNames = [...days.keys()].sort().reverse();
  fill($('by-source'), 'All', outletNames, (name) => `${clip(plain(name), 40)} (${outlets.get(name)})`);
  fill($('by-day'), 'All', dayNames, (date) => `${day(date)} (${days.get(date)})`);
  if (!$('by-status').length) {
    $('by-status').replaceChildren(...Object.entries(statuses).map(([value, [text]]) => el('option', { value }, text)));
  }
}

const wantedWords = () => plain(search.value).toLowerCase().split(/\s+/).filter(Boolean);

// All that is searched, in lower case: what is said in the story, and its headlines.
function hayOf(s) {
  if (s.hay) return s.hay;
  const { articles } = load(s);
  return (s.hay = [titleOf(s), ...articles.map((a) => a.title), ...articles.map((a) => a.text)].join('\n').toLowerCase());
}

// The words round the first hit in the text, where the headline has none.
function snippet(s, wanted) {
  if (wanted.every((w) => titleOf(s).toLowerCase().includes(w))) return null;
  for (const { text } of load(s).articles) {
    const at = text.toLowerCase().indexOf(wanted.find((w) => !titleOf(s).toLowerCase().includes(w)));
    if (at < 0) continue;
    const around = text.slice(Math.max(0, at - 50), at + 90).split(gap).find((part) => part.toLowerCase().includes(wanted[0])) ||
      text.slice(at, at + 90);
    return el('span', { class: 'snippet' }, '… ', words(plain(around)), ' …');
  }
  return null;
}

function listed() {
  const wanted = wantedWords(), [, right] = statuses[$('by-status').value];
  const source = outletNames[$('by-source').value || -1], date = dayNames[$('by-day').value || -1];
  return inOrder().filter((s) => right(s) && (source == null || s.outlets.includes(source)) &&
    (!date || (s.first && s.first.slice(0, 10) <= date && date <= s.last.slice(0, 10))) &&
    wanted.every((w) => hayOf(s).includes(w)));
}

function item(s, wanted) {
  const copies = s.articles - s.origins, fresh = s === story ? '' : freshness(s);
  const notes = [plural(s.origins, 'source'), copies && plural(copies, 'copy', 'copies'),
                 s.conflicts && `${s.conflicts} disputed`, s.updates && `${s.updates} overtaken`].filter(Boolean);
  return el('li', null, el('a', { href: hash(s), 'aria-current': s === story ? 'page' : null, 'data-story': rankOf.get(s) },
    el('span', { class: 'title' }, fresh && el('span', { class: 'fresh' }, fresh), words(titleOf(s))),
    wanted.length > 0 && snippet(s, wanted),
    el('span', { class: 'meta' }, notes.join(' · ')),
    el('span', { class: 'meta' }, s.last ? minute(s.last) : 'undated')));
}

function showList() {
  const wanted = wantedWords(), shown = listed();
  const focused = document.activeElement?.dataset?.story;
  list.replaceChildren(...shown.map((s) => item(s, wanted)));
  rove(list);
  if (focused != null) [...list.querySelectorAll('a')].find((a) => a.dataset.story === focused)?.focus({ preventScroll: true });
  $('found').textContent = shown.length === stories.length ? '' : `${plural(shown.length, 'story', 'stories')} of ${stories.length}`;
  markHits();
}

// Hits are drawn over the words: nothing of the page changes for them.
function markHits() {
  if (!CSS.highlights) return;
  CSS.highlights.delete('hit');
  const wanted = wantedWords(), ranges = [];
  if (!wanted.length) return;
  for (const root of [list, main]) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest('bdi, blockquote') ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
    for (let node = walk.nextNode(); node && ranges.length < 5000; node = walk.nextNode()) {
      const text = node.data.toLowerCase();
      if (text.length !== node.data.length) continue;
      for (const w of wanted) {
        for (let at = text.indexOf(w); at >= 0; at = text.indexOf(w, at + w.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + w.length);
          ranges.push(range);
        }
      }
    }
  }
  CSS.highlights.set('hit', new Highlight(...ranges));
}
