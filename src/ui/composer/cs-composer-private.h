/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/composer/cs-composer.h"

#include "ui/composer/cs-format-picker.h"
#include "ui/composer/cs-note-row.h"
#include "ui/composer/cs-prompt-view.h"
#include "ui/composer/cs-provider-row.h"
#include "ui/composer/cs-quote.h"
#include "ui/composer/cs-quote-notes.h"
#include "ui/composer/cs-reference-row.h"
#include "ui/composer/cs-style-picker.h"

G_BEGIN_DECLS

/* What the files of the composer share: cs-composer.c is what is chosen, cs-composer-price.c what it costs and what stands in
 * its way. */
struct _CsComposer
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkBox *groups;
  CsPromptView *prompt;
  GtkBox *chips;
  CsStylePicker *style;
  CsFormatPicker *format;
  AdwActionRow *duration_row;
  GtkScale *duration;
  GtkLabel *duration_label;
  GtkToggleButton *sound;
  AdwActionRow *count_row;
  GtkToggleButton *count_1;
  GtkToggleButton *count_2;
  GtkToggleButton *count_4;
  CsReferenceRow *reference;
  CsNoteRow *avoid_note;
  CsNoteRow *format_note;
  CsNoteRow *duration_note;
  CsNoteRow *reference_note;
  AdwActionRow *screenwriter_row;
  GtkSwitch *screenwriter;
  CsProviderRow *provider;
  GtkRevealer *notice;
  GtkLabel *notice_label;
  GtkButton *notice_button;
  GtkButton *button;
  GtkLabel *line;

  /* Owned */
  CsStudio *studio;          /* (nullable) until the engine is open */
  CsQuote *quote;            /* (nullable) as it stands on the button */
  CsBudget *budget;          /* (nullable) until it was read */
  GNetworkMonitor *network;  /* (nullable) until it was found */
  CsWalletKey *key;          /* (nullable) the wallet key that pays, as it was read last */
  char *trouble;             /* (nullable) why the last press of the button came to nothing */
  char *avoided;             /* (nullable) what shall not be seen; comes with a brief that was made elsewhere */
  GStrv locked;              /* (nullable) phrases that the screenwriter keeps, as long as they stand in the prompt */

  /* Borrowed */
  GtkWindow *window;         /* (nullable) while it is seen: whether it is the active one is listened to */

  CsKind kind;
  CsWish wants_sound;
  guint pricing;             /* idle source */
  guint wants_words : 1;     /* the screenwriter, should there be one */
  guint is_showing : 1;      /* switches are moved by us, not by the user */
  guint is_reading_budget : 1;
  guint is_restored : 1;     /* what was chosen last time was put back: from here on it is remembered */
};

void  _cs_composer_bind_price  (GtkWidgetClass *widget_class);
void  _cs_composer_show_price  (CsComposer *self);
void  _cs_composer_read_budget (CsComposer *self);
void  _cs_composer_find_network (CsComposer *self);
guint _cs_composer_get_count   (CsComposer *self);
void  _cs_composer_changed     (CsComposer *self);

G_END_DECLS
