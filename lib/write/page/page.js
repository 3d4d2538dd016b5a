'use strict';
// The page as a whole: what its address shows, and what clicks and keys do.

// ---- #/story, #/story/claim, #/story/claim/dispute

function notice(text) {
  main.querySelector('.notice')?.remove();
  main.prepend(el('p', { class: 'notice', role: 'status' }, text));
}

function unknownStory(id) {
  story = data = null;
  document.title = 'Not on this page';
  document.body.classList.remove('checking');
  main.replaceChildren(el('h1', { tabindex: '-1' }, 'Not on this page'),
    meta('No story here has, or had, the address ', words(plain(clip(id))), document.body.classList.contains('partial')
      ? '. More stories are on their way.' : '. The list shows all there are.'));
}

// The claim with this id. A claim that has become part of another is known by its words' first passage.
function claimOf(id) {
  const own = data.byId.get(id);
  if (own != null) return { c: own };
  const c = data.claims.findIndex((claim) => (claim.aliases || []).includes(id));
  return c < 0 ? { unknown: true } : { c, moved: true };
}

function openStory(s, id) {
  showStory(s, seen.get(s.id)?.told);
  remember(s);
  showList();
  $('menu').setAttribute('aria-expanded', 'false');
  if (s.id !== id) notice('The address that led here is an older one of this story.');
}

function route() {
  const [, id, claim, dispute] = location.hash.split('/').map((part) => {
    try { return decodeURIComponent(part); } catch { return part; }  // not an address of ours
  });
  const s = id ? byId.get(id) || successor.get(id) : inOrder()[0];
  if (!s) { if (id) unknownStory(id); return; }
  const other = s !== story;
  if (other) openStory(s, id || s.id);
  if (claim) {
    const { c, moved, unknown } = claimOf(claim);
    if (unknown) {
      document.body.classList.remove('checking');
      notice('The sentence that the address names is not told here, or no longer.');
      return;
    }
    if (c !== chosen || !document.body.classList.contains('checking')) {
      choose(c);
      showEvidence(c, document.activeElement?.closest?.('[data-claim]'));
    }
    if (moved) notice('The sentence that the address names is now told in the words of the marked one.');
    const d = dispute && data.claims[c].disputes.find((one) => one.id === dispute);
    if (dispute && !d) notice('What the address names is no longer disputed or overtaken.');
    if (d && other) main.querySelector(`[data-dispute="${c} ${d.id}"]`)?.scrollIntoView({ block: 'start' });
    else if (other) reveal(c);
  } else if (other) {
    document.body.classList.remove('checking');
    evidence.replaceChildren();
  }
}

// ---- clicks

const go = (id) => {
  $(id)?.scrollIntoView();
  $(`${id}-h`)?.focus({ preventScroll: true });
};

function printPage(all) {
  document.body.classList.toggle('print-all', all);
  print();
}

function toEvidence() {
  (evidence.querySelector('#evidence-h') || main.querySelector('h1'))?.focus();
}

const clicks = {
  menu: (target) => target.setAttribute('aria-expanded', String(target.getAttribute('aria-expanded') !== 'true')),
  help: () => $('keys').showModal(),
  'more-rows': () => moreRows(rowsAtOnce),
};

const skips = {
  '#story': () => main.querySelector('h1')?.focus(),
  '#told': () => main.querySelector('.told .claim')?.focus(),
  '#evidence': toEvidence,
};

// By name of the data attribute of what was clicked.
const dataClicks = {
  go: (value) => go(value),
  print: (value) => printPage(value === 'all'),
  view(value, target) {
    view = value;
    for (const b of target.parentNode.children) b.setAttribute('aria-pressed', String(b === target));
    fillMatrix();
  },
  article: (value, target) => showArticle(+value, target),
  close: closeEvidence,
  copy: (value) => copyCitation(value, chosen),
  whole(value) {
    whole = value === 'yes';
    showEvidence(chosen, opener);
    evidence.querySelector(`[data-whole="${value}"]`).focus({ preventScroll: true });
  },
  step(value) {
    const next = chosen + Number(value);
    history.replaceState(null, '', hash(story, next));
    choose(next);
    showEvidence(next, opener);
    reveal(next);
    (evidence.querySelector(`[data-step="${value}"]:enabled`) || $('evidence-h')).focus({ preventScroll: true });
  },
  moreCards: () => evidence.showCards(cardsAtOnce),
  copiesOf: (value, target) => showCopies(+value, target),
};

document.addEventListener('click', (event) => {
  const target = event.target.closest('button, a');
  if (!target) return;
  const skip = target.classList.contains('skip') && skips[target.getAttribute('href')];
  if (skip) {
    event.preventDefault();
    skip();
  } else if (clicks[target.id]) {
    clicks[target.id](target);
  } else if (target.dataset.claim != null) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;  // in a window of its own
    event.preventDefault();
    if (target.getAttribute('href') !== location.hash) {
      location.hash = target.getAttribute('href');
      route();
      return;
    }
    const again = document.body.classList.contains('checking') && chosen === +target.dataset.claim && event.detail === 0;
    choose(+target.dataset.claim);
    showEvidence(chosen, target);
    if (again) toEvidence();
  } else {
    const name = Object.keys(dataClicks).find((key) => target.dataset[key] != null);
    if (name) dataClicks[name](target.dataset[name], target);
  }
});

// ---- keys

const openNext = (by) => {
  const links = [...list.querySelectorAll('a')];
  const to = links[links.findIndex((a) => a.getAttribute('aria-current')) + by];
  if (to) location.hash = to.getAttribute('href');
};

const keys = {
  '/': () => { $('menu').setAttribute('aria-expanded', 'true'); search.focus(); },
  n: () => openNext(1),
  p: () => openNext(-1),
  g: () => go('glance'),
  s: skips['#told'],
  e: toEvidence,
  d: () => go($('conflicts') ? 'conflicts' : 'updates'),
  t: () => go('growth'),
  m: () => go('matrix'),
  o: () => go('sources'),
  '?': () => $('keys').showModal(),
};

document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || $('keys').open) return;
  if (event.key === 'Escape' && document.body.classList.contains('checking')) { closeEvidence(); return; }
  const { target } = event, writing = target.matches?.('input, select, textarea');
  if (target === search && event.key === 'ArrowDown') {
    event.preventDefault();
    list.querySelector('a[tabindex="0"]')?.focus();
    return;
  }
  const roving = target.closest?.('[data-rove]');
  if (roving && !writing && moveIn(roving, target, event.key)) { event.preventDefault(); return; }
  if (writing || !$('single-keys').checked || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});

// Whichever element of a list has the focus is its stop of Tab.
document.addEventListener('focusin', ({ target }) => {
  const roving = target.closest('[data-rove]');
  if (!roving || target.tabIndex === 0 || !target.matches(roving.dataset.rove || 'a, button')) return;
  for (const stop of roving.querySelectorAll('[tabindex="0"]')) stop.tabIndex = -1;
  target.tabIndex = 0;
});

document.addEventListener('toggle', (event) => {
  if (event.target.tagName === 'DETAILS' && data) fillDetails(event.target);
}, true);
document.addEventListener('change', ({ target }) => {
  if (target.id === 'one-of' || target.id === 'two-of') fillMatrix();
  if (target.closest('#stories .picks')) showList();
  if (target.id === 'sort') kept.write('sort', target.value);
  if (target.id === 'single-keys') kept.write('keys', target.checked);
});
search.addEventListener('input', showList);
addEventListener('hashchange', route);
addEventListener('beforeprint', () => {
  if (!data) return;
  if ($('rows')) moreRows(rows.length);
  for (const details of main.querySelectorAll('details')) details.open = true;
  main.querySelectorAll('details').forEach(fillDetails);
});
addEventListener('afterprint', () => document.body.classList.remove('print-all'));

// ---- the start

function showTotal() {
  $('total').textContent = `${plural(stories.length, 'story', 'stories')} from ` +
    plural(stories.reduce((n, s) => n + s.articles, 0), 'article');
  document.body.classList.toggle('lone', stories.length < 2);
}

takeStories([...document.querySelectorAll('script.story')].map(headOf));
firstLook();
showTotal();
fillPicks();
if (Object.hasOwn(orders, kept.read('sort', ''))) $('sort').value = kept.read('sort', '');
$('single-keys').checked = kept.read('keys', true);
if (stories.length === 0) main.append(el('p', { class: 'note' }, 'No story.'));
route();
if (!story) showList();  // else it was shown as the story opened
