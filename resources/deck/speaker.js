// SPDX-License-Identifier: GPL-3.0-or-later
// The speaker's window (key S): this slide, the next one, the notes, a clock. It is drawn from here and runs no script
// of its own, so the policy of the deck holds in it and nothing is loaded twice.
window.StudioNotes = (function () {
'use strict';
var root = document.documentElement;
var words = {
fr: { title: 'Notes', now: 'Maintenant', next: 'Ensuite', notes: 'Notes', none: 'Pas de notes.', end: 'Fin', back: 'Précédent', on: 'Suivant', reset: 'Remettre à zéro', open: 'Vue de l’orateur', blocked: 'Le navigateur a bloqué la fenêtre des notes. Autorisez-la, puis appuyez de nouveau sur S.' },
ar: { title: 'ملاحظات', now: 'الآن', next: 'التالي', notes: 'ملاحظات', none: 'لا توجد ملاحظات.', end: 'النهاية', back: 'السابق', on: 'التالي', reset: 'تصفير', open: 'شاشة المتحدث', blocked: 'منع المتصفح نافذة الملاحظات. اسمح بها ثم اضغط S من جديد.' },
en: { title: 'Notes', now: 'Now', next: 'Next', notes: 'Notes', none: 'No notes.', end: 'End', back: 'Back', on: 'Next', reset: 'Reset', open: 'Speaker view', blocked: 'The browser blocked the notes window. Allow it, then press S again.' }
};
words = words[root.lang] || words.en;
var deck, pane, parts, start, timer;
var sheet = 'html,body{height:100%;margin:0;overflow:hidden;background:#14161d;color:#e8eaf0}' +
'body{display:grid;grid-template:auto auto minmax(0,1fr)/3fr 2fr;gap:14px;padding:16px;box-sizing:border-box;font:16px/1.5 var(--sans)}' +
'header{grid-column:1/-1;display:flex;gap:14px;align-items:center;font-variant-numeric:tabular-nums}header b{font-size:26px}' +
'header button{font:inherit;padding:6px 16px;border:1px solid #565d72;border-radius:8px;background:#232734;color:inherit;cursor:pointer}' +
'header span{flex:1}.view{position:relative;overflow:hidden;aspect-ratio:16/9;width:auto;height:auto;align-self:start;border-radius:10px;background:var(--glow),var(--bg);color:var(--fg)}' +
'.view i{position:absolute;z-index:9;inset-block-end:8px;inset-inline-start:8px;padding:1px 10px;border-radius:9px;background:#000b;color:#fff;font:600 13px/1.6 var(--sans)}' +
'.view .slides{position:absolute;inset:0 auto auto 0;margin:0;font:400 32px/1.42 var(--sans);width:1280px;height:720px;transform-origin:0 0;text-align:start}' +
'.talk{grid-column:1/-1;overflow:auto;font-size:22px;line-height:1.55;padding:4px 8px}.talk ul,.talk ol{padding-inline-start:1.3em;list-style:disc}.talk p{margin:0 0 .6em}';

function make(tag, name, text) {
var made = pane.document.createElement(tag);
if (name) made.className = name;
if (text) made.textContent = text;
return made;
}

function press(label, action) {
var button = make('button', '', label);
button.addEventListener('click', action);
return button;
}

function show(view, section) {
view.querySelectorAll('.slides').forEach(function (old) { old.remove(); });
var slides = make('div', 'slides'), box = section && section.querySelector('.s');
if (box) slides.append(pane.document.importNode(box, true));
slides.style.transform = 'scale(' + Math.min(view.clientWidth / 1280, view.clientHeight / 720) + ')';
view.append(slides);
}

// The slide that a press on the space bar would bring.
function following() {
var all = deck.getSlides();
return all[all.indexOf(deck.getCurrentSlide()) + 1];
}

function refresh() {
if (!pane || pane.closed) return;
var here = deck.getCurrentSlide(), next = following(), notes = here.querySelector('aside.notes');
show(parts.now, here);
show(parts.next, next);
parts.next.firstChild.textContent = next ? words.next : words.end;
parts.talk.replaceChildren();
if (notes) parts.talk.append.apply(parts.talk, pane.document.importNode(notes, true).childNodes);
else parts.talk.textContent = words.none;
parts.count.textContent = (deck.getSlides().indexOf(here) + 1) + ' / ' + deck.getTotalSlides();
}

function two(number) {
return (number < 10 ? '0' : '') + number;
}

function tick() {
if (pane.closed) { clearInterval(timer); return; }
var seconds = Math.floor((Date.now() - start) / 1000);
parts.elapsed.textContent = two(Math.floor(seconds / 60)) + ':' + two(seconds % 60);
parts.clock.textContent = new Date().toLocaleTimeString(root.lang, { hour: '2-digit', minute: '2-digit' });
}

function restart() {
start = Date.now();
tick();
}

function onKey(event) {
var key = event.key;
if (key === 'ArrowRight') root.dir === 'rtl' ? deck.prev() : deck.next();
else if (key === 'ArrowLeft') root.dir === 'rtl' ? deck.next() : deck.prev();
else if (key === ' ' || key === 'PageDown' || key === 'ArrowDown' || key === 'Enter') deck.next();
else if (key === 'PageUp' || key === 'ArrowUp') deck.prev();
else return;
event.preventDefault();
}

function build() {
// A document type: without it the browser would draw tables as it did in 1998.
pane.document.write('<!DOCTYPE html><html><head></head><body></body></html>');
pane.document.close();
var head = make('header'), now = make('section', 'view now reveal'), next = make('section', 'view next reveal');
pane.document.title = words.title + ' – ' + document.title;
pane.document.documentElement.lang = root.lang;
pane.document.documentElement.dir = root.dir;
document.querySelectorAll('style').forEach(function (style) { pane.document.head.append(pane.document.importNode(style, true)); });
pane.document.head.append(make('style', '', sheet));
parts = { now: now, next: next, talk: make('main', 'talk'), count: make('b'), elapsed: make('b'), clock: make('b') };
parts.talk.setAttribute('aria-label', words.notes);
parts.talk.setAttribute('aria-live', 'polite');
now.setAttribute('aria-label', words.now);
next.setAttribute('aria-label', words.next);
now.append(make('i', '', words.now));
next.append(make('i', '', words.next));
head.append(parts.count, press(words.back, function () { deck.prev(); }), press(words.on, function () { deck.next(); }), make('span'), parts.elapsed, press(words.reset, restart), parts.clock);
pane.document.body.replaceChildren(head, now, next, parts.talk);
pane.document.addEventListener('keydown', onKey);
pane.addEventListener('resize', refresh);
}

function open() {
if (pane && !pane.closed) { pane.focus(); return; }
pane = window.open('', '', 'width=1180,height=720');
if (!pane) { alert(words.blocked); return; }
build();
restart();
clearInterval(timer);
timer = setInterval(tick, 1000);
refresh();
}

function init(reveal) {
deck = reveal;
deck.addKeyBinding({ keyCode: 83, key: 'S', description: words.open }, open);
deck.on('slidechanged', refresh);
addEventListener('pagehide', function () { if (pane) pane.close(); });
}

return { id: 'notes', init: init, open: open };
}());
