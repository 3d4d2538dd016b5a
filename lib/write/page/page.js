'use strict';
(() => {
const stories = [...document.querySelectorAll('script.story')].map((node, order) =>
  ({ node, order, ...JSON.parse(node.dataset.head) }));
stories.sort((a, b) => b.origins - a.origins || a.order - b.order);
const byId = new Map(stories.map((s) => [s.id, s]));
const $ = (id) => document.getElementById(id);
const list = $('list'), filter = $('filter'), main = $('story'), evidence = $('evidence'), status = $('status');
const narrow = matchMedia('(max-width: 759px)');
const rowsAtOnce = 60, cardsAtOnce = 12, context = 320;
let story = null, data = null, chosen = -1, whole = false, opener = null;

// ---- small tools

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((c) => c != null && c !== false));
  return node;
}
const hidden = (text) => el('span', { class: 'vh' }, text);
// Words of an article inside a line of ours: their writing direction stays inside. A pop without its push (U+2069)
// would end the isolation itself, so it is dropped.
function words(text) {
  let depth = 0;
  return el('bdi', null, !text.includes('\u2069') ? text : text.replace(/[\u2066-\u2069]/g, (c) => {
    if (c !== '\u2069') { ++depth; return c; }
    if (depth === 0) return '';
    --depth;
    return c;
  }));
}
const plural = (n, one, many) => `${n.toLocaleString('en')} ${n === 1 ? one : many || one + 's'}`;
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/g;
const plain = (text) => text.replace(controls, ' ').trim();
const titleOf = (s) => s.title.trim() || 'No title';
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
function day(t) { return `${+t.slice(8, 10)} ${months[+t.slice(5, 7) - 1]} ${+t.slice(0, 4)}`; }
function time(t) { return el('time', { datetime: t }, `${day(t)}, ${t.slice(11, 16)}`); }
function period(s) {
  if (!s.first) return 'undated';
  const from = day(s.first), to = day(s.last);
  return from === to ? from : `${from} – ${to}`;
}
const clip = (text) => text.length <= 60 ? text : `${text.slice(0, 60).replace(/\s\S{0,29}$|[\ud800-\udbff]$/, '')}…`;
const outlet = (a) => a.source || a.title || a.id;
const hash = (s, c) => `#/${encodeURIComponent(s.id)}${c == null ? '' : `/${encodeURIComponent(data.claims[c].id)}`}`;
const claimText = (c) => quote(data.claims[c].support[0]);
const letterOf = (v) => el('span', { class: `letter ${v.resolution}`, 'aria-hidden': 'true' }, v.letter);
const meta = (...children) => el('p', { class: 'meta' }, ...children);
const published = (article) => article.published ? time(article.published) : 'undated';
const quote = (s) => data.articles[s.a].text.slice(s.b, s.e);
const spanKey = (s) => `${s.a} ${s.b} ${s.e}`;

// ---- data of one story, read when it is opened

function load(s) {
  if (s.data) return s.data;
  const d = JSON.parse(s.node.textContent);
  for (const article of d.articles) article.text ??= d.articles[article.sameText].text;
  d.originOf = new Map();
  d.origins.forEach((members, o) => members.forEach((a) => d.originOf.set(a, o)));
  d.byId = new Map();
  d.claims.forEach((claim, c) => {
    d.byId.set(claim.id, c);
    claim.byOrigin = new Map();  // in order of support: the wording's origin first
    claim.support.forEach((s) => {
      const o = d.originOf.get(s.a);
      if (!claim.byOrigin.has(o)) claim.byOrigin.set(o, []);
      claim.byOrigin.get(o).push(s);
    });
    claim.values = new Map();    // of a disputed claim: which value a passage gives
    claim.disputes = [];
    claim.otherwise = [];        // passages that give a value and are not among its support
  });
  d.disputes.forEach((dispute) => {
    const claim = d.claims[dispute.claim];
    claim.disputes.push(dispute);
    dispute.values.forEach((v, i) => {
      v.letter = i < 26 ? String.fromCharCode(65 + i) : '+';
      v.resolution = dispute.resolution;
      v.support.forEach((s) => {
        const key = spanKey(s), same = (other) => spanKey(other) === key;
        if (!claim.support.some(same) && !claim.otherwise.some(same)) claim.otherwise.push(s);
        claim.values.set(spanKey(s), v);
      });
    });
  });
  d.only = new Map();            // claims that an origin alone has
  d.claims.forEach((claim) => {
    claim.lone = claim.byOrigin.size === 1;
    if (!claim.lone) return;
    const o = claim.byOrigin.keys().next().value;
    d.only.set(o, (d.only.get(o) || 0) + 1);
  });
  return (s.data = d);
}

// ---- the list of stories

function showList() {
  const wanted = plain(filter.value).toLowerCase();
  const items = document.createDocumentFragment();
  let shown = 0;
  for (const s of stories) {
    if (wanted && !titleOf(s).toLowerCase().includes(wanted)) continue;
    ++shown;
    const notes = [plural(s.origins, 'source')], disputes = [];
    if (s.articles > s.origins) notes.push(plural(s.articles - s.origins, 'copy', 'copies'));
    if (s.conflicts) disputes.push(`${s.conflicts} disputed`);
    if (s.updates) disputes.push(`${s.updates} updated`);
    items.append(el('li', null, el('a', { href: hash(s), 'aria-current': s === story ? 'page' : null },
      el('span', { class: 'title' }, words(titleOf(s))),
      el('span', { class: 'meta' }, notes.join(' · ')),
      disputes.length > 0 && el('span', { class: 'meta' }, disputes.join(' · ')),
      el('span', { class: 'meta' }, period(s)))));
  }
  list.replaceChildren(items);
  $('found').textContent = wanted ? `${plural(shown, 'story', 'stories')} of ${stories.length}` : '';
}

// ---- one story

function label(claim) {
  const n = claim.origins;
  const tail = claim.status === 'disputed' ? 'disputed' : claim.status === 'updated' ? 'updated' : '';
  return [el('span', { class: n > 1 ? 'count' : 'count one', 'aria-hidden': 'true' }, String(n)),
          tail && el('span', { class: `tag ${tail}`, 'aria-hidden': 'true' }, tail),
          hidden(` (${plural(n, 'independent source')}${tail ? ', ' + tail : ''})`)];
}

function claimLink(c, extra) {
  const claim = data.claims[c];
  return el('a', { class: `claim ${extra || ''} ${claim.origins > 1 ? 'shared' : 'single'}`, href: hash(story, c),
                   'data-claim': c, 'aria-current': c === chosen ? 'true' : null },
            words(claimText(c).replace(/^[-*·•⁃●▪]\s+/, '')), ...label(claim));
}

function section(id, heading, note, ...children) {
  return el('section', { id, 'aria-labelledby': `${id}-h` },
            el('h2', { id: `${id}-h`, tabindex: '-1' }, heading),
            note && el('p', { class: 'note' }, note), ...children);
}

// A paragraph of claims; a passage that words several of them stands once.
function paragraph(claims, seen) {
  const node = el('p', { class: 'told' });
  for (const c of claims) {
    const key = spanKey(data.claims[c].support[0]);
    if (seen.has(key)) continue;
    seen.add(key);
    node.append(node.childNodes.length ? ' ' : '', claimLink(c));
  }
  return node.childNodes.length ? node : null;
}

function told() {
  const seen = new Set();
  const paragraphs = data.summary.map((p) => paragraph(p, seen)).filter(Boolean);
  const rest = [];
  let of = -1;
  for (const p of data.further) {
    const node = paragraph(p, seen), { a } = data.claims[p[0]].support[0];
    if (!node) continue;
    if (a !== of) rest.push(el('h3', null, words(outlet(data.articles[a]))));
    of = a;
    rest.push(node);
  }
  return section('merged', 'The story',
    'Every sentence stands as a source wrote it. The figure after it counts the independent sources that say so. ' +
    'Choose a sentence to see its sources.', ...paragraphs,
    rest.length > 0 && el('details', { id: 'further' },
      el('summary', null, `What else the sources tell: ${plural(data.further.flat().length, 'further claim')}`), ...rest));
}

const kinds = { quantity: 'Number', date: 'Date', name: 'Name', polarity: 'Whether it is so',
                attribution: 'Who said it' };

const heading = (d) => d.about ? words(plain(clip(d.about))) : kinds[d.kind] || d.kind;
const withdrawn = (v) => v.withdrawn && ', since withdrawn';

// The quote, with the value marked where it is written as a word of its own.
function quoted(support, value) {
  const text = quote(support), lower = text.toLowerCase(), wanted = value.toLowerCase();
  const node = el('blockquote', { dir: 'auto' }), letter = /[\p{L}\p{N}]/u;
  let at = wanted && lower.length === text.length ? lower.indexOf(wanted) : -1;
  const inside = () => letter.test(text[at - 1] || '') || letter.test(text[at + value.length] || '');
  while (at >= 0 && inside()) at = lower.indexOf(wanted, at + 1);
  if (at < 0) node.append(text);
  else node.append(text.slice(0, at), el('b', null, text.slice(at, at + value.length)), text.slice(at + value.length));
  return node;
}

function outlets(support) {
  const names = [], seen = new Set();
  for (const s of support) {
    const o = data.originOf.get(s.a);
    if (seen.has(o)) continue;
    seen.add(o);
    names.push(outlet(data.articles[s.a]));
  }
  const node = el('span', { class: 'who' });
  names.slice(0, 4).forEach((name, i) => node.append(i ? ', ' : '', words(name)));
  if (names.length > 4) node.append(` and ${names.length - 4} more`);
  return node;
}

function checkLink(dispute) {
  return el('a', { class: 'check', href: hash(story, dispute.claim), 'data-claim': dispute.claim },
            'Compare passages', hidden(` on: ${plain(claimText(dispute.claim))}`));
}

function conflicts() {
  const all = data.disputes.filter((d) => d.resolution === 'conflict');
  return all.length > 0 && section('conflicts', 'Where the sources disagree', null, ...all.map((d) =>
    el('article', { class: 'dispute' },
       el('h3', null, heading(d), checkLink(d)),
       el('div', { class: 'sides' }, ...d.values.filter((v) => v.support.length).map((v) => el('div', { class: 'side' },
          el('p', { class: 'value' }, letterOf(v), words(clip(v.value))),
          quoted(v.support[0], v.value), el('p', { class: 'by' }, outlets(v.support), withdrawn(v))))))));
}

function updates() {
  const all = data.disputes.filter((d) => d.resolution === 'update');
  return all.length > 0 && section('updates', 'What later reports changed', null, ...all.map((d) =>
    el('article', { class: 'dispute' },
       el('h3', null, heading(d), checkLink(d)),
       el('ol', { class: 'timeline' }, ...d.values.filter((v) => v.support.length).map((v) => {
         const published = data.articles[v.support[0].a].published;
         return el('li', null, el('p', { class: 'when' }, published ? time(published) : 'undated'),
                   el('p', { class: 'value' }, words(clip(v.value))), quoted(v.support[0], v.value),
                   el('p', { class: 'by' }, outlets(v.support), withdrawn(v)));
       })))));
}

// ---- who reports what: a table with a column an independent source; rows are added as they come into view

const views = { all: ['All', () => true], shared: ['Several sources', (c) => c.origins > 1],
                only: ['Only one', (c) => c.origins < 2],
                disputed: ['Disputed or updated', (c) => c.disputes.length > 0] };
let view = 'all', rows = [], rowsShown = 0, rowWatcher = null;

function matrix() {
  const choices = el('div', { class: 'choices', role: 'group', 'aria-label': 'Claims to show' });
  for (const [name, [text, wanted]] of Object.entries(views)) {
    const n = data.claims.filter(wanted).length;
    choices.append(el('button', { type: 'button', 'data-view': name, 'aria-pressed': String(name === view) },
                      text, el('span', { class: 'n' }, ` ${n}`)));
  }
  const columns = data.origins.map((members) => el('th', { scope: 'col' },
    el('span', { class: 'turned' }, words(outlet(data.articles[members[0]])),
       members.length > 1 && ` +${plural(members.length - 1, 'copy', 'copies')}`)));
  const table = el('table', null,
    el('caption', { class: 'vh' }, 'Claims and the independent sources that state them'),
    el('thead', null, el('tr', null, el('th', { scope: 'col', class: 'corner' }, 'Claim'), ...columns)),
    el('tbody', { id: 'rows' }),
    el('tfoot', null, el('tr', null, el('th', { scope: 'row' }, 'Only this source'),
       ...data.origins.map((_, o) => el('td', { class: 'n' }, String(data.only.get(o) || 0))))));
  return section('matrix', 'Who reports what', null,
    choices,
    el('p', { class: 'key' }, el('span', { class: 'dot' }), ' states it ', el('span', { class: 'dot lone' }),
       ' is the only one ', el('span', { class: 'letter' }, 'A'), ' gives this of several values'),
    el('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': 'Table of claims by source' }, table),
    el('button', { type: 'button', id: 'more-rows', class: 'quiet' }));
}

const values = (given) => given.map((v) => plain(clip(v.value))).join(', ');

function row(c) {
  const claim = data.claims[c], { lone } = claim;
  const tr = el('tr', { class: lone ? 'lone' : null }, el('th', { scope: 'row' }, claimLink(c, 'brief')));
  let next = 0;
  const gap = (n) => { if (n > 0) tr.append(el('td', { colspan: n > 1 ? n : null })); };
  for (const o of [...claim.byOrigin.keys()].sort((a, b) => a - b)) {
    gap(o - next);
    const given = [];
    for (const s of claim.byOrigin.get(o)) {
      const v = claim.values.get(spanKey(s));
      if (v && !given.includes(v)) given.push(v);
    }
    tr.append(el('td', null, given.length
      ? el('span', { class: `letter ${given[0].resolution}`, title: values(given) },
           given.map((v) => v.letter).join(''),
           hidden(`: ${values(given)}`))
      : el('span', { class: lone ? 'dot lone' : 'dot' }, hidden(lone ? 'only this source' : 'states it'))));
    next = o + 1;
  }
  gap(data.origins.length - next);
  return tr;
}

function moreRows(n) {
  const end = Math.min(rows.length, rowsShown + n), added = document.createDocumentFragment();
  for (; rowsShown < end; ++rowsShown) added.append(row(rows[rowsShown]));
  $('rows').append(added);
  const more = $('more-rows');
  more.hidden = rowsShown === rows.length;
  more.textContent = `Show ${plural(rows.length - rowsShown, 'more claim')}`;
}

function fillMatrix() {
  rows = [...data.claims.keys()].filter((c) => views[view][1](data.claims[c]));
  rowsShown = 0;
  $('rows').replaceChildren();
  moreRows(rowsAtOnce);
}

// ---- sources, their copies, what was left out of them, and names taken as one

function headline(article) {
  const title = words(titleOf(article));
  return el('p', { class: 'headline' }, !article.url ? title
    : el('a', { href: article.url, rel: 'noopener noreferrer', target: '_blank' }, title,
         hidden(' (opens the outlet’s page)')));
}

function sourceLine(a, note) {
  const article = data.articles[a];
  return el('div', { class: 'source' },
    el('p', { class: 'outlet' }, words(outlet(article))),
    headline(article),
    meta(published(article), article.published && ' UTC', article.author && ' · ',
         article.author && words(article.author), ` · ${note}`,
         article.replacedBy != null && ' · replaced by a later version of the page'),
    el('p', { class: 'actions' }, el('button', { type: 'button', class: 'quiet', 'data-article': a, 'aria-label':
       `Read the article of ${plain(outlet(article))}` }, 'Read'),
       article.furniture.length > 0 && el('details', { 'data-furniture': a },
         el('summary', null, `${plural(article.furniture.length, 'passage')} left out as page furniture`))));
}

function sources() {
  return section('sources', 'Sources',
    'Copies of one text count as one source.',
    el('ol', { class: 'sources' }, ...data.origins.map((members, o) => {
      const states = data.claims.reduce((n, c) => n + c.byOrigin.has(o), 0), only = data.only.get(o) || 0;
      return el('li', null,
        sourceLine(members[0], `states ${plural(states, 'claim')}${only ? `, ${only} that no other has` : ''}`),
        members.length > 1 && el('details', { 'data-copies': o, open: members.length < 5 },
          el('summary', null, `${plural(members.length - 1, 'copy', 'copies')} of this text`)));
    })),
    data.names.length > 0 && el('h3', null, 'Names taken as one'),
    data.names.length > 0 && el('ul', { class: 'names' }, ...data.names.map((n) => {
      const item = el('li', null, words(n.name), ' also ');
      n.variants.forEach(([variant, rule], i) =>
        item.append(i ? ', ' : '', words(variant), el('span', { class: 'meta' }, ' ', words(rule))));
      return item;
    })));
}

function fillDetails(details) {
  if (details.dataset.filled || !details.open) return;
  details.dataset.filled = 'yes';
  if (details.dataset.furniture) {
    const article = data.articles[+details.dataset.furniture];
    details.append(el('ul', { class: 'furniture' }, ...article.furniture.map(([b, e, reason]) =>
      el('li', null, el('s', { dir: 'auto' }, article.text.slice(b, e)),
         el('span', { class: 'meta' }, ' ', words(reason))))));
  } else if (details.dataset.copies) {
    const members = data.origins[+details.dataset.copies].slice(1);
    details.append(el('ul', { class: 'copies' }, ...members.map((a) => {
      const shared = data.articles[a].shared;
      const how = shared == null ? '' : `: ${Math.round(100 * shared)}% of its text is the original’s`;
      return el('li', null, sourceLine(a, `copy${how}`));
    })));
  }
}

function showStory(s) {
  story = s;
  data = load(s);
  chosen = -1;
  view = 'all';
  document.title = plain(titleOf(s));
  const counts = [['merged', 'Story'], ['conflicts', 'Disagreements', s.conflicts], ['updates', 'Updates', s.updates],
                  ['matrix', 'Who reports what'], ['sources', 'Sources', s.origins]];
  const copies = s.articles - s.origins;
  main.replaceChildren(el('header', null,
      el('h1', { tabindex: '-1' }, words(titleOf(s))),
      meta(plural(s.origins, 'independent source'), copies > 0 && ` and ${plural(copies, 'copy', 'copies')}`, ' · ',
           ...(!s.first ? ['undated'] : s.first === s.last ? [time(s.first), ' UTC']
               : [time(s.first), ' to ', time(s.last), ' UTC'])),
      el('nav', { class: 'sections', 'aria-label': 'Parts of the story' },
         ...counts.filter((c) => c[2] !== 0).map(([id, text, n]) =>
        el('button', { type: 'button', 'data-go': id }, text, n != null && el('span', { class: 'n' }, ` ${n}`))))),
    ...[told(), conflicts(), updates(), matrix(), sources()].filter(Boolean));
  fillMatrix();
  main.querySelectorAll('details[open]').forEach(fillDetails);
  rowWatcher?.disconnect();
  rowWatcher = new IntersectionObserver((seen) => {
    if (seen.some((e) => e.isIntersecting) && rowsShown < rows.length) moreRows(rowsAtOnce);
  }, { rootMargin: '600px' });
  rowWatcher.observe($('more-rows'));
  list.querySelectorAll('[aria-current]').forEach((a) => a.removeAttribute('aria-current'));
  const link = [...list.querySelectorAll('a')].find((a) => a.getAttribute('href') === hash(s));
  link?.setAttribute('aria-current', 'page');
  $('menu').setAttribute('aria-expanded', 'false');
  scrollTo(0, 0);
}

// ---- the evidence: passages in their articles, side by side

// The article's text with `marks` ([begin, end]) highlighted; only their surroundings unless `all` is wanted. `links`:
// [begin, end, claim], passages that lead to the claim they support.
function passages(article, marks, all, links = []) {
  const text = article.text, joined = [];
  for (const [b, e] of [...marks].sort((x, y) => x[0] - y[0] || y[1] - x[1])) {
    const last = joined[joined.length - 1];
    if (last && b < last[1]) last[1] = Math.max(last[1], e);
    else joined.push([b, e]);
  }
  const windows = all ? [[0, text.length]] : [];
  if (!all) {
    for (const [b, e] of joined) {
      let from = Math.max(0, b - context), to = Math.min(text.length, e + context);
      if (from > 0) {  // from the start of a paragraph, or at least of a word
        const line = text.indexOf('\n', from), blank = text.indexOf(' ', from);
        from = line >= 0 && line < b ? line + 1 : blank >= 0 && blank < b ? blank + 1 : b;
        while (from < b && text[from] <= ' ') ++from;
      }
      if (to < text.length) {
        const line = text.lastIndexOf('\n', to), blank = text.lastIndexOf(' ', to);
        to = line > e ? line : blank > e ? blank : e;
        while (to > e && text[to - 1] <= ' ') --to;
      }
      const last = windows[windows.length - 1];
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else windows.push([from, to]);
    }
  }
  const lang = /^[A-Za-z0-9-]{2,35}$/.test(article.language) ? article.language : null;
  const node = el('div', { class: 'text', dir: 'auto', lang });
  for (const [from, to] of windows) {
    if (from > 0) node.append(el('span', { class: 'cut' }, '… '));
    let at = from;
    const parts = [...joined.map((m) => ['mark', ...m]), ...links.map((l) => ['a', ...l]),
                   ...article.furniture.map((f) => ['s', ...f])]
      .filter((p) => p[1] >= from && p[2] <= to).sort((x, y) => x[1] - y[1]);
    for (const [tag, b, e, reason] of parts) {
      if (b < at) continue;
      node.append(text.slice(at, b));
      at = e;
      if (tag === 'a') {
        node.append(el('a', { class: 'claim', href: hash(story, reason), 'data-claim': reason },
                       words(text.slice(b, e)), ...label(data.claims[reason])));
        continue;
      }
      node.append(el(tag, null, text.slice(b, e)));
      if (all && reason) node.append(el('span', { class: 'reason' }, ' left out: ', words(reason)));
    }
    node.append(text.slice(at, to));
    if (to < text.length) node.append(el('span', { class: 'cut' }, ' …'));
  }
  return node;
}

function firmness(support) {
  const said = { attributed: 'on somebody’s word', hedged: 'hedged', speculative: 'speculative' };
  for (const s of support) {
    if (s.via) return ['crediting ', words(s.via)];
    if (s.speaker) return [s.hedge === 'hedged' ? 'hedged, citing ' : 'citing ', words(s.speaker)];
    if (said[s.hedge]) return [said[s.hedge]];
  }
  return null;
}

function articleCard(a, support, notes) {
  const article = data.articles[a];
  const card = el('article', { class: 'card', 'data-card': a },
    el('header', null,
      el('h3', null, words(outlet(article))),
      meta(published(article), ...notes.flatMap((n) => [' · ', ...n])),
      headline(article)));
  const body = passages(article, support.map((s) => [s.b, s.e]), whole);
  if (whole) {
    body.classList.add('whole');
    body.setAttribute('tabindex', '0');
    body.setAttribute('role', 'region');
    body.setAttribute('aria-label', `Article of ${plain(outlet(article))}`);
  }
  card.append(body);
  return card;
}

function supportByArticle(support) {
  const byArticle = new Map();
  for (const s of support) byArticle.set(s.a, [...(byArticle.get(s.a) || []), s]);
  return byArticle;
}

// One card an independent source: its first article that states the claim, and its copies by name.
function originCard(claim, o, first) {
  const byArticle = supportByArticle(claim.byOrigin.get(o));
  const original = data.origins[o][0];
  const lead = first ? claim.support[0].a : byArticle.has(original) ? original : byArticle.keys().next().value;
  const support = byArticle.get(lead), notes = [];
  if (first) notes.push([el('span', { class: 'tag plain' }, 'wording shown')]);
  notes.push(...valueNotes(claim, support));
  const firm = firmness(support);
  if (firm) notes.push(firm);
  if (lead !== original) notes.push(['a copy of ', words(outlet(data.articles[original]))]);
  const card = articleCard(lead, support, notes);
  const copies = [...byArticle.keys()].filter((a) => a !== lead);
  if (copies.length) {
    const names = el('p', { class: 'meta' }, `Also in ${plural(copies.length, 'copy', 'copies')}: `);
    copies.slice(0, 6).forEach((a, i) => names.append(i ? ', ' : '', words(outlet(data.articles[a]))));
    if (copies.length > 6) names.append(` and ${copies.length - 6} more`);
    names.append(' ', el('button', { type: 'button', class: 'link', 'data-copies-of': o }, 'Show'));
    card.append(el('footer', null, names));
  }
  return card;
}

// Of a disputed or updated claim: the passages that give other values, each in its article.
function otherwise(claim) {
  const byArticle = supportByArticle(claim.otherwise);
  if (!byArticle.size) return [];
  return [el('h3', { class: 'otherwise' }, 'What is said besides'),
          el('div', { class: 'cards sides' }, ...[...byArticle].slice(0, cardsAtOnce).map(([a, support]) =>
            articleCard(a, support, valueNotes(claim, support))))];
}

// Passages that share something with the claim, and do not say the same.
function touching(claim) {
  const byArticle = supportByArticle(claim.also);
  if (!byArticle.size) return [];
  return [el('h3', { class: 'otherwise' }, 'On the same matter, not counted'),
          el('div', { class: 'cards also' }, ...[...byArticle].slice(0, cardsAtOnce).map(([a, support]) =>
            articleCard(a, support, [])))];
}

function valueNotes(claim, support) {
  return [...new Set(support.map((s) => claim.values.get(spanKey(s))).filter(Boolean))].map((v) =>
    [letterOf(v), ' ', words(clip(v.value))]);
}

function evidenceHead(kicker, heading, ...more) {
  return el('header', { class: 'panel' }, el('p', { class: 'kicker' }, kicker),
    el('h2', { id: 'evidence-h', tabindex: '-1', dir: 'auto' }, heading), ...more,
    el('button', { type: 'button', class: 'close', 'data-close': true, 'aria-label': 'Close' }, '×'));
}

function showEvidence(c, from) {
  const claim = data.claims[c], origins = [...claim.byOrigin.keys()];
  const articles = new Set(claim.support.map((s) => s.a)).size;
  const verdicts = claim.disputes.map((d) => {
    const update = d.resolution === 'update', between = update ? ', then ' : ' or ';
    return el('p', { class: `verdict ${update ? 'updated' : 'disputed'}` }, update ? 'Updated: ' : 'Disputed: ',
      ...d.values.slice(0, 6).flatMap((v, i) => [i ? between : '', letterOf(v), ' ', words(clip(v.value))]),
      d.values.length > 6 && ` and ${d.values.length - 6} more`);
  });
  const step = (by, text, possible) => el('button',
    { type: 'button', class: 'quiet', 'data-step': by, disabled: !possible }, text, hidden(' claim'));
  const cards = el('div', { class: 'cards' });
  const showCards = (n) => {
    const begin = cards.querySelectorAll(':scope > .card').length;
    origins.slice(begin, begin + n).forEach((o, i) => cards.append(originCard(claim, o, begin + i === 0)));
    const left = origins.length - Math.min(origins.length, begin + n);
    const more = evidence.querySelector('[data-more-cards]');
    if (more) { more.hidden = left === 0; more.textContent = `Show ${plural(left, 'more source')}`; }
    toMarks(cards);
  };
  evidence.replaceChildren(
    evidenceHead(plural(claim.origins, 'independent source') +
      (articles > claim.origins ? ` in ${plural(articles, 'article')}` : ''), claimText(c), ...verdicts,
      el('div', { class: 'tools' },
        el('div', { class: 'choices', role: 'group', 'aria-label': 'How much to show' },
          el('button', { type: 'button', 'data-whole': 'no', 'aria-pressed': String(!whole) }, 'Passages'),
          el('button', { type: 'button', 'data-whole': 'yes', 'aria-pressed': String(whole) }, 'Whole articles')),
        el('span', { class: 'steps' },
          step('-1', 'Previous', c > 0), step('1', 'Next', c < data.claims.length - 1)))),
    cards, el('button', { type: 'button', class: 'quiet', 'data-more-cards': true, hidden: true }),
    ...otherwise(claim), ...touching(claim));
  evidence.showCards = showCards;
  open(from);
  showCards(cardsAtOnce);
  status.textContent = `${plural(articles, 'article')} shown for this claim`;
}

function showArticle(a, from) {
  choose(-1);
  const article = data.articles[a], links = [];
  data.claims.forEach((claim, c) => claim.support.forEach((s) => { if (s.a === a) links.push([s.b, s.e, c]); }));
  evidence.replaceChildren(
    evidenceHead('Article', titleOf(article), meta(words(outlet(article)), ' · ', published(article))),
    el('div', { class: 'cards one' }, el('article', { class: 'card' }, passages(article, [], true, links))));
  open(from);
  status.textContent = 'Article shown';
}

function toMarks(cards) {
  if (!whole) return;
  for (const body of cards.querySelectorAll('.whole')) {
    const mark = body.querySelector('mark');
    if (mark) body.scrollTop = mark.offsetTop - body.offsetTop - body.clientHeight / 3;
  }
}

function open(from) {
  document.body.classList.add('checking');
  opener = from || null;
  evidence.scrollTop = 0;
  if (narrow.matches && from) $('evidence-h').focus({ preventScroll: true });
}

function close() {
  document.body.classList.remove('checking');
  const back = opener?.isConnected ? opener : main.querySelector(`[data-claim="${chosen}"]`);
  choose(-1);
  if (story) history.replaceState(null, '', hash(story));
  back?.focus({ preventScroll: true });
}

function choose(c) {
  chosen = c;
  for (const a of main.querySelectorAll('.claim[aria-current]')) a.removeAttribute('aria-current');
  for (const a of main.querySelectorAll(`.claim[data-claim="${c}"]`)) a.setAttribute('aria-current', 'true');
}

function reveal(c) {
  const node = main.querySelector(`.told [data-claim="${c}"]`), folded = node?.closest('details');
  if (folded) folded.open = true;
  node?.scrollIntoView({ block: 'nearest' });
}

// ---- the address says what is shown: #/story or #/story/claim

function route() {
  const [, id, claim] = location.hash.split('/').map((part) => {
    try { return decodeURIComponent(part); } catch { return ''; }  // not an address of ours
  });
  let s = byId.get(id);
  s = s || stories[0];
  if (!s) return;
  const other = s !== story;
  if (other) showStory(s);
  const c = data.byId.get(claim) ?? -1;
  if (c >= 0) {
    const from = document.activeElement?.closest?.('[data-claim]');
    choose(c);
    showEvidence(c, from);
    if (other) reveal(c);
  } else if (other) {
    // A wide page opens with its first claim's evidence, so that both halves are explained by what they show.
    const first = data.summary.flat()[0];
    document.body.classList.remove('checking');
    evidence.replaceChildren();
    if (!narrow.matches && first != null) { choose(first); showEvidence(first, null); }
  }
}

document.addEventListener('click', (event) => {
  const target = event.target.closest('button, a');
  if (!target) return;
  const d = target.dataset;
  if (target.id === 'menu') {
    target.setAttribute('aria-expanded', String(target.getAttribute('aria-expanded') !== 'true'));
  } else if (target.classList.contains('skip')) {
    event.preventDefault();
    main.querySelector('h1')?.focus();
  } else if (d.claim != null) {
    if (target.getAttribute('href') === location.hash) { choose(+d.claim); showEvidence(+d.claim, target); }
  } else if (d.go) {
    $(d.go).scrollIntoView();
    $(`${d.go}-h`).focus({ preventScroll: true });
  } else if (d.view) {
    view = d.view;
    for (const b of target.parentNode.children) b.setAttribute('aria-pressed', String(b === target));
    fillMatrix();
  } else if (target.id === 'more-rows') {
    moreRows(rowsAtOnce);
  } else if (d.article) {
    showArticle(+d.article, target);
  } else if (d.close != null) {
    close();
  } else if (d.whole) {
    whole = d.whole === 'yes';
    showEvidence(chosen, opener);
    evidence.querySelector(`[data-whole="${d.whole}"]`).focus({ preventScroll: true });
  } else if (d.step) {
    const next = chosen + Number(d.step);
    history.replaceState(null, '', hash(story, next));
    choose(next);
    showEvidence(next, opener);
    reveal(next);
    (evidence.querySelector(`[data-step="${d.step}"]:enabled`) || $('evidence-h')).focus({ preventScroll: true });
  } else if (d.moreCards != null) {
    evidence.showCards(cardsAtOnce);
  } else if (d.copiesOf) {
    const shown = new Set([...evidence.querySelectorAll('.cards:not(.sides):not(.also) .card')].map((card) => +card.dataset.card));
    const rest = [...supportByArticle(data.claims[chosen].byOrigin.get(+d.copiesOf))].filter(([a]) => !shown.has(a));
    const original = data.articles[data.origins[+d.copiesOf][0]];
    let last = target.closest('.card');
    while (last.nextElementSibling?.classList.contains('copy')) last = last.nextElementSibling;
    last.after(...rest.slice(0, cardsAtOnce).map(([a, support]) => {
      const card = articleCard(a, support, [['a copy of ', words(outlet(original))]]);
      card.classList.add('copy');
      return card;
    }));
    if (rest.length > cardsAtOnce) target.textContent = 'Show more';
    else target.remove();
    toMarks(evidence);
  }
});

document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === 'Escape' && document.body.classList.contains('checking')) { close(); return; }
  const claim = event.target.closest?.('.told .claim');
  if (!claim || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  event.preventDefault();
  const all = [...main.querySelectorAll('.told .claim')].filter((a) => a.checkVisibility());
  all[all.indexOf(claim) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
});
document.addEventListener('toggle', (event) => {
  if (event.target.tagName === 'DETAILS' && data) fillDetails(event.target);
}, true);
filter.addEventListener('input', showList);
addEventListener('hashchange', route);
addEventListener('beforeprint', () => {
  if (!data) return;
  moreRows(rows.length);
  for (const details of main.querySelectorAll('details')) details.open = true;
  main.querySelectorAll('details').forEach(fillDetails);
});

$('total').textContent = `${plural(stories.length, 'story', 'stories')} from ` +
  plural(stories.reduce((n, s) => n + s.articles, 0), 'article');
if (stories.length < 2) document.body.classList.add('lone');
if (stories.length === 0) main.append(el('p', { class: 'note' }, 'No story.'));
showList();
route();
})();
