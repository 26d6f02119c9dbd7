/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What else decides what a creation may cost. Main thread. */
#include "config.h"
#include "ui/preferences/cs-prices-group.h"

#include "ui/widgets/cs-amount-row.h"
#include "ui/widgets/cs-say.h"

#include <string.h>

/* What a file of own prices begins with: nothing is another price yet. */
#define TEMPLATE "{\n  \"prices\": [\n  ]\n}\n"

#define FALL_BACK "fall-back-up-to"
#define MAX_FALL_BACK (1000 * CS_MONEY_UNIT) /* as in the schema */

struct _CsPricesGroup
{
  AdwPreferencesGroup parent_instance;

  CsAmountRow *fall_back; /* of the group */
  AdwActionRow *own;

  /* Borrowed: libadwaita 1.2 keeps the rows of a preferences window after it is closed */
  CsStudio *studio; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CsPricesGroup, cs_prices_group, ADW_TYPE_PREFERENCES_GROUP)

/* Another provider */

static void
show_fall_back (CsPricesGroup *self)
{
  gint64 amount;

  if (self->studio == NULL)
    return;
  amount = g_settings_get_int64 (cs_studio_get_settings (self->studio), FALL_BACK);
  cs_amount_row_set (self->fall_back, amount);
}

static void
describe (CsPricesGroup *self, const char *words)
{
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), words);
}

static void
describe_fall_back (CsPricesGroup *self)
{
  describe (self, _ ("When a provider refuses, the next one is tried by itself if it costs no more than the button said. With an amount "
                     "here it may cost that much. Leave empty to be asked."));
}

static void
amount_cb (CsPricesGroup *self, gint64 amount)
{
  if (self->studio == NULL)
    return;
  describe_fall_back (self);
  if (amount > MAX_FALL_BACK)
    describe (self, _ ("That is too much: at most $1000 can be set here."));
  else
    g_settings_set_int64 (cs_studio_get_settings (self->studio), FALL_BACK, MAX (amount, -1));
  show_fall_back (self);
}

/* Own prices */

static GFile *
get_file (CsPricesGroup *self)
{
  return g_file_new_for_path (cs_paths_get_prices (cs_engine_get_paths (cs_studio_get_engine (self->studio))));
}

static void
open_file (CsPricesGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GFile) file = get_file (self);
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

/* One that is there already is what is wanted. */
static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsPricesGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileOutputStream) stream = g_file_create_finish (G_FILE (source), result, &error);

  if (stream != NULL) /* a few bytes, into the cache of the system */
    g_output_stream_write_all (G_OUTPUT_STREAM (stream), TEMPLATE, strlen (TEMPLATE), NULL, NULL, &error);
  if (self->studio == NULL)
    return;
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    cs_say (GTK_WIDGET (self), error->message);
  else
    open_file (self);
}

static void
open_cb (CsPricesGroup *self)
{
  g_autoptr (GFile) file = get_file (self);

  g_file_create_async (file, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, NULL, created_cb, g_object_ref (self));
}

static void
show_own (CsPricesGroup *self)
{
  const char *trouble = cs_price_list_get_trouble (cs_engine_get_prices (cs_studio_get_engine (self->studio)));

  adw_action_row_set_subtitle (
      self->own, trouble != NULL ? trouble : _ ("What you really pay, where it is not the list price. Read when the studio starts."));
  if (trouble != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->own), "warning");
}

static void
cs_prices_group_dispose (GObject *object)
{
  g_clear_weak_pointer (&CS_PRICES_GROUP (object)->studio);

  G_OBJECT_CLASS (cs_prices_group_parent_class)->dispose (object);
}

static void
cs_prices_group_class_init (CsPricesGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_prices_group_dispose;
}

static AdwActionRow *
make_own (CsPricesGroup *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Open prices.json"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Your own prices"));
  adw_action_row_set_subtitle_lines (row, 5);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (row, button);
  return row;
}

static void
cs_prices_group_init (CsPricesGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Prices"));
  describe_fall_back (self);
  self->fall_back = CS_AMOUNT_ROW (cs_amount_row_new (_ ("Another provider by itself, up to")));
  g_signal_connect_object (self->fall_back, "amount", G_CALLBACK (amount_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fall_back, "invalid", G_CALLBACK (describe), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->fall_back));
  self->own = make_own (self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->own));
}

/** cs_prices_group_set_studio: Shows what is set. */
void
cs_prices_group_set_studio (CsPricesGroup *self, CsStudio *studio)
{
  g_set_weak_pointer (&self->studio, studio);
  show_fall_back (self);
  show_own (self);
}
