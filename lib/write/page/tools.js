'use strict';
// What all scripts of the page use: elements made of words, times as they are written, what the browser keeps.
// The scripts share one scope and run in the order tools, stories, list, story, evidence, page (and live, where there is a server).

const $ = (id) => document.getElementById(id);

function el(tag, attributes, ...children) {
  const svg = tag.startsWith('svg:');
  const node = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((c) => c != null && c !== false));
  return node;
}
const hidden = (text) => el('span', { class: 'vh' }, text);
const meta = (...children) => el('p', { class: 'meta' }, ...children);

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
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/g;
const plain = (text) => text.replace(controls, ' ').trim();
const clip = (text, most = 60) => text.length <= most ? text
  : `${text.slice(0, most).replace(/\s\S{0,29}$|[\ud800-\udbff]$/, '')}…`;
const plural = (n, one, many) => `${n.toLocaleString('en')} ${n === 1 ? one : many || one + 's'}`;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const day = (t) => `${+t.slice(8, 10)} ${months[+t.slice(5, 7) - 1]} ${+t.slice(0, 4)}`;
const dayAlone = (t) => t.slice(11, 19) === '00:00:00';  // midnight is the time of what gives none
const minute = (t) => dayAlone(t) ? day(t) : `${day(t)}, ${t.slice(11, 16)}`;
const utc = (...times) => times.every(dayAlone) ? '' : ' UTC';
const time = (t) => el('time', { datetime: t }, minute(t));

// What the browser keeps of earlier looks; a browser that keeps nothing has no earlier looks.
const kept = {
  read(name, otherwise) {
    try { return JSON.parse(localStorage.getItem(`storymerge.${name}`)) ?? otherwise; } catch { return otherwise; }
  },
  write(name, value) {
    try { localStorage.setItem(`storymerge.${name}`, JSON.stringify(value)); } catch { /* full, or forbidden */ }
  },
};

// In a list, one element is a stop of Tab and arrow keys lead to the others.
function rove(list) {
  if (!list) return;
  const items = [...list.querySelectorAll(list.dataset.rove || 'a, button')];
  const stop = items.find((item) => item.getAttribute('aria-current')) || items[0];
  for (const item of items) item.tabIndex = item === stop ? 0 : -1;
}
function moveIn(list, from, key) {
  const items = [...list.querySelectorAll(list.dataset.rove || 'a, button')].filter((item) => item.checkVisibility());
  const at = items.indexOf(from), last = items.length - 1;
  const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: last }[key];
  if (at < 0 || to == null) return false;
  items[Math.max(0, Math.min(last, to))].focus();
  return true;
}
