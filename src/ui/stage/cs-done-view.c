/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finished videos or pictures: one fills the room, several stand side by side and one of them is chosen. Main thread. */
#include "config.h"
#include "ui/stage/cs-done-view-private.h"

#include "ui/widgets/cs-say.h"
#include "ui/widgets/cs-thumbnail.h"

#define MAX_PICTURES 4

enum
{
  SIGNAL_AGAIN,
  SIGNAL_GONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsDoneView, cs_done_view, ADW_TYPE_BIN)

CsCreation *
_cs_done_view_get_selected (CsDoneView *self)
{
  return self->creations != NULL && self->selected < self->creations->len ? self->creations->pdata[self->selected] : NULL;
}

void
_cs_done_view_emit_again (CsDoneView *self, const CsBrief *brief)
{
  g_signal_emit (self, signals[SIGNAL_AGAIN], 0, brief, self->creations->len);
}

void
_cs_done_view_emit_gone (CsDoneView *self)
{
  g_signal_emit (self, signals[SIGNAL_GONE], 0);
}

/* Facts */

static void
append (GString *text, const char *fact)
{
  if (fact == NULL || *fact == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, fact);
}

static const char *
get_engine_name (CsDoneView *self, const CsCreationFacts *facts)
{
  const CsModel *model
      = cs_provider_registry_get_model (cs_engine_get_registry (cs_studio_get_engine (self->studio)), facts->model);

  return model != NULL ? model->name : facts->model;
}

static void
append_video (GString *text, const CsCreationFacts *facts)
{
  /* translators: a length in seconds */
  g_autofree char *length = g_strdup_printf (_ ("%.1f s"), facts->duration);

  if (facts->kind != CS_KIND_VIDEO)
    return;
  append (text, length);
  append (text, facts->has_sound ? _ ("with sound") : _ ("no sound"));
}

static void
show_facts (CsDoneView *self)
{
  const CsCreationFacts *facts = cs_creation_get_facts (_cs_done_view_get_selected (self));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *size = g_strdup_printf ("%d × %d", facts->width, facts->height);
  g_autofree char *bytes = g_format_size ((guint64) facts->size);
  g_autofree char *price = cs_money_to_display (facts->cost);

  append (text, size);
  append_video (text, facts);
  append (text, bytes);
  append (text, get_engine_name (self, facts));
  append (text, price);
  gtk_label_set_text (self->facts_label, text->str);
  gtk_label_set_text (self->title, facts->original_prompt);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), facts->prompt);
  gtk_widget_set_visible (GTK_WIDGET (self->reference_button), facts->kind == CS_KIND_IMAGE);
  self->is_showing = TRUE;
  gtk_toggle_button_set_active (self->star, facts->favourite);
  gtk_button_set_icon_name (GTK_BUTTON (self->star), facts->favourite ? "starred-symbolic" : "non-starred-symbolic");
  self->is_showing = FALSE;
}

/* The price of another one like these. */
static void
show_again (CsDoneView *self)
{
  CsEngine *engine = cs_studio_get_engine (self->studio);
  g_autoptr (GPtrArray) chain = NULL;
  g_autofree char *price = NULL;
  g_autofree char *label = NULL;
  CsMoney cost = 0;

  if (self->brief != NULL)
    chain = cs_job_chain_new (cs_engine_get_registry (engine), cs_engine_get_prices (engine), self->brief, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "done.again", chain != NULL);
  if (chain != NULL)
    {
      cs_job_chain_quote (cs_engine_get_prices (engine), chain->pdata[0], self->brief, &cost);
      if (self->brief->screenwriter)
        cost += MIN (cs_screenwriter_quote (cs_engine_get_screenwriter (engine), self->brief), CS_TEXT_MAX_COST);
      self->brief->max_cost = cs_studio_get_most (self->studio, cost);
    }
  price = cs_money_to_display (cost * MAX (self->creations->len, 1));
  /* translators: on a button: make another one like this; an amount of money */
  label = g_strdup_printf (_ ("Again · %s"), price);
  adw_button_content_set_label (self->again_content, chain != NULL ? label : _ ("Again"));
}

static void
favourite_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDoneView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_favourite_finish (CS_LIBRARY (source), result, &error);
  CsCreation *selected = _cs_done_view_get_selected (self);

  if (creation == NULL)
    {
      cs_say (GTK_WIDGET (self), error->message);
      return;
    }
  if (selected == NULL || !g_str_equal (cs_creation_get_id (selected), cs_creation_get_id (creation)))
    return;
  g_object_unref (selected);
  self->creations->pdata[self->selected] = g_steal_pointer (&creation);
  show_facts (self);
}

static void
star_cb (CsDoneView *self)
{
  CsCreation *creation = _cs_done_view_get_selected (self);

  if (self->is_showing || creation == NULL)
    return;
  cs_library_favourite_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), cs_creation_get_id (creation),
                              gtk_toggle_button_get_active (self->star), NULL, favourite_cb, g_object_ref (self));
}

/* Pictures */

static void
select_cb (CsDoneView *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->selected = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "position"));
  show_facts (self);
}

static void
clear_pictures (CsDoneView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pictures))) != NULL)
    gtk_grid_remove (self->pictures, child);
}

static GtkWidget *
make_picture (CsDoneView *self, guint i)
{
  CsCreation *creation = self->creations->pdata[i];
  g_autofree char *path = cs_library_dup_file_path (cs_engine_get_library (cs_studio_get_engine (self->studio)), creation);
  /* translators: read aloud; a title */
  g_autofree char *words = g_strdup_printf (_ ("Picture: %s"), cs_creation_get_facts (creation)->title);
  GtkWidget *picture = cs_thumbnail_new ();
  GtkWidget *button = gtk_toggle_button_new ();

  cs_thumbnail_set_path (CS_THUMBNAIL (picture), path);
  gtk_widget_add_css_class (picture, "large");
  gtk_button_set_child (GTK_BUTTON (button), picture);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "picture-button");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_vexpand (button, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data (G_OBJECT (button), "position", GUINT_TO_POINTER (i));
  return button;
}

static void
show_pictures (CsDoneView *self)
{
  GtkToggleButton *first = NULL;

  for (guint i = 0; i < MIN (self->creations->len, MAX_PICTURES); i++)
    {
      GtkWidget *button = make_picture (self, i);

      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (button);
      gtk_grid_attach (self->pictures, button, (int) i % 2, (int) i / 2, 1, 1);
      g_signal_connect_object (button, "toggled", G_CALLBACK (select_cb), self, G_CONNECT_SWAPPED);
    }
  if (first != NULL)
    gtk_toggle_button_set_active (first, TRUE);
}

static void
show_video (CsDoneView *self)
{
  CsEngine *engine = cs_studio_get_engine (self->studio);
  CsCreation *creation = self->creations->pdata[0];
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  g_autofree char *path = cs_library_dup_file_path (cs_engine_get_library (engine), creation);
  g_autofree char *poster = NULL;

  if (facts->thumbnail != NULL)
    poster = g_build_filename (cs_paths_get_thumbnails (cs_engine_get_paths (engine)), facts->thumbnail, NULL);
  cs_player_view_set_file (self->player, path, poster);
}

static void
cs_done_view_dispose (GObject *object)
{
  CsDoneView *self = CS_DONE_VIEW (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->creations, g_ptr_array_unref);
  g_clear_pointer (&self->brief, cs_brief_free);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_done_view_parent_class)->dispose (object);
}

static void
cs_done_view_class_init (CsDoneViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_PLAYER_VIEW);
  G_OBJECT_CLASS (klass)->dispose = cs_done_view_dispose;
  signals[SIGNAL_AGAIN] = g_signal_new ("again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                        G_TYPE_POINTER, G_TYPE_UINT);
  signals[SIGNAL_GONE] = g_signal_new ("gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-done-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, title);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, star);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, places);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, player);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, pictures);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, facts_label);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, reference_button);
  gtk_widget_class_bind_template_child (widget_class, CsDoneView, again_content);
  gtk_widget_class_bind_template_callback (widget_class, star_cb);
  _cs_done_view_install_actions (widget_class);
}

static void
cs_done_view_init (CsDoneView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_done_view_new (void)
{
  return g_object_new (CS_TYPE_DONE_VIEW, NULL);
}

/**
 * cs_done_view_show:
 * @creations: (element-type CsCreation): at least one; videos are shown one at a time
 * @brief: (nullable): what they were asked for with; NULL: it is not known, and there is no "Again"
 */
void
cs_done_view_show (CsDoneView *self, CsStudio *studio, GPtrArray *creations, const CsBrief *brief)
{
  gboolean is_video;

  g_return_if_fail (creations->len > 0);

  g_set_object (&self->studio, studio);
  g_clear_pointer (&self->creations, g_ptr_array_unref);
  g_clear_pointer (&self->brief, cs_brief_free);
  self->creations = g_ptr_array_ref (creations);
  self->brief = brief != NULL ? cs_brief_copy (brief) : NULL;
  self->selected = 0;
  is_video = cs_creation_get_facts (creations->pdata[0])->kind == CS_KIND_VIDEO;
  clear_pictures (self);
  if (is_video)
    show_video (self);
  else
    {
      cs_player_view_set_file (self->player, NULL, NULL);
      show_pictures (self);
    }
  gtk_stack_set_visible_child_name (self->places, is_video ? "video" : "pictures");
  show_facts (self);
  show_again (self);
}
