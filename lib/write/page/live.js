'use strict';
// Only in a page that a server gives out: takes in what has changed there, the list at once, the open story without moving
// what is being read.

let revision = 0, catching = false, more = false;
let step = null;  // of the server, as long as it has not given out all its stories

function takeLive(node, fresh) {
  const live = JSON.parse(node.textContent);
  ({ revision, step = null } = live);
  document.body.classList.toggle('partial', step != null);
  const known = ([id]) => fresh.has(id) || byId.has(id);
  if (!live.stories.every(known)) location.reload();  // the server is another than the one that gave out the page
  takeStories(live.stories.flatMap(([id, changed]) => {
    const s = fresh.get(id) || byId.get(id);
    return s ? [Object.assign(s, { changed })] : [];
  }));
}

// The words for print and for readers without scripts stand before each story's data.
function replaceWords(fresh, old) {
  for (const s of fresh.values()) {
    const words = s.node.previousElementSibling, before = old.get(s.id);
    const place = before ? before.node.previousElementSibling : null;
    s.node = document.adoptNode(s.node);
    if (place) place.replaceWith(document.adoptNode(words)), before.node.replaceWith(s.node);
    else $('plain').append(document.adoptNode(words), s.node);
  }
  for (const s of old.values()) {
    if (byId.has(s.id) || !s.node.isConnected) continue;
    s.node.previousElementSibling?.remove();
    s.node.remove();
  }
  if (fresh.size) $('plain').append(...stories.flatMap((s) => [s.node.previousElementSibling, s.node]));  // in order
}

// The first thing of the story that is on the screen: it stays where it is.
function anchor() {
  for (const node of main.querySelectorAll('h1, .told .claim, h2, .dispute h3, #rows tr')) {
    const { top, bottom } = node.getBoundingClientRect();
    if (bottom > 0 && top < innerHeight) return { key: keyOf(node), top };
  }
  return null;
}
// The same thing, before and after: by the section it is in, and its claim or its words.
const keyOf = (node) => `${node.tagName} ${node.closest('section')?.id} ` +
  (node.dataset.claim != null ? data.claims[node.dataset.claim].id : node.textContent);

function redraw(s) {
  const place = anchor(), open = [...main.querySelectorAll('details[open]')].map((d) => d.id).filter(Boolean);
  const focus = main.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  const claim = chosen >= 0 && document.body.classList.contains('checking') ? data.claims[chosen].id : null;
  const { scrollTop } = evidence, inside = evidence.contains(document.activeElement);
  before ??= seen.get(story.id)?.told;
  story = s;
  data = load(s);
  chosen = claim == null ? -1 : data.byId.get(claim) ?? -1;
  news = new Set(newsOf(s, before));
  drawStory();
  for (const id of open) if ($(id)) $(id).open = true;
  if (chosen >= 0) {
    choose(chosen);
    if (!inside) showEvidence(chosen, null);
    evidence.scrollTop = scrollTop;
  }
  const find = (key) => [...main.querySelectorAll('h1, h2, h3, .claim, button, #rows tr')].find((node) => keyOf(node) === key);
  if (focus) find(focus)?.focus({ preventScroll: true });
  const now = place && find(place.key);
  if (now) scrollBy({ top: now.getBoundingClientRect().top - place.top, behavior: 'instant' });
  if (document.visibilityState === 'visible') remember(s);
}

async function catchUp() {
  more = true;
  if (catching) return;
  catching = true;
  try {
    for (; more; await takeChanges()) more = false;
  } finally {
    catching = false;
  }
}

async function takeChanges() {
  const answer = await fetch(`page?since=${revision}${step == null ? '' : `&step=${step}`}`);
  if (answer.status === 400) location.reload();  // another store than the one that the page was made of
  if (!answer.ok) return;
  const changes = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = new Map([...changes.querySelectorAll('script.story')].map(headOf).map((s) => [s.id, s]));
  const old = byId, all = step == null;
  takeLive(changes.getElementById('live'), fresh);
  replaceWords(fresh, old);
  if (!all) firstLook();
  if (story) {
    const now = byId.get(story.id) || successor.get(story.id);
    if (!now) notice('This story has ended, or is older than those that are served.');
    else if (now !== story) redraw(now);
  }
  showTotal();
  fillPicks();
  showList();
  if (!story) route();
  status.textContent = `${plural(fresh.size, 'story', 'stories')} ${all ? 'changed' : 'more'}`;
}

takeLive($('live'), byId);
showList();
new EventSource('events').addEventListener('message', (event) => {
  if (Number(event.data) !== revision || step != null) catchUp();
});
