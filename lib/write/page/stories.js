'use strict';
// The stories: their heads as the page opens, each one's data when it is first asked for, and what of it was seen before.

let stories = [], byId = new Map(), successor = new Map();
const rankOf = new Map();  // the order in which the page holds them

function headOf(node) { return { node, ...JSON.parse(node.dataset.head) }; }

function takeStories(all) {
  stories = all;
  byId = new Map(all.map((s) => [s.id, s]));
  successor = new Map(all.flatMap((s) => (s.aliases || []).map((alias) => [alias, s])));
  rankOf.clear();
  all.forEach((s, rank) => rankOf.set(s, rank));
}

const titleOf = (s) => s.title.trim() || 'No title';
const outlet = (a) => a.source || a.title || a.id;
const gap = '\uffff';  // stands for what a page of many stories leaves out of an article

function textOf(article, all) {
  if (article.sameText != null) return all[article.sameText].text;
  let text = '';
  for (const [at, part] of article.parts || []) text = text.padEnd(at, gap) + part;
  return text;
}

function load(s) {
  if (s.data) return s.data;
  const d = JSON.parse(s.node.textContent);
  d.byId = new Map();
  d.originOf = new Map();
  d.origins.forEach((members, o) => members.forEach((a) => d.originOf.set(a, o)));
  for (const article of d.articles) {
    article.text ??= textOf(article, d.articles);
    article.furniture ??= [];
  }
  d.claims.forEach((claim, c) => {
    d.byId.set(claim.id, c);
    claim.status ??= 'single';
    claim.origins ??= 1;
    claim.also ??= [];
    claim.byOrigin = new Map();  // in order of support: the wording's origin first
    claim.support.forEach((p) => {
      const o = d.originOf.get(p.a);
      claim.byOrigin.set(o, [...(claim.byOrigin.get(o) || []), p]);
    });
    claim.values = new Map();    // of a disputed claim: which value a passage gives
    claim.disputes = [];
    claim.otherwise = [];        // passages that give a value and are not among its support
    claim.lone = claim.byOrigin.size === 1 && claim.origins < 2;
  });
  d.disputes.forEach((dispute) => takeDispute(d.claims[dispute.claim], dispute));
  d.worded = new Map();  // of a passage, the claim that it stands for in the text: what most say
  d.claims.forEach((claim, c) => {
    const key = spanKey(claim.support[0]);
    if (!d.worded.has(key) || claim.origins > d.claims[d.worded.get(key)].origins) d.worded.set(key, c);
  });
  d.only = d.origins.map(() => 0);  // claims that an origin alone has
  for (const { lone, byOrigin } of d.claims) if (lone) ++d.only[byOrigin.keys().next().value];
  return (s.data = d);
}

const spanKey = (p) => `${p.a} ${p.b} ${p.e}`;

function takeDispute(claim, dispute) {
  const twins = claim.disputes.filter((d) => d.kind === dispute.kind).length;
  dispute.id = dispute.kind + (twins ? `-${twins + 1}` : '');  // in addresses, after its claim
  claim.disputes.push(dispute);
  dispute.values.forEach((v, i) => {
    v.letter = i < 26 ? String.fromCharCode(65 + i) : '+';
    v.resolution = dispute.resolution;
    v.support.forEach((p) => {
      const same = (other) => spanKey(other) === spanKey(p);
      if (!claim.support.some(same) && !claim.otherwise.some(same)) claim.otherwise.push(p);
      claim.values.set(spanKey(p), v);
    });
  });
}

// ---- what was seen, in this browser: [[story, version, {claim: its state}]], the longest ago first; of a story that was on the
// page and never opened without its claims

const storiesKept = 3000;
const seen = new Map(kept.read('seen', []).map(([id, version, told]) => [id, { version, told }]));

const stateOf = (claim) =>
  [claim.origins, claim.status[0], ...claim.disputes.flatMap((d) => d.values.map((v) => v.value))].join(' ');

// new: it was not there at an earlier look; changed: it is not as it was when it was last opened.
function freshness(s) {
  const before = seen.get(s.id);
  return !before ? 'new' : before.version === s.version ? '' : 'changed';
}

// Positions of the claims that are new, or stand otherwise, since the story was opened with `told`.
function newsOf(s, told) {
  return told ? load(s).claims.flatMap((claim, c) => told[claim.id] === stateOf(claim) ? [] : [c]) : [];
}

function keepSeen() {
  kept.write('seen', [...seen].slice(-storiesKept).map(([id, { version, told }]) => told ? [id, version, told] : [id, version]));
}

function remember(s) {
  seen.delete(s.id);
  seen.set(s.id, { version: s.version,
                   told: Object.fromEntries(load(s).claims.map((claim) => [claim.id, stateOf(claim)])) });
  keepSeen();
}

// At the first look all is new, so nothing is marked.
const neverLooked = seen.size === 0;
function firstLook() {
  if (!neverLooked) return;
  for (const s of stories) if (!seen.has(s.id)) seen.set(s.id, { version: s.version });
  keepSeen();
}
