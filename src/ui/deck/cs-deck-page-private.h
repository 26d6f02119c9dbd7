/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/deck/cs-deck-page.h"

#include "ui/deck/cs-deck-composer.h"
#include "ui/deck/cs-deck-pane.h"
#include "ui/deck/cs-deck-saving.h"
#include "ui/deck/cs-deck-split.h"
#include "ui/deck/cs-deck-stage.h"
#include "ui/deck/cs-deck-working.h"
#include "ui/stage/cs-failed-view.h"
#include "ui/stage/cs-fan.h"

G_BEGIN_DECLS

/* What waits until what is in the document is saved. */
typedef struct
{
  CsCreation *creation; /* (nullable) to open */
  char *markdown;       /* (nullable) to begin with; NULL without a creation: nothing, the page is cleared */
  gboolean replaces;    /* the text of before can be brought back */
} CsDeckNext;

/* What the files of the page share: cs-deck-page.c shows, cs-deck-page-open.c opens, cs-deck-page-actions.c acts. */
struct _CsDeckPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkWidget *switch_bar;
  GtkToggleButton *edit_button;
  GtkToggleButton *preview_button;
  CsDeckSplit *split;
  GtkWidget *topic_card;
  GtkLabel *topic_title;
  GtkLabel *topic_facts;
  GtkToggleButton *compose_button;
  GtkStack *left;
  CsDeckComposer *composer;
  CsDeckPane *pane;
  GtkStack *right;
  CsFan *fan;
  CsDeckWorking *working;
  CsFailedView *failed;
  CsDeckStage *stage;

  /* Owned */
  CsStudio *studio;              /* (nullable) until the engine is open */
  CsDeckDocument *document;
  CsDeckSaving *saving;
  CsJob *job;                    /* (nullable) that is being written */
  CsDeckNext *next;              /* (nullable) */
  GCancellable *cancellable;     /* (nullable) of the newest reading */
  GtkFileChooserNative *chooser; /* (nullable) while it is open */
  CsBrief *asked;                /* (nullable) what a question is about */
  const char *coming;            /* (nullable) the page of the right side that is shown in a moment; static */
  guint show;                    /* idle source */
  guint warm;                    /* idle source, while fonts are looked for ahead of their use */
  guint n_warm;                  /* fonts that are there */
  guint is_open : 1;             /* the document holds a presentation */
  guint is_edited : 1;           /* by the user, as far as is known */
  guint is_again : 1;            /* the job writes the presentation of the document once more */
};

void _cs_deck_page_install_actions (GtkWidgetClass *widget_class);
void _cs_deck_page_update_actions  (CsDeckPage *self);
void _cs_deck_page_open            (CsDeckPage *self, CsCreation *creation, gboolean replaces);
void _cs_deck_page_begin           (CsDeckPage *self, const char *markdown);
void _cs_deck_page_close           (CsDeckPage *self);
void _cs_deck_page_go_on           (CsDeckPage *self); /* once it is saved */
void _cs_deck_page_show            (CsDeckPage *self, const char *right); /* a page of the right side */
void _cs_deck_page_show_topic      (CsDeckPage *self);
void _cs_deck_page_take_file       (CsDeckPage *self, GFile *file);

G_END_DECLS
