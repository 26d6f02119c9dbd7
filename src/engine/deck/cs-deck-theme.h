/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-vocabulary.h"

G_BEGIN_DECLS

/* The parts that every deck carries, and the policy that lets exactly these scripts run. Static, any thread. */
typedef struct
{
  const char *core;       /* Reveal.js */
  const char *style;      /* its style sheet */
  const char *base;       /* our style sheet for all themes */
  const char *start;      /* our script that starts it */
  const char *speaker;    /* our script for the speaker's window */
  const char *policy;     /* CSP for a deck without notes */
  const char *policy_with_notes;
} CsDeckParts;

const CsDeckParts *cs_deck_parts_get (void);
const char        *cs_deck_theme_get (CsTheme theme);

/*
 * Runs before Reveal.js. Its print view waits for frames, and a browser that prints without a window draws none: the
 * first frames come at once, so that the pages are there as soon as the file is loaded.
 */
#define CS_DECK_EARLY_SCRIPT                                                                                         \
  "if(/print-pdf|view=print/.test(location.search)){let n=0;window.requestAnimationFrame=function(f){"               \
  "let g=function(){f(performance.now())};return n++<64?(Promise.resolve().then(g),0):setTimeout(g,0)}}\n"

char *cs_deck_dup_resource (const char *name);

G_END_DECLS
