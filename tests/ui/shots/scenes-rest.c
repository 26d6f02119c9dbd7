/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The presentation, the gallery, one creation, and the windows and popovers over them. */
#include "config.h"

#include "shot.h"

#include "ui-library.h"

#include "ui/deck/cs-deck-composer.h"
#include "ui/deck/cs-deck-page.h"
#include "ui/deck/cs-deck-pane.h"
#include "ui/gallery/cs-creation-tile.h"
#include "ui/gallery/cs-gallery-page.h"
#include "ui/preferences/cs-preferences-window.h"
#include "ui/wallet/cs-wallet-window.h"

static const char *
get_topic (void)
{
  static const char *const topics[CS_N_LANGUAGES] = {
    [CS_LANGUAGE_EN] = "Solar energy in the Sahara, for a town council",
    [CS_LANGUAGE_FR] = "L’énergie solaire au Sahara, pour un conseil municipal",
    [CS_LANGUAGE_AR] = "الطاقة الشمسية في الصحراء، لمجلس بلدي",
  };

  return topics[cs_words_get_user_language ()];
}

void
shot_presentation (Shot *self)
{
  GtkWidget *composer;
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_DECK);

  shot_page (self, "presentation");
  shot_window (self, "presentation-idle");
  composer = shot_find (self, CS_TYPE_DECK_COMPOSER, NULL);
  brief->prompt = g_strdup (get_topic ());
  brief->model = g_strdup ("sketch/outline");
  cs_deck_composer_set_brief (CS_DECK_COMPOSER (composer), brief);
  shot_settle ();
  cs_deck_page_generate (CS_DECK_PAGE (shot_find (self, CS_TYPE_DECK_PAGE, NULL)));
  shot_wait (self, CS_TYPE_DECK_PANE);
  shot_window (self, "presentation");
}

void
shot_gallery (Shot *self)
{
  g_autoptr (CsCreation) creation = ui_library_get (self->fixture, 1);

  shot_page (self, "gallery");
  shot_window (self, "gallery");
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.show-creation", "s", cs_creation_get_id (creation));
  shot_window (self, "detail");
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.page", "s", "video");
}

void
shot_jobs (Shot *self)
{
  shot_page (self, "video");
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.jobs", NULL);
  shot_window (self, "jobs");
}

static void
shoot_preferences (Shot *self, const char *page, const char *name)
{
  GtkWindow *window = cs_preferences_window_new (self->fixture->studio, GTK_WINDOW (self->window));

  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), page);
  shot_dialog (self, window, name);
}

void
shot_windows (Shot *self)
{
  shoot_preferences (self, "general", "preferences-general");
  shoot_preferences (self, "keys", "preferences-keys");
  shoot_preferences (self, "models", "preferences-models");
  shoot_preferences (self, "budget", "preferences-budget");
  shot_dialog (self, cs_wallet_window_new (self->fixture->studio, GTK_WINDOW (self->window)), "wallet");
}
