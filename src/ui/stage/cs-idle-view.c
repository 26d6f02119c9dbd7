/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invitation. What was made last is read from the library when this is seen, and when the library changed. Main thread. */
#include "config.h"
#include "ui/stage/cs-idle-view.h"

#include "ui/gallery/cs-deck-cover.h"
#include "ui/stage/cs-fan.h"
#include "ui/stage/cs-keys-card.h"
#include "ui/widgets/cs-creation-words.h"
#include "ui/widgets/cs-thumbnail.h"

#define N_RECENT 5
#define N_FAVOURITES 6 /* some of them may have no thumbnail */
#define RECENT_HEIGHT 76

struct _CsIdleView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *words;
  CsFan *fan;
  CsKeysCard *keys_card;
  GtkBox *recent;
  GtkBox *recent_box;

  /* Owned */
  CsStudio *studio;          /* (nullable) until the engine is open */

  guint is_listing : 1;
  guint has_recent : 1;      /* something was made */
  guint is_short : 1;        /* there is little height */
};

G_DEFINE_FINAL_TYPE (CsIdleView, cs_idle_view, ADW_TYPE_BIN)

/* What was made last */

/* What it is, and how long. */
static GtkWidget *
make_badge (const CsCreationFacts *facts, const char *length)
{
  GtkWidget *badge = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_box_append (GTK_BOX (badge), gtk_image_new_from_icon_name (cs_creation_get_icon (facts)));
  if (*length != '\0')
    gtk_box_append (GTK_BOX (badge), gtk_label_new (length));
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_halign (badge, GTK_ALIGN_START);
  gtk_widget_set_valign (badge, GTK_ALIGN_END);
  gtk_widget_set_margin_start (badge, 6);
  gtk_widget_set_margin_bottom (badge, 6);
  return badge;
}

/* A presentation shows its first slide. */
static GtkWidget *
make_cover (CsIdleView *self, CsCreation *creation)
{
  GtkWidget *cover = cs_deck_cover_new ();

  cs_deck_cover_set_creation (CS_DECK_COVER (cover), creation, self->studio);
  gtk_widget_add_css_class (cover, "thumb");
  gtk_widget_set_overflow (cover, GTK_OVERFLOW_HIDDEN);
  return cover;
}

static GtkWidget *
make_thumbnail (CsIdleView *self, const CsCreationFacts *facts)
{
  CsPaths *paths = cs_engine_get_paths (cs_studio_get_engine (self->studio));
  GtkWidget *picture = cs_thumbnail_new ();

  if (facts->thumbnail != NULL)
    {
      g_autofree char *path = g_build_filename (cs_paths_get_thumbnails (paths), facts->thumbnail, NULL);

      cs_thumbnail_set_path (CS_THUMBNAIL (picture), path);
    }
  return picture;
}

static GtkWidget *
make_picture (CsIdleView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *picture = cs_deck_cover_is_for (creation) ? make_cover (self, creation) : make_thumbnail (self, facts);
  g_autofree char *length = cs_creation_make_length (facts);

  gtk_widget_set_size_request (picture, -1, RECENT_HEIGHT);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), picture);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), make_badge (facts, length));
  return overlay;
}

static void
add_recent (CsIdleView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  g_autofree char *words = cs_creation_make_description (facts);
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), make_picture (self, creation));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "picture-button");
  gtk_widget_set_tooltip_text (button, facts->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-creation");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", facts->id);
  gtk_box_append (self->recent_box, button);
}

static void
show_recent (CsIdleView *self)
{
  gboolean is_new = gtk_widget_get_visible (GTK_WIDGET (self->keys_card));

  gtk_widget_set_visible (GTK_WIDGET (self->recent), self->has_recent && !self->is_short && !is_new);
  gtk_widget_set_visible (GTK_WIDGET (self->fan), !(self->is_short && is_new));
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
  self->has_recent = page->creations->len > 0;
  show_recent (self);
}

/* What the user likes best, once there is enough of it. */
static void
favourites_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsIdleView) self = user_data;
  g_autoptr (CsLibraryPage) page = cs_library_list_finish (CS_LIBRARY (source), result, NULL);
  g_auto (GStrv) paths = g_new0 (char *, CS_FAN_CARDS + 1);
  int n_paths = 0;

  for (guint i = 0; page != NULL && self->studio != NULL && i < page->creations->len && n_paths < CS_FAN_CARDS; i++)
    {
      const char *thumbnail = cs_creation_get_facts (page->creations->pdata[i])->thumbnail;
      CsPaths *folders = cs_engine_get_paths (cs_studio_get_engine (self->studio));

      if (thumbnail != NULL)
        paths[n_paths++] = g_build_filename (cs_paths_get_thumbnails (folders), thumbnail, NULL);
    }
  cs_fan_set_paths (self->fan, n_paths == CS_FAN_CARDS ? (const char *const *) paths : NULL);
}

static void
read_recent (CsIdleView *self)
{
  const CsLibraryQuery query = { .limit = N_RECENT };
  const CsLibraryQuery favourites = { .favourites = TRUE, .limit = N_FAVOURITES };
  CsLibrary *library;

  if (self->studio == NULL || self->is_listing || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->is_listing = TRUE;
  library = cs_engine_get_library (cs_studio_get_engine (self->studio));
  cs_library_list_async (library, &query, NULL, list_cb, g_object_ref (self));
  cs_library_list_async (library, &favourites, NULL, favourites_cb, g_object_ref (self));
}

/* Before there is a key */

static void
show_words (CsIdleView *self)
{
  gboolean is_new = self->studio != NULL && !cs_keys_card_has_key (self->studio);

  gtk_label_set_text (self->title, is_new ? _ ("Ready when you are") : _ ("What do you want to see?"));
  gtk_label_set_text (self->words,
                      is_new ? _ ("Sketch draws on this computer: no key, no network, no cost. Write an idea and press Generate.")
                             : _ ("Write one idea. You see the price before anything is sent, and the finished file is yours to keep."));
  gtk_widget_set_visible (GTK_WIDGET (self->keys_card), self->studio != NULL && cs_keys_card_is_wanted (self->studio));
  show_recent (self);
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
  g_type_ensure (CS_TYPE_KEYS_CARD);
  G_OBJECT_CLASS (klass)->dispose = cs_idle_view_dispose;
  widget_class->map = cs_idle_view_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-idle-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, title);
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, words);
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, fan);
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, keys_card);
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, recent);
  gtk_widget_class_bind_template_child (widget_class, CsIdleView, recent_box);
  gtk_widget_class_bind_template_callback (widget_class, show_words);
}

static void
cs_idle_view_init (CsIdleView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  cs_keys_card_set_studio (self->keys_card, studio);
  g_signal_connect_object (cs_engine_get_library (cs_studio_get_engine (studio)), "changed", G_CALLBACK (read_recent), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (studio, "prices-changed", G_CALLBACK (show_words), self, G_CONNECT_SWAPPED);
  show_words (self);
  read_recent (self);
}

/** cs_idle_view_set_short: @is_short: there is room for the words alone. */
void
cs_idle_view_set_short (CsIdleView *self, gboolean is_short)
{
  self->is_short = is_short;
  show_recent (self);
}
