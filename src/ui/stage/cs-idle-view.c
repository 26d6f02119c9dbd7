/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invitation. What was made last is read from the library when this is seen, and when the library changed. Main thread. */
#include "config.h"
#include "ui/stage/cs-idle-view.h"

#include "ui/stage/cs-fan.h"
#include "ui/widgets/cs-thumbnail.h"

#define N_RECENT 5
#define RECENT_HEIGHT 76

struct _CsIdleView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *words;
  GtkBox *keys_card;
  GtkListBox *keys_list;
  GtkBox *recent;
  GtkBox *recent_box;

  /* Owned */
  CsStudio *studio;          /* (nullable) until the engine is open */
  gboolean is_listing;
};

G_DEFINE_FINAL_TYPE (CsIdleView, cs_idle_view, ADW_TYPE_BIN)

/* What was made last */

static char *
describe (const CsCreationFacts *facts)
{
  if (facts->kind == CS_KIND_VIDEO)
    /* translators: read aloud; 1: seconds, 2: a title */
    return g_strdup_printf (_ ("Video, %1$d seconds: %2$s"), (int) (facts->duration + 0.5), facts->title);
  /* translators: read aloud; a title */
  return g_strdup_printf (facts->kind == CS_KIND_IMAGE ? _ ("Picture: %s") : _ ("Presentation: %s"), facts->title);
}

static char *
make_badge (const CsCreationFacts *facts)
{
  if (facts->kind == CS_KIND_VIDEO)
    return g_strdup_printf ("%d:%02d", (int) facts->duration / 60, (int) (facts->duration + 0.5) % 60);
  return facts->kind == CS_KIND_DECK ? g_strdup_printf ("%d", facts->num_slides) : NULL;
}

static GtkWidget *
make_picture (CsIdleView *self, const CsCreationFacts *facts)
{
  CsPaths *paths = cs_engine_get_paths (cs_studio_get_engine (self->studio));
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *picture = cs_thumbnail_new ();
  g_autofree char *badge = make_badge (facts);

  if (facts->thumbnail != NULL)
    {
      g_autofree char *path = g_build_filename (cs_paths_get_thumbnails (paths), facts->thumbnail, NULL);

      cs_thumbnail_set_path (CS_THUMBNAIL (picture), path);
    }
  gtk_widget_set_size_request (picture, -1, RECENT_HEIGHT);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), picture);
  if (badge != NULL)
    {
      GtkWidget *label = gtk_label_new (badge);

      gtk_widget_add_css_class (label, "badge");
      gtk_widget_set_halign (label, GTK_ALIGN_START);
      gtk_widget_set_valign (label, GTK_ALIGN_END);
      gtk_widget_set_margin_start (label, 6);
      gtk_widget_set_margin_bottom (label, 6);
      gtk_overlay_add_overlay (GTK_OVERLAY (overlay), label);
    }
  return overlay;
}

static void
add_recent (CsIdleView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  g_autofree char *words = describe (facts);
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), make_picture (self, facts));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "picture-button");
  gtk_widget_set_tooltip_text (button, facts->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-creation");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", facts->id);
  gtk_box_append (self->recent_box, button);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsIdleView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsLibraryPage) page = cs_library_list_finish (CS_LIBRARY (source), result, &error);
  GtkWidget *child;

  self->is_listing = FALSE;
  if (page == NULL)
    {
      g_debug ("What was made last was not read: %s", error->message);
      return;
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->recent_box))) != NULL)
    gtk_box_remove (self->recent_box, child);
  for (guint i = 0; i < page->creations->len; i++)
    add_recent (self, page->creations->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->recent), page->creations->len > 0);
}

static void
read_recent (CsIdleView *self)
{
  const CsLibraryQuery query = { .limit = N_RECENT };

  if (self->studio == NULL || self->is_listing || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->is_listing = TRUE;
  cs_library_list_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), &query, NULL, list_cb, g_object_ref (self));
}

/* Before there is a key */

static gboolean
has_key (CsStudio *studio)
{
  CsKeys *keys = cs_engine_get_keys (cs_studio_get_engine (studio));

  for (int i = 0; i < CS_N_KEYS; i++)
    if (cs_keys_get (keys, i, NULL) != NULL)
      return TRUE;
  return FALSE;
}

static void
add_key_row (CsIdleView *self, CsKeyName key, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Add Key"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.add-key");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", cs_key_name_to_string (key));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->keys_list, row);
}

static void
show_words (CsIdleView *self)
{
  gboolean is_new = self->studio != NULL && !has_key (self->studio);
  gboolean is_offered = is_new && !g_settings_get_boolean (cs_studio_get_settings (self->studio), "keys-card-dismissed");

  gtk_label_set_text (self->title, is_new ? _ ("Ready when you are") : _ ("What do you want to see?"));
  gtk_label_set_text (self->words,
                      is_new ? _ ("Sketch draws on this computer: no key, no network, no cost. Write an idea and press Generate.")
                             : _ ("Write one idea. You see the price before anything is sent, and the finished file is yours to keep."));
  gtk_widget_set_visible (GTK_WIDGET (self->keys_card), is_offered);
}

static void
not_now_cb (CsIdleView *self)
{
  g_settings_set_boolean (cs_studio_get_settings (self->studio), "keys-card-dismissed", TRUE);
  show_words (self);
}

static void
cs_idle_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cs_idle_view_parent_class)->map (widget);
  show_words (CS_IDLE_VIEW (widget));
  read_recent (CS_IDLE_VIEW (widget));
}

static void
cs_idle_view_dispose (GObject *object)
{
  g_clear_object (&CS_IDLE_VIEW (object)->studio);

  G_OBJECT_CLASS (cs_idle_view_parent_class)->dispose (object);
}

static void
cs_idle_view_class_init (CsIdleViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_FAN);
  G_OBJECT_CLASS (klass)->dispose = cs_idle_view_dispose;
  widget_class->map = cs_idle_view_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-idle-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, title);
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, words);
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, keys_card);
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, keys_list);
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, recent);
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, recent_box);
  gtk_widget_class_bind_template_callback (widget_class, not_now_cb);
}

static void
cs_idle_view_init (CsIdleView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_key_row (self, CS_KEY_PIAPI, "PiAPI", _ ("Videos and pictures"));
  add_key_row (self, CS_KEY_REPLICATE, "Replicate", _ ("Pictures and videos"));
  add_key_row (self, CS_KEY_HUGGINGFACE, "Hugging Face", _ ("Pictures, videos and words"));
  show_words (self);
}

GtkWidget *
cs_idle_view_new (void)
{
  return g_object_new (CS_TYPE_IDLE_VIEW, NULL);
}

void
cs_idle_view_set_studio (CsIdleView *self, CsStudio *studio)
{
  if (!g_set_object (&self->studio, studio))
    return;
  g_signal_connect_object (cs_engine_get_library (cs_studio_get_engine (studio)), "changed", G_CALLBACK (read_recent), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (studio, "prices-changed", G_CALLBACK (show_words), self, G_CONNECT_SWAPPED);
  show_words (self);
  read_recent (self);
}
