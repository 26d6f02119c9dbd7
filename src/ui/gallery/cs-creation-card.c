/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A creation with its picture. Main thread. */
#include "config.h"
#include "ui/gallery/cs-creation-card.h"

#include "ui/gallery/cs-deck-cover.h"
#include "ui/gallery/cs-film-preview.h"
#include "ui/widgets/cs-creation-words.h"
#include "ui/widgets/cs-thumbnail.h"

struct _CsCreationCard
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkOverlay *overlay;
  GtkWidget *thumbnail;

  /* Children over the thumbnail, made when they are needed first */
  CsDeckCover *cover;     /* (nullable) */
  CsFilmPreview *preview; /* (nullable) */

  /* Owned */
  CsCreation *creation; /* (nullable) until it is read */
  CsStudio *studio;     /* (nullable) */
};

enum
{
  PROP_0,
  PROP_CREATION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CsCreationCard, cs_creation_card, ADW_TYPE_BIN)

/* What the template shows of a creation */

static char *
make_path_cb (CsCreationCard *self, CsCreation *creation)
{
  if (creation == NULL || self->studio == NULL || cs_creation_get_facts (creation)->thumbnail == NULL)
    return NULL;
  return cs_creation_dup_path (cs_creation_get_facts (creation), CS_CREATION_THUMBNAIL,
                               cs_engine_get_paths (cs_studio_get_engine (self->studio)));
}

static char *
make_title_cb (CsCreationCard *self, CsCreation *creation)
{
  return g_strdup (creation != NULL ? cs_creation_get_facts (creation)->title : "");
}

static char *
make_caption_cb (CsCreationCard *self, CsCreation *creation)
{
  const CsCreationFacts *facts = creation != NULL ? cs_creation_get_facts (creation) : NULL;
  g_autofree char *provider = NULL;
  g_autofree char *date = NULL;

  if (facts == NULL || self->studio == NULL)
    return g_strdup ("");
  provider = cs_provider_make_name (self->studio, facts->provider);
  date = cs_date_make_words (facts->created_at);
  return g_strdup_printf ("%s · %s", provider, date);
}

/* What the user brought himself had no price. */
static char *
make_price_cb (CsCreationCard *self, CsCreation *creation)
{
  const CsCreationFacts *facts = creation != NULL ? cs_creation_get_facts (creation) : NULL;

  if (facts == NULL || (facts->cost == 0 && g_str_equal (facts->provider, CS_LIBRARY_IMPORT_PROVIDER)))
    return g_strdup ("");
  return cs_money_to_display (facts->cost);
}

static char *
make_icon_cb (CsCreationCard *self, CsCreation *creation)
{
  return g_strdup (creation != NULL ? cs_creation_get_icon (cs_creation_get_facts (creation)) : "");
}

static char *
make_length_cb (CsCreationCard *self, CsCreation *creation)
{
  return creation != NULL ? cs_creation_make_length (cs_creation_get_facts (creation)) : g_strdup ("");
}

static gboolean
has_text_cb (gpointer self, const char *text)
{
  return text != NULL && text[0] != '\0';
}

static gboolean
is_there_cb (CsCreationCard *self, CsCreation *creation)
{
  return creation != NULL;
}

static gboolean
is_favourite_cb (CsCreationCard *self, CsCreation *creation)
{
  return creation != NULL && cs_creation_get_facts (creation)->favourite;
}

static gboolean
is_missing_cb (CsCreationCard *self, CsCreation *creation)
{
  return creation != NULL && cs_creation_get_facts (creation)->missing;
}

/* Under all that lies on the picture. */
static void
add_child (CsCreationCard *self, GtkWidget *child)
{
  gtk_widget_add_css_class (child, "thumb");
  gtk_widget_add_css_class (child, "large");
  gtk_overlay_add_overlay (self->overlay, child);
  gtk_widget_insert_after (child, GTK_WIDGET (self->overlay), self->thumbnail);
}

static void
show_cover (CsCreationCard *self)
{
  gboolean is_wanted = self->studio != NULL && cs_deck_cover_is_for (self->creation);

  if (self->cover == NULL && is_wanted)
    {
      self->cover = CS_DECK_COVER (cs_deck_cover_new ());
      add_child (self, GTK_WIDGET (self->cover));
    }
  if (self->cover == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->cover), is_wanted);
  cs_deck_cover_set_creation (self->cover, is_wanted ? self->creation : NULL, self->studio);
}

static void
cs_creation_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CREATION)
    g_value_set_object (value, CS_CREATION_CARD (object)->creation);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_creation_card_dispose (GObject *object)
{
  CsCreationCard *self = CS_CREATION_CARD (object);

  g_clear_object (&self->creation);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_creation_card_parent_class)->dispose (object);
}

static void
cs_creation_card_class_init (CsCreationCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_CREATION);
  g_type_ensure (CS_TYPE_THUMBNAIL);
  object_class->get_property = cs_creation_card_get_property;
  object_class->dispose = cs_creation_card_dispose;
  properties[PROP_CREATION] = g_param_spec_object ("creation", NULL, NULL, CS_TYPE_CREATION,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-creation-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CsCreationCard, overlay);
  gtk_widget_class_bind_template_child (widget_class, CsCreationCard, thumbnail);
  gtk_widget_class_bind_template_callback (widget_class, make_path_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_title_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_caption_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_price_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_length_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_there_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_favourite_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_missing_cb);
}

static void
cs_creation_card_init (CsCreationCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_creation_card_new: Returns: (transfer floating): a card of nothing yet. */
GtkWidget *
cs_creation_card_new (void)
{
  return g_object_new (CS_TYPE_CREATION_CARD, NULL);
}

/** cs_creation_card_set_creation: @creation: (nullable): NULL while it is being read. @studio: (nullable): with it, the same. */
void
cs_creation_card_set_creation (CsCreationCard *self, CsCreation *creation, CsStudio *studio)
{
  g_return_if_fail (CS_IS_CREATION_CARD (self));

  g_set_object (&self->studio, studio);
  if (!g_set_object (&self->creation, creation))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CREATION]);
  show_cover (self);
  if (creation == NULL)
    cs_creation_card_set_playing (self, FALSE);
}

/** cs_creation_card_set_playing: @playing: whether a film plays through in its place; nothing else does. */
void
cs_creation_card_set_playing (CsCreationCard *self, gboolean playing)
{
  const CsCreationFacts *facts = self->creation != NULL ? cs_creation_get_facts (self->creation) : NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (CS_IS_CREATION_CARD (self));

  if (playing && facts != NULL && facts->kind == CS_KIND_VIDEO && !facts->missing && self->studio != NULL)
    path = cs_library_dup_file_path (cs_engine_get_library (cs_studio_get_engine (self->studio)), self->creation);
  if (self->preview == NULL && path == NULL)
    return;
  if (self->preview == NULL)
    {
      self->preview = CS_FILM_PREVIEW (cs_film_preview_new ());
      add_child (self, GTK_WIDGET (self->preview));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->preview), path != NULL);
  cs_film_preview_play (self->preview, path);
}

/** cs_creation_card_get_creation: Returns: (transfer none) (nullable): what it shows. */
CsCreation *
cs_creation_card_get_creation (CsCreationCard *self)
{
  return self->creation;
}
