'use strict';
// The evidence for a claim: its passages in their articles, side by side, with their citations.

const evidence = $('evidence'), status = $('status');
const narrow = matchMedia('(max-width: 759px)');
const cardsAtOnce = 12, context = 320;
let whole = false, opener = null;

// The article's text with `marks` ([begin, end]) highlighted; only their surroundings unless `all` is wanted. `links`:
// [begin, end, claim], passages that lead to the claim they support.
function passages(article, marks, all, links = []) {
  const text = article.text, joined = [];
  for (const [b, e] of [...marks].sort((x, y) => x[0] - y[0] || y[1] - x[1])) {
    const last = joined[joined.length - 1];
    if (last && b < last[1]) last[1] = Math.max(last[1], e);
    else joined.push([b, e]);
  }
  const windows = all ? [...text.matchAll(/[^\uffff]+/g)].map((m) => [m.index, m.index + m[0].length]) : [];
  if (!all) {
    for (const [b, e] of joined) {
      const end = text.indexOf(gap, b);
      let from = Math.max(0, b - context, text.lastIndexOf(gap, b) + 1);
      let to = Math.min(text.length, e + context, end < 0 ? Infinity : end);
      if (from > 0 && text[from - 1] !== gap) {  // from the start of a paragraph, or at least of a word
        const line = text.indexOf('\n', from), blank = text.indexOf(' ', from);
        from = line >= 0 && line < b ? line + 1 : blank >= 0 && blank < b ? blank + 1 : b;
        while (from < b && text[from] <= ' ') ++from;
      }
      if (to < text.length && text[to] !== gap) {
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
                       words(text.slice(b, e)), ...label(data.claims[reason], reason)));
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

// ---- citations: a passage with outlet, headline, time and link

const markup = (text) => text.replace(/[<>&"\u0027]/g, (c) => `&#${c.charCodeAt(0)};`);
const markdown = (text) => text.replace(/[\\`*_[\]<>&~|#]/g, '\\$&').replace(/\s+/g, ' ');
const citations = {
  Text: (q, a) => `“${q}” ${[plain(outlet(a)), a.title && `“${plain(a.title)}”`, when(a), a.url].filter(Boolean).join(', ')}`,
  Markdown: (q, a) => `> ${markdown(q)}\n\n${[markdown(plain(outlet(a))), a.title && (a.url
    ? `[${markdown(plain(a.title))}](<${a.url.replace(/[<>]/g, encodeURIComponent)}>)` : markdown(plain(a.title))), when(a)].filter(Boolean).join(', ')}`,
  HTML: (q, a) => `<blockquote${a.url ? ` cite="${markup(a.url)}"` : ''}><p>${markup(q)}</p></blockquote>\n<p>${[
    markup(plain(outlet(a))), a.title && (a.url ? `<a href="${markup(a.url)}">${markup(plain(a.title))}</a>` : markup(plain(a.title))),
    when(a) && `<time datetime="${a.published}">${when(a)}</time>`].filter(Boolean).join(', ')}</p>`,
};
const when = (a) => a.published ? minute(a.published) + utc(a.published) : '';

async function copyCitation(kind, c) {
  const p = data.claims[c].support[0], article = data.articles[p.a];
  const text = citations[kind](plain(quote(p)), article);
  const types = { 'text/plain': text, ...(kind === 'HTML' && { 'text/html': text }) };
  try {
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(
      Object.entries(types).map(([type, value]) => [type, new Blob([value], { type })])))]);
    status.textContent = `Copied as ${kind}`;
  } catch {  // not allowed here: shown to be copied by hand
    const field = el('textarea', { class: 'citation', readonly: true, rows: 4, 'aria-label': `The sentence with its citation, as ${kind}` });
    field.value = text;
    evidence.querySelector('.citation')?.remove();
    evidence.querySelector('.tools').after(field);
    field.select();
    status.textContent = 'Ready to be copied';
  }
}

function copyTools() {
  return el('div', { class: 'choices copying', role: 'group', 'aria-label': 'Copy the sentence with its citation', 'data-rove': 'button' },
    el('span', { class: 'meta' }, 'Copy with citation'),
    ...Object.keys(citations).map((kind) => el('button', { type: 'button', class: 'quiet', 'data-copy': kind }, kind)));
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
    return el('p', { class: `verdict ${update ? 'updated' : 'disputed'}` }, update ? 'Overtaken: ' : 'Disputed: ',
      ...(d.about ? [words(plain(clip(d.about))), ': '] : []), ...d.values.slice(0, 6).flatMap((v, i) => [i ? between : '', letterOf(v), ' ', words(clip(v.value))]),
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
          el('button', { type: 'button', 'data-whole': 'yes', 'aria-pressed': String(whole) },
             data.leftOut == null ? 'Whole articles' : 'All that is kept')),
        el('span', { class: 'steps' },
          step('-1', 'Previous', c > 0), step('1', 'Next', c < data.claims.length - 1))), copyTools()),
    cards, el('button', { type: 'button', class: 'quiet', 'data-more-cards': true, hidden: true }),
    ...otherwise(claim), ...touching(claim));
  evidence.showCards = showCards;
  openEvidence(from);
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
  openEvidence(from);
  status.textContent = 'Article shown';
}

function toMarks(cards) {
  if (!whole) return;
  for (const body of cards.querySelectorAll('.whole')) {
    const mark = body.querySelector('mark');
    if (mark) body.scrollTop = mark.offsetTop - body.offsetTop - body.clientHeight / 3;
  }
}

// The story becomes narrower: what was chosen stays where it is.
function openEvidence(from) {
  const top = from?.getBoundingClientRect().top;
  const opens = !document.body.classList.contains('checking');
  document.body.classList.add('checking');
  if (opens && from && !narrow.matches) scrollBy({ top: from.getBoundingClientRect().top - top, behavior: 'instant' });
  opener = from || null;
  evidence.scrollTop = 0;
  evidence.querySelectorAll('[data-rove]').forEach(rove);
  if (narrow.matches && from) $('evidence-h').focus({ preventScroll: true });
}

function closeEvidence() {
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


// The copies of one source's article, which was shown for all of them.
function showCopies(o, button) {
  const shown = new Set([...evidence.querySelectorAll('.cards:not(.sides):not(.also) .card')].map((card) => +card.dataset.card));
  const rest = [...supportByArticle(data.claims[chosen].byOrigin.get(o))].filter(([a]) => !shown.has(a));
  const original = data.articles[data.origins[o][0]];
  let last = button.closest('.card');
  while (last.nextElementSibling?.classList.contains('copy')) last = last.nextElementSibling;
  last.after(...rest.slice(0, cardsAtOnce).map(([a, support]) => {
    const card = articleCard(a, support, [['a copy of ', words(outlet(original))]]);
    card.classList.add('copy');
    return card;
  }));
  if (rest.length > cardsAtOnce) button.textContent = 'Show more';
  else button.remove();
  toMarks(evidence);
}
