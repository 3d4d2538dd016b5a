#include "write/page.h"

namespace storymerge {

// What stands still: the frame into which the script writes, and how all of it looks.
const char* const page_body = R"page(<a class="skip" href="#story">Skip to the story</a>
<nav id="stories" aria-label="Stories">
<div class="top"><button type="button" id="menu" aria-expanded="false" aria-controls="menu-body">Stories</button>
<span id="total"></span></div>
<div id="menu-body"><label class="vh" for="filter">Find a story by its title</label>
<input id="filter" type="search" placeholder="Find a story" autocomplete="off" spellcheck="false">
<p id="found" class="meta" role="status"></p><ol id="list"></ol></div>
</nav>
<main id="story"><noscript>This page needs its own script to show the stories; it loads nothing from anywhere.</noscript></main>
<aside id="evidence" aria-label="Evidence for the chosen claim"></aside>
<p id="status" class="vh" role="status"></p>
)page";

const char* const page_style = R"page(
:root {
  color-scheme: light dark;
  --paper: #fff; --wash: #f6f5f1; --ink: #1b1a18; --soft: #5f5b54; --rule: #dcd8cf; --accent: #1d4f80;
  --mark: #ffeeb0; --mark-ink: #1b1a18; --mark-edge: #d9a900; --disputed: #a12d18; --updated: #13635a; --lone: #8a6a1f;
  --serif: Charter, "Bitstream Charter", "Source Serif 4", "Iowan Old Style", Georgia, "Noto Serif", "Liberation Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16171a; --wash: #1d1f23; --ink: #e9e6df; --soft: #a7a39a; --rule: #383a3f; --accent: #93bfe8;
    --mark: #54450f; --mark-ink: #fff4cf; --mark-edge: #c79c1e; --disputed: #f0917f; --updated: #7fcabb; --lone: #d6b25e;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { font: 100%/1.5 var(--sans); -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; color: var(--ink); background: var(--paper); }
h1, h2, h3, p, ol, ul, blockquote { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px; }
button, input { font: inherit; color: inherit; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
h1:focus, h2:focus { outline: none; }
[hidden] { display: none !important; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -99rem; z-index: 9; padding: .5rem 1rem; background: var(--paper); }
.skip:focus { left: .5rem; top: .5rem; }
.meta, .note, .kicker, .key { font-size: .8125rem; color: var(--soft); }
bdi, blockquote, .text { overflow-wrap: anywhere; }

button { cursor: pointer; padding: .25rem .65rem; border: 1px solid var(--rule); border-radius: 4px; background: transparent; font-size: .8125rem; }
button:hover:enabled { border-color: var(--soft); }
button:disabled { color: var(--soft); opacity: .5; cursor: default; }
button.link { border: 0; padding: 0; color: var(--accent); text-decoration: underline; font-size: inherit; }
button .n { color: var(--soft); font-variant-numeric: tabular-nums; }
button[aria-pressed="true"] { background: var(--ink); border-color: var(--ink); color: var(--paper); }
button[aria-pressed="true"] .n { color: inherit; }
.choices { display: inline-flex; flex-wrap: wrap; gap: .35rem; }

/* the list of stories */
#stories { background: var(--wash); border-bottom: 1px solid var(--rule); }
.top { display: flex; align-items: center; gap: .75rem; padding: .5rem 1rem; font-size: .8125rem; color: var(--soft); }
#menu::after { content: " ▾"; }
#menu-body { display: none; padding: 0 1rem 1rem; max-height: 60vh; overflow: auto; }
#menu[aria-expanded="true"] { background: var(--ink); color: var(--paper); }
.top:has(#menu[aria-expanded="true"]) + #menu-body { display: block; }
#filter { width: 100%; margin-bottom: .75rem; padding: .4rem .6rem; border: 1px solid var(--rule); border-radius: 4px; background: var(--paper); }
#list li { content-visibility: auto; contain-intrinsic-size: auto 5.5rem; border-bottom: 1px solid var(--rule); }
#list { margin: 0 -1rem; }
#list a { display: block; padding: .7rem 1rem; color: inherit; text-decoration: none; }
#list a:focus-visible { outline-offset: -2px; }
#list .title { display: block; font: 600 .9375rem/1.35 var(--serif); }
#list .meta { display: block; font-size: .75rem; }
#list .title + .meta { margin-top: .2rem; }
#list a:hover .title { text-decoration: underline; text-decoration-thickness: 1px; }
#list a[aria-current] { background: var(--paper); box-shadow: inset 3px 0 var(--ink); }
.lone #stories { display: none; }

/* the story */
#story { padding: 1.5rem 1rem 4rem; min-width: 0; }
#story > * { max-width: 44rem; margin-inline: auto; }
h1 { font: 600 clamp(1.6rem, 1.2rem + 1.6vw, 2.25rem)/1.18 var(--serif); letter-spacing: -.01em; text-wrap: balance; }
header > .meta { margin-top: .6rem; }
.sections { display: flex; flex-wrap: wrap; gap: .35rem; margin-top: 1rem; }
section { margin-top: 2.75rem; scroll-margin-top: 1rem; }
section > h2 { font: 600 .8125rem/1.3 var(--sans); letter-spacing: .06em; text-transform: uppercase; padding-top: .6rem; border-top: 2px solid var(--ink); }
#merged { margin-top: 1.75rem; }
section > .note { margin-top: .35rem; max-width: 38rem; }
h3 { font: 600 .9375rem/1.35 var(--sans); }
section > h3 { margin-top: 1.75rem; }
.told { font: 400 1.125rem/1.65 var(--serif); margin-top: 1.1rem; hanging-punctuation: first; content-visibility: auto; contain-intrinsic-size: auto 12rem; }
.claim { scroll-margin: 15vh 0; color: inherit; text-decoration: none; border-radius: 2px; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.claim bdi { background-repeat: no-repeat; }
.around { color: var(--soft); }
.claim:hover bdi { text-decoration: underline; text-decoration-color: var(--soft); text-decoration-thickness: 1px; }
.claim[aria-current] bdi { background: var(--mark); color: var(--mark-ink); box-shadow: 0 0 0 .15em var(--mark); -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.told .single bdi { color: var(--soft); }
.told .single[aria-current] bdi { color: var(--mark-ink); }
.count { font: 600 .6875rem/1 var(--sans); font-variant-numeric: tabular-nums; margin-left: .35em; padding: .12em .45em; border-radius: 1em; vertical-align: .18em; background: var(--accent); color: var(--paper); }
.count.one { background: none; color: var(--soft); box-shadow: inset 0 0 0 1px var(--rule); }
.tag { font: 600 .6875rem/1 var(--sans); margin-left: .35em; vertical-align: .18em; white-space: nowrap; }
.tag.disputed, .verdict.disputed { color: var(--disputed); }
.tag.updated, .verdict.updated { color: var(--updated); }
.tag.plain { margin: 0; vertical-align: 0; color: var(--lone); font-size: inherit; }
.letter { display: inline-block; min-width: 1.45em; padding: .12em .3em; border: 1px solid currentColor; border-radius: 3px; font: 600 .6875rem/1.1 var(--sans); text-align: center; color: var(--disputed); }
.letter.update { color: var(--updated); }
.key .letter { color: var(--soft); }

/* disputes and updates */
.dispute { padding: 1rem 0 .25rem; content-visibility: auto; contain-intrinsic-size: auto 14rem; }
.dispute + .dispute { border-top: 1px solid var(--rule); margin-top: 1rem; }
.dispute h3 { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
.check { font: 400 .8125rem var(--sans); white-space: nowrap; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: 1rem 1.5rem; margin-top: .6rem; }
.value { font: 600 1.25rem/1.3 var(--serif); display: flex; gap: .5rem; align-items: baseline; }
.value .letter { flex: none; }
blockquote { font: 400 1rem/1.5 var(--serif); margin-top: .35rem; white-space: pre-line; }
blockquote b { font-weight: 600; text-decoration: underline; text-decoration-thickness: 2px; text-decoration-color: var(--mark-edge); text-underline-offset: .18em; }
.by { font-size: .8125rem; color: var(--soft); margin-top: .35rem; }
.side { border-left: 3px solid var(--disputed); padding-left: .8rem; }
.timeline { margin-top: .75rem; }
.timeline li { position: relative; padding: 0 0 1.1rem 1.5rem; border-left: 2px solid var(--rule); margin-left: .35rem; }
.timeline li:last-child { border-color: transparent; padding-bottom: .25rem; }
.timeline li::before { content: ""; position: absolute; left: -.4375rem; top: .35rem; width: .75rem; height: .75rem; border-radius: 50%; background: var(--paper); border: 2px solid var(--updated); }
.timeline li:last-child::before { background: var(--updated); }
.when { font-size: .8125rem; color: var(--soft); font-variant-numeric: tabular-nums; }

/* who reports what */
#matrix .choices { margin-top: .8rem; }
.key { margin-top: .75rem; }
.key .letter, .key .dot:not(:first-child) { margin-left: .75rem; }
.dot { display: inline-block; width: .7rem; height: .7rem; border-radius: 50%; background: var(--accent); vertical-align: -.05em; }
.dot.lone { background: none; border: 2px solid var(--lone); }
.scroll { overflow-x: auto; margin-top: .75rem; position: relative; }
table { border-collapse: collapse; font-size: .875rem; width: 100%; table-layout: auto; }
thead th { vertical-align: bottom; padding: 0 0 .5rem; font-weight: 400; border-bottom: 1px solid var(--ink); }
thead .corner { text-align: left; font-size: .8125rem; color: var(--soft); }
.turned { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 11rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: .8125rem; text-align: left; }
tbody th, tfoot th { text-align: left; font-weight: 400; padding: .45rem .75rem .45rem 0; min-width: 13rem; max-width: 30rem; }
tbody th, .corner, tfoot th { position: sticky; left: 0; background: var(--paper); z-index: 1; }
tbody tr { border-bottom: 1px solid var(--rule); }
tbody tr:hover, tbody tr:hover th { background: var(--wash); }
tbody td, tfoot td { text-align: center; padding: .45rem 0; min-width: 2rem; }
thead th:not(.corner) { min-width: 2rem; text-align: center; }
tfoot td, tfoot th { border-top: 1px solid var(--ink); color: var(--soft); font-size: .8125rem; font-variant-numeric: tabular-nums; }
.brief { font: 400 .9375rem/1.4 var(--serif); display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.brief:hover, .brief:focus-visible { -webkit-line-clamp: none; }
.brief .count, .brief .tag { display: none; }
#more-rows { margin-top: .75rem; }

/* sources */
.sources > li { padding: 1rem 0; border-bottom: 1px solid var(--rule); content-visibility: auto; contain-intrinsic-size: auto 8rem; }
.outlet { font-weight: 600; font-size: .9375rem; }
.headline { font: 400 1rem/1.4 var(--serif); }
.headline a { color: inherit; text-decoration-color: var(--rule); }
.headline a:hover { text-decoration-color: currentColor; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; margin-top: .4rem; font-size: .8125rem; }
.quiet { padding: .1rem .55rem; }
summary { cursor: pointer; color: var(--soft); font-size: .8125rem; }
.furniture li { margin-top: .35rem; padding-left: .8rem; border-left: 2px solid var(--rule); }
.furniture s, .text s { color: var(--soft); }
.copies { margin-top: .5rem; padding-left: 1rem; border-left: 3px double var(--rule); }
.copies li { margin-top: .75rem; content-visibility: auto; contain-intrinsic-size: auto 6rem; }
.sources details { margin-top: .35rem; }
.names { margin-top: .5rem; font-size: .9375rem; columns: 18rem; }
.names li { break-inside: avoid; margin-bottom: .25rem; }

/* the evidence */
#evidence { display: none; background: var(--wash); }
.checking #evidence { display: block; }
.panel { position: relative; padding: 1rem 3rem .9rem 1rem; border-bottom: 1px solid var(--rule); }
.panel h2 { font: 600 1.125rem/1.4 var(--serif); margin-top: .15rem; white-space: pre-line; overflow-wrap: anywhere; }
.kicker { font-weight: 600; }
.verdict { font-size: .875rem; margin-top: .4rem; }
.verdict .letter { color: inherit; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem 1rem; justify-content: space-between; margin-top: .75rem; margin-right: -2rem; }
.steps { display: inline-flex; gap: .35rem; }
.close { position: absolute; top: .6rem; right: .6rem; width: 2rem; height: 2rem; padding: 0; font-size: 1.125rem; line-height: 1; border-color: transparent; }
.cards { display: grid; gap: 1rem; padding: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); align-items: start; }
.otherwise { margin: .5rem 1rem 0; }
.cards.one { grid-template-columns: minmax(0, 1fr); }
.card { background: var(--paper); border: 1px solid var(--rule); border-radius: 6px; padding: .9rem 1rem; min-width: 0; content-visibility: auto; contain-intrinsic-size: auto 18rem; }
.card header { border-bottom: 1px solid var(--rule); padding-bottom: .5rem; }
.card .headline { font-size: .875rem; color: var(--soft); }
.card footer { border-top: 1px solid var(--rule); margin-top: .75rem; padding-top: .5rem; }
.card.copy { border-style: double; border-width: 3px; }
.text { position: relative; font: 400 .9375rem/1.55 var(--serif); white-space: pre-wrap; margin-top: .7rem; color: var(--soft); unicode-bidi: plaintext; }
.text.whole { max-height: 70vh; overflow: auto; }
.one .text { color: var(--ink); max-width: 40rem; font-size: 1rem; }
mark { background: var(--mark); color: var(--mark-ink); box-shadow: 0 0 0 .12em var(--mark); border-bottom: 2px solid var(--mark-edge); -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.reason { font: italic .75rem var(--sans); color: var(--soft); }
[data-more-cards] { margin: 0 1rem 1.5rem; }

@media (max-width: 759px) {
  .checking #evidence { position: fixed; inset: auto 0 0; z-index: 5; max-height: 82vh; overflow: auto; overscroll-behavior: contain; border-top: 2px solid var(--ink); box-shadow: 0 -8px 24px rgb(0 0 0 / .2); }
  .checking #story { padding-bottom: 85vh; }
  .cards { padding: .75rem; }
  .card { padding: .75rem .8rem; }
  .text.whole { max-height: 55vh; }
}
@media (min-width: 760px) {
  .checking { display: grid; grid-template: auto 1fr / minmax(0, 1fr) minmax(0, 1fr); }
  .checking #stories { grid-column: 1 / -1; }
  #evidence { border-left: 1px solid var(--rule); }
  .checking #evidence { position: sticky; top: 0; height: 100vh; overflow: auto; }
  #story { padding: 2rem 2rem 5rem; }
}
@media (min-width: 1240px) {
  body, .checking { display: grid; grid-template: 1fr / 17.5rem minmax(0, 1fr); }
  .checking { grid-template-columns: 17.5rem minmax(0, 9fr) minmax(0, 11fr); }
  body.lone, .lone.checking { grid-template-columns: minmax(0, 1fr); }
  .lone.checking { grid-template-columns: minmax(0, 9fr) minmax(0, 11fr); }
  #stories, .checking #stories { grid-column: auto; position: sticky; top: 0; height: 100vh; overflow: auto; border-bottom: 0; border-right: 1px solid var(--rule); }
  #menu { display: none; }
  #menu-body { display: block; max-height: none; padding-bottom: 2rem; overflow: visible; }
  .top { padding-top: 1rem; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  :root { --paper: #fff; --wash: #fff; --ink: #000; --soft: #444; --rule: #bbb; --accent: #000; --mark: #eee; --mark-ink: #000; --mark-edge: #000; --disputed: #000; --updated: #000; --lone: #000; }
  body, .checking { display: block; }
  #stories, .sections, .choices, .tools, .close, .check, .actions > button, #more-rows, [data-more-cards], .skip { display: none !important; }
  .checking #evidence { position: static; height: auto; max-height: none; overflow: visible; border: 0; box-shadow: none; break-before: page; }
  #story { padding: 0; }
  #story > * { max-width: none; }
  .checking #story { padding-bottom: 0; }
  .told, .dispute, .card, .sources > li, .copies li { content-visibility: visible; }
  .told { font-size: 11pt; line-height: 1.5; }
  .count { color: #000; background: none; box-shadow: inset 0 0 0 1px #666; }
  .dispute, .card, tr, .sources > li { break-inside: avoid; }
  .dot, mark { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .scroll { overflow: visible; }
  tbody th, .corner, tfoot th { position: static; }
  .brief { display: inline; }
  .cards { display: block; padding: 0; }
  .card { margin-top: 1rem; }
}
)page";

}  // namespace storymerge
