/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A presentation: its topic, its Markdown, its slides, and the ways out: HTML, Markdown, the screen. */
#define CS_TYPE_DECK_PAGE (cs_deck_page_get_type ())
G_DECLARE_FINAL_TYPE (CsDeckPage, cs_deck_page, CS, DECK_PAGE, AdwBin)

GtkWidget *cs_deck_page_new           (void);
void       cs_deck_page_set_studio    (CsDeckPage *self, CsStudio *studio);
void       cs_deck_page_show_creation (CsDeckPage *self, CsCreation *creation);
void       cs_deck_page_generate      (CsDeckPage *self);
void       cs_deck_page_focus_prompt  (CsDeckPage *self);
void       cs_deck_page_clear         (CsDeckPage *self);
void       cs_deck_page_begin_with    (CsDeckPage *self, GFile *file); /* of Markdown */
void       cs_deck_page_show_job      (CsDeckPage *self, CsJob *job);

G_END_DECLS
