// SPDX-License-Identifier: GPL-3.0-or-later
// Starts Reveal.js, makes full slides smaller until they fit, and says the buttons in the language of the deck.
(function () {
'use strict';
var root = document.documentElement;
var words = {
fr: { left: 'Diapositive à gauche', right: 'Diapositive à droite', up: 'Diapositive au-dessus', down: 'Diapositive en dessous' },
ar: { left: 'الشريحة إلى اليسار', right: 'الشريحة إلى اليمين', up: 'الشريحة في الأعلى', down: 'الشريحة في الأسفل' },
en: { left: 'Slide to the left', right: 'Slide to the right', up: 'Slide above', down: 'Slide below' }
}[root.lang];
var still = matchMedia('(prefers-reduced-motion: reduce)').matches;
var done = new WeakSet();

function overflows(box) {
return box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;
}

// Takes the largest size that fits, by halving the interval; below the floor the slide scrolls.
function fit(box, floor) {
if (box.clientHeight === 0 || done.has(box)) return;
done.add(box);
box.style.setProperty('--fit', 1);
if (!overflows(box)) return;
var low = floor, high = 1, turn;
for (turn = 0; turn < 6; turn++) {
var size = (low + high) / 2;
box.style.setProperty('--fit', size.toFixed(3));
if (overflows(box)) high = size; else low = size;
}
box.style.setProperty('--fit', low.toFixed(3));
if (overflows(box)) {
box.classList.add('long');
box.tabIndex = 0;
}
}

function fitAll(floor) {
document.querySelectorAll('.s').forEach(function (box) { fit(box, floor); });
}

function fitHidden() {
root.classList.add('measure');
fitAll(.12);
root.classList.remove('measure');
}

function fitShown() {
fitAll(.36);
}

function say() {
Object.keys(words || {}).forEach(function (side) {
document.querySelectorAll('.controls .navigate-' + side).forEach(function (button) {
button.setAttribute('aria-label', words[side]);
});
});
}

addEventListener('beforeprint', fitHidden);
Reveal.on('ready', function () { say(); fitShown(); });
Reveal.on('slidechanged', fitShown);
Reveal.on('overviewshown', fitShown);
Reveal.on('pdf-ready', function () { done = new WeakSet(); fitAll(.12); });
Reveal.initialize({
width: 1280, height: 720, margin: 0, minScale: .05, maxScale: 4, center: false, rtl: root.dir === 'rtl',
hash: location.protocol !== 'about:' && location.protocol !== 'data:', controls: true, progress: true, slideNumber: 'c/t',
transition: still ? 'none' : 'fade', transitionSpeed: 'fast', backgroundTransition: 'none', autoAnimate: false,
pdfMaxPagesPerSlide: 1, pdfSeparateFragments: false, postMessage: false, postMessageEvents: false,
plugins: window.StudioNotes ? [window.StudioNotes] : []
});
}());
