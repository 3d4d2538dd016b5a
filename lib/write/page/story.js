'use strict';
// One story: at a glance, what is told, disputed and overtaken, how it grew, who reports what, and the sources.

const main = $('story');
const rowsAtOnce = 60;
let story = null, data = null, chosen = -1, before = null, news = new Set();

const hash = (s, c, dispute) => `#/${[s.id, ...(c == null ? [] : [load(s).claims[c].id]), ...(dispute ? [dispute.id] : [])]
  .map(encodeURIComponent).join('/')}`;
const quote = (p) => data.articles[p.a].text.slice(p.b, p.e);
const claimText = (c) => quote(data.claims[c].support[0]);
const letterOf = (v) => el('span', { class: `letter ${v.resolution}`, 'aria-hidden': 'true' }, v.letter);
const published = (article) => article.published ? time(article.published) : 'undated';

function label(claim, c) {
  const n = claim.origins;
  const tail = claim.status === 'disputed' ? 'disputed' : claim.status === 'updated' ? 'overtaken' : '';
  return [el('span', { class: n > 1 ? 'count' : 'count one', 'aria-hidden': 'true' }, String(n)),
          tail && el('span', { class: `tag ${claim.status}`, 'aria-hidden': 'true' }, tail),
          news.has(c) && el('span', { class: 'fresh', 'aria-hidden': 'true' }, 'new'),
          hidden(` (${plural(n, 'independent source')}${tail ? ', ' + tail : ''}${news.has(c) ? ', new since you looked' : ''})`)];
}

function claimLink(c, extra, address) {
  const claim = data.claims[c];
  return el('a', { class: `claim ${extra || ''} ${claim.origins > 1 ? 'shared' : 'single'}`, href: address || hash(story, c),
                   'data-claim': c, 'aria-current': c === chosen ? 'true' : null },
            words(claimText(c).replace(/^[-*·•⁃●▪]\s+/, '')), ...label(claim, c));
}

// The same with its figure first, where only so much is shown as fits.
function glanceLink(c) {
  const link = claimLink(c, 'brief');
  link.append(' ', link.querySelector('bdi'));
  return link;
}

function section(id, heading, note, ...children) {
  return el('section', { id, 'aria-labelledby': `${id}-h` },
            el('h2', { id: `${id}-h`, tabindex: '-1' }, heading),
            note && el('p', { class: 'note' }, note), ...children);
}

// ---- at a glance: what is new, what several say, what is disputed or overtaken

const kinds = { quantity: 'Number', date: 'Date', name: 'Name', polarity: 'Whether it is so',
                attribution: 'Who said it' };
const heading = (d) => d.about ? words(plain(clip(d.about))) : kinds[d.kind] || d.kind;

function glanceAt(name, label, items, more) {
  const shown = items.slice(0, 3);
  return items.length > 0 && el('div', { class: `glance ${name}` }, el('h3', null, label),
    el('ul', null, ...shown.map((item) => el('li', null, item))),
    items.length > shown.length && el('p', { class: 'meta' }, el('button', { type: 'button', class: 'link', 'data-go': more },
      `and ${items.length - shown.length} more`)));
}

// "people killed: 12 (2 sources), 15 (1 source)"
function disputeLine(d) {
  const between = d.resolution === 'update' ? ' → ' : ', ';
  return el('a', { class: 'claim brief', href: hash(story, d.claim, d), 'data-claim': d.claim },
    el('b', null, heading(d)), ': ', ...d.values.flatMap((v, i) =>
      [i > 0 && between, words(clip(v.value, 40)), ` (${i ? v.origins : plural(v.origins, 'source')})`]));
}

function glance() {
  const several = [...data.claims.keys()].filter((c) => data.claims[c].origins > 1 && data.claims[c].status === 'corroborated');
  const told = new Map(data.summary.flat().map((c, i) => [c, i]));
  several.sort((a, b) => data.claims[b].origins - data.claims[a].origins || (told.get(a) ?? 1e6) - (told.get(b) ?? 1e6));
  const distinct = new Map();  // a passage that words several claims stands once, for what most say
  for (const c of several) {
    const key = spanKey(data.claims[c].support[0]);
    if (!distinct.has(key)) distinct.set(key, c);
  }
  const lines = (resolution) => data.disputes.filter((d) => d.resolution === resolution).map(disputeLine);
  const agreed = [...distinct.values()].map(glanceLink);
  return el('section', { id: 'glance', 'aria-labelledby': 'glance-h', 'data-rove': '.claim, button' },
    el('h2', { id: 'glance-h', tabindex: '-1' }, 'At a glance'),
    glanceAt('news', `New since you looked (${news.size})`, [...news].map(glanceLink), 'told'),
    glanceAt('disputed', 'Disputed', lines('conflict'), 'conflicts'),
    glanceAt('updated', 'Overtaken', lines('update'), 'updates'),
    glanceAt('agreed', 'Several independent sources say', agreed, 'matrix'),
    agreed.length === 0 && el('p', { class: 'note' }, data.origins.length < 2
      ? el('span', null, 'All of this is told by one source: ', words(outlet(data.articles[data.origins[0][0]])), '.')
      : 'Nothing here is told by two independent sources yet.'));
}

// ---- what is told

// A paragraph of claims; a passage that words several of them stands once, for what most say.
function paragraph(claims, done) {
  const node = el('p', { class: 'told' });
  for (const c of claims) {
    const key = spanKey(data.claims[c].support[0]);
    if (done.has(key)) continue;
    done.add(key);
    node.append(node.childNodes.length ? ' ' : '', claimLink(data.worded.get(key)));
  }
  return node.childNodes.length ? node : null;
}

function told() {
  const done = new Set(), rest = [];
  const paragraphs = data.summary.map((p) => paragraph(p, done)).filter(Boolean);
  let of = -1;
  for (const p of data.further) {
    const node = paragraph(p, done), { a } = data.claims[p[0]].support[0];
    if (!node) continue;
    if (a !== of) rest.push(el('h3', null, words(outlet(data.articles[a]))));
    of = a;
    rest.push(node);
  }
  const node = section('told', 'The story',
    'Every sentence stands as a source wrote it; the figure counts the independent sources that say so. ' +
    'Choose one to see its sources.', ...paragraphs,
    rest.length > 0 && el('details', { id: 'further' },
      el('summary', null, `What else the sources tell: ${plural(data.further.flat().length, 'further claim')}`), ...rest),
    data.leftOut > 0 && el('p', { class: 'note' },
      `A page of many stories keeps what each begins with: ${plural(data.leftOut, 'further claim')} stand in the sources’ articles.`));
  node.dataset.rove = '.claim';
  return node;
}

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

function disputeArticle(d, ...content) {
  return el('article', { class: 'dispute', 'data-dispute': `${d.claim} ${d.id}` },
    el('h3', null, el('span', null, heading(d)),
      el('a', { class: 'check', href: hash(story, d.claim, d), 'data-claim': d.claim },
         'Compare passages', hidden(` on: ${plain(claimText(d.claim))}`))), ...content);
}

function conflicts() {
  const all = data.disputes.filter((d) => d.resolution === 'conflict');
  return all.length > 0 && section('conflicts', 'Where the sources disagree', null, ...all.map((d) =>
    disputeArticle(d, el('div', { class: 'sides' }, ...d.values.filter((v) => v.support.length).map((v) => el('div', { class: 'side' },
          el('p', { class: 'value' }, letterOf(v), words(clip(v.value))),
          quoted(v.support[0], v.value), el('p', { class: 'by' }, outlets(v.support), withdrawn(v))))))));
}

function updates() {
  const all = data.disputes.filter((d) => d.resolution === 'update');
  return all.length > 0 && section('updates', 'What later reports changed', null, ...all.map((d) =>
    disputeArticle(d, el('ol', { class: 'timeline' }, ...d.values.filter((v) => v.support.length).map((v) => {
         const published = data.articles[v.support[0].a].published;
         return el('li', null, el('p', { class: 'when' }, published ? time(published) : 'undated'),
                   el('p', { class: 'value' }, words(clip(v.value))), quoted(v.support[0], v.value),
                   el('p', { class: 'by' }, outlets(v.support), withdrawn(v)));
       })))));
}

// ---- how it grew: articles and values in time, drawn and as a table

// [{t, kind, text}] of all that has a time, in order.
function happenings() {
  const all = data.articles.map((article, a) => {
    const original = data.origins[data.originOf.get(a)][0];
    const what = article.replacedBy != null ? 'reports; a later version of the page replaces it'
      : a === original ? 'reports' : ['copies ', words(outlet(data.articles[original]))];
    return { t: article.published, who: words(outlet(article)), what: [].concat(what) };
  });
  for (const d of data.disputes) {
    for (const v of d.values.filter((v) => v.support.length)) {
      const first = firstWith(v);
      all.push({ t: first.published, who: words(outlet(first)), value: true,
                 what: [heading(d), ': ', words(clip(v.value)), withdrawn(v)] });
    }
  }
  return all.filter((h) => h.t).sort((x, y) => (x.t < y.t ? -1 : x.t > y.t ? 1 : 0));
}

// The earliest article that gives a value.
function firstWith(v) {
  return v.support.map((p) => data.articles[p.a]).reduce((a, b) => (b.published || '~') < (a.published || '~') ? b : a);
}

function growth() {
  const events = happenings();
  if (events.length < 2 || events[0].t === events[events.length - 1].t) return false;
  const from = Date.parse(events[0].t), to = Date.parse(events[events.length - 1].t);
  const x = (t) => `${(2 + 96 * (Date.parse(t) - from) / (to - from)).toFixed(2)}%`;
  const shapes = [], lineHeight = 44, disputes = data.disputes.slice(0, 8);
  const line = (y, text) => shapes.push(
    el('svg:text', { x: '0', y: y - 16, class: 'axis' }, text),
    el('svg:line', { x1: '0', x2: '100%', y1: y, y2: y, class: 'axis' }));
  const dot = (t, y, name) => el('svg:circle', { cx: x(t), cy: y, r: 5, class: name });
  line(32, 'Reports');
  data.articles.forEach((article, a) => {
    const next = data.articles[article.replacedBy]?.published;
    if (next && article.published) {
      shapes.push(el('svg:line', { x1: x(article.published), x2: x(next), y1: 32, y2: 32, class: 'version' }));
    }
  });
  data.articles.forEach((article, a) => {
    if (article.published) shapes.push(dot(article.published, 32, data.origins[data.originOf.get(a)][0] === a ? 'report' : 'report copy'));
  });
  disputes.forEach((d, i) => {
    const y = 32 + lineHeight * (i + 1);
    const given = d.values.filter((v) => v.support.length && firstWith(v).published);
    line(y, `${plain(clip(d.about || kinds[d.kind] || d.kind, 30))}: ${given.map((v) => `${v.letter} ${plain(clip(v.value, 20))}`).join(', ')}`);
    for (const v of given) {
      shapes.push(el('svg:circle', { cx: x(firstWith(v).published), cy: y, r: 8, class: `value ${d.resolution}` }),
                  el('svg:text', { x: x(firstWith(v).published), y: y + 4, class: 'letter-mark' }, v.letter));
    }
  });
  return section('growth', 'How it grew', null,
    el('svg:svg', { class: 'growth', width: '100%', height: 48 + lineHeight * disputes.length, role: 'img',
                    'aria-label': `${plural(data.articles.length, 'article')} and ${plural(disputes.length, 'disputed or overtaken value', 'disputed or overtaken values')} in time; the table below says the same` }, ...shapes),
    el('p', { class: 'ends meta' }, time(events[0].t), time(events[events.length - 1].t)),
    el('details', { id: 'growth-table' }, el('summary', null, `As a table: ${plural(events.length, 'line')}`),
      el('table', null, el('caption', { class: 'vh' }, 'Reports and values in order of time'),
        el('thead', null, el('tr', null, ...['Time (UTC)', 'Source', 'What'].map((h) => el('th', { scope: 'col' }, h)))),
        el('tbody', null, ...events.slice(0, 500).map((h) => el('tr', { class: h.value ? 'value' : null },
          el('td', null, time(h.t)), el('td', null, h.who), el('td', null, ...h.what.filter(Boolean))))))));
}

// ---- who reports what: a table with a column an independent source; rows are added as they come into view

const views = { all: ['All', () => true], shared: ['Several sources', (c) => c.origins > 1],
                only: ['Only one', (c) => c.origins < 2],
                disputed: ['Disputed or overtaken', (c) => c.disputes.length > 0] };
let view = 'all', rows = [], rowsShown = 0, rowWatcher = null;

// By outlet; several of one outlet by their day, too.
function columnNames() {
  const originals = data.origins.map(([a]) => data.articles[a]), seen = new Map();
  for (const a of originals) seen.set(outlet(a), (seen.get(outlet(a)) || 0) + 1);
  return originals.map((a) => a.published && seen.get(outlet(a)) > 1
    ? `${outlet(a)}, ${day(a.published).replace(/ \d+$/, '')}` : outlet(a));
}

function matrix() {
  if (data.origins.length < 2) return false;
  const choices = el('div', { class: 'choices', role: 'group', 'aria-label': 'Claims to show', 'data-rove': 'button' });
  for (const [name, [text, wanted]] of Object.entries(views)) {
    const n = data.claims.filter(wanted).length;
    choices.append(el('button', { type: 'button', 'data-view': name, 'aria-pressed': String(name === view) },
                      text, el('span', { class: 'n' }, ` ${n}`)));
  }
  const names = columnNames();
  const pick = (id, label, first) => el('label', null, label, ' ', el('select', { id },
    el('option', { value: '' }, first), ...names.map((name, o) => el('option', { value: o }, clip(plain(name), 40)))));
  const columns = data.origins.map((members, o) => el('th', { scope: 'col' },
    el('span', { class: 'turned' }, words(names[o]),
       members.length > 1 && ` +${plural(members.length - 1, 'copy', 'copies')}`)));
  const table = el('table', null,
    el('caption', { class: 'vh' }, 'Claims and the independent sources that state them'),
    el('thead', null, el('tr', null, el('th', { scope: 'col', class: 'corner' }, 'Claim'), ...columns)),
    el('tbody', { id: 'rows', 'data-rove': '.claim' }),
    el('tfoot', null, el('tr', null, el('th', { scope: 'row' }, 'Only this source'),
       ...data.only.map((n) => el('td', { class: 'n' }, String(n))))));
  return section('matrix', 'Who reports what', null,
    choices,
    data.origins.length > 1 && el('p', { class: 'picks' }, pick('one-of', 'What only', 'any source'),
      pick('two-of', 'or only it and', 'no other'), el('span', { class: 'meta' }, 'says')),
    el('p', { class: 'key' }, el('span', { class: 'dot' }), ' states it ', el('span', { class: 'dot lone' }),
       ' is the only one ', el('span', { class: 'letter' }, 'A'), ' gives this of several values',
       data.leftOut != null && '. A page of many stories keeps some sources of each claim.'),
    el('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': 'Table of claims by source' }, table),
    el('button', { type: 'button', id: 'more-rows', class: 'quiet' }));
}

// True for the claims that no other source states than the one or two that are picked.
function onlyByPicked(claim) {
  const picked = [$('one-of')?.value, $('two-of')?.value].filter(Boolean).map(Number);
  return !$('one-of')?.value || [...claim.byOrigin.keys()].every((o) => picked.includes(o)) &&
    (picked.length < 2 || claim.byOrigin.size === new Set(picked).size);
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
  if (rowsShown > rowsAtOnce) for (const a of added.querySelectorAll('a')) a.tabIndex = -1;
  $('rows').append(added);
  const more = $('more-rows');
  more.hidden = rowsShown === rows.length;
  more.textContent = `Show ${plural(rows.length - rowsShown, 'more claim')}`;
}

function fillMatrix() {
  if (!$('rows')) return;
  rows = [...data.claims.keys()].filter((c) => views[view][1](data.claims[c]) && onlyByPicked(data.claims[c]));
  rowsShown = 0;
  $('rows').replaceChildren();
  moreRows(rowsAtOnce);
  rove($('rows'));
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
    meta(published(article), article.published && utc(article.published), article.author && ' · ',
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
      const states = data.claims.reduce((n, c) => n + c.byOrigin.has(o), 0), only = data.only[o];
      return el('li', null,
        sourceLine(members[0], `states ${plural(states, 'claim')}${only ? `, ${only} that no other has` : ''}`),
        members.length > 1 && el('details', { 'data-copies': o, open: members.length < 5 },
          el('summary', null, `${plural(members.length - 1, 'copy', 'copies')} of this text`)));
    })),
    data.sourcesLeftOut > 0 && el('p', { class: 'note' },
      `A page of many stories leaves out ${plural(data.sourcesLeftOut, 'further source')}.`),
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

// Shows a story; `earlier` is what was told when it was last opened.
function showStory(s, earlier) {
  story = s;
  data = load(s);
  chosen = -1;
  view = 'all';
  before = earlier;
  news = new Set(newsOf(s, earlier));
  drawStory();
  scrollTo(0, 0);
}

function drawStory() {
  document.title = plain(titleOf(story));
  const copies = story.articles - story.origins;
  const parts = [told(), conflicts(), updates(), growth(), matrix(), sources()].filter(Boolean);
  main.replaceChildren(el('header', null,
      el('h1', { tabindex: '-1' }, words(titleOf(story))),
      meta(el('b', null, plural(story.origins, 'independent source')), copies > 0 && ` and ${plural(copies, 'copy', 'copies')}`, ' · ',
           ...(!story.first ? ['undated'] : story.first === story.last ? [time(story.first), utc(story.first)]
               : [time(story.first), ' to ', time(story.last), utc(story.first, story.last)]), ' · ', pageMade())), glance(), toolbar(parts.map((p) => p.id)), ...parts);
  fillMatrix();
  main.querySelectorAll('details[open]').forEach(fillDetails);
  main.querySelectorAll('[data-rove]').forEach(rove);
  rowWatcher?.disconnect();
  rowWatcher = new IntersectionObserver((shown) => {
    if (shown.some((e) => e.isIntersecting) && rowsShown < rows.length) moreRows(rowsAtOnce);
  }, { rootMargin: '600px' });
  if ($('more-rows')) rowWatcher.observe($('more-rows'));
}

const pageMade = () => el('span', { class: 'made' }, `page of ${minute(new Date(document.lastModified).toISOString())}`);

function toolbar(ids) {
  const names = [['told', 'Story'], ['conflicts', 'Disagreements', story.conflicts], ['updates', 'Overtaken', story.updates],
                 ['growth', 'How it grew'], ['matrix', 'Who reports what'], ['sources', 'Sources', story.origins]];
  return el('nav', { class: 'sections', 'aria-label': 'Parts of the story', 'data-rove': 'button' },
    ...names.filter(([id]) => ids.includes(id)).map(([id, text, n]) =>
      el('button', { type: 'button', 'data-go': id }, text, n != null && el('span', { class: 'n' }, ` ${n}`))),
    el('button', { type: 'button', 'data-print': 'story' }, 'Print'),
    stories.length > 1 && el('button', { type: 'button', 'data-print': 'all' }, 'Print all'));
}
