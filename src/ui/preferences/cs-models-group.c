/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who makes one kind of thing, one after the other. Main thread. */
#include "config.h"
#include "ui/preferences/cs-models-group.h"

#include "ui/preferences/cs-model-order.h"
#include "ui/preferences/cs-model-row.h"

struct _CsModelsGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *reset_button;
  GPtrArray *rows; /* (element-type CsModelRow) of the group */

  /* Borrowed: libadwaita 1.2 keeps the rows of a preferences window after it is closed */
  CsStudio *studio; /* (nullable) */

  /* Owned */
  CsKind kind;
  guint source; /* that will show what changed; 0: none */
};

G_DEFINE_FINAL_TYPE (CsModelsGroup, cs_models_group, ADW_TYPE_PREFERENCES_GROUP)

static void
moved_cb (CsModelsGroup *self, const char *id, const char *other, gboolean behind)
{
  cs_model_order_move (self->studio, id, other, behind);
}

static void
reset_cb (CsModelsGroup *self)
{
  cs_model_order_reset (self->studio);
}

static gboolean
is_made_here (CsModelsGroup *self, const CsModel *model)
{
  CsProvider *provider
      = cs_provider_registry_get_provider (cs_engine_get_registry (cs_studio_get_engine (self->studio)), model->provider);

  return provider != NULL && cs_provider_is_local (provider) && !CS_IS_TEXT_PROVIDER (provider);
}

/* (element-type CsModel): as they are tried: those of this program itself come last, wherever they stand. */
static GPtrArray *
list_models (CsModelsGroup *self)
{
  GPtrArray *models = cs_provider_registry_get_models (cs_engine_get_registry (cs_studio_get_engine (self->studio)));
  GPtrArray *list = g_ptr_array_new ();

  for (int is_last = 0; is_last < 2; is_last++)
    for (guint i = 0; i < models->len; i++)
      {
        CsModel *model = models->pdata[i];

        if (model->kind == self->kind && !model->retired && is_made_here (self, model) == is_last)
          g_ptr_array_add (list, model);
      }
  return list;
}

static gboolean
are_shown (CsModelsGroup *self, GPtrArray *models)
{
  if (models->len != self->rows->len)
    return FALSE;
  for (guint i = 0; i < models->len; i++)
    if (cs_model_row_get_model (self->rows->pdata[i]) != models->pdata[i])
      return FALSE;
  return TRUE;
}

/* (nullable): the id of the row at @n, if there is one that can be moved. */
static const char *
get_id (CsModelsGroup *self, guint n)
{
  if (n >= self->rows->len || cs_model_row_is_last_resort (self->rows->pdata[n]))
    return NULL;
  return cs_model_row_get_model (self->rows->pdata[n])->id;
}

/* (transfer full) (nullable): the model whose row has the focus. */
static char *
remove_rows (CsModelsGroup *self)
{
  char *focused = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (gtk_widget_get_state_flags (self->rows->pdata[i]) & GTK_STATE_FLAG_FOCUS_WITHIN)
        cs_set_string (&focused, cs_model_row_get_model (self->rows->pdata[i])->id);
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
    }
  g_ptr_array_set_size (self->rows, 0);
  return focused;
}

static void
make_rows (CsModelsGroup *self, GPtrArray *models)
{
  g_autofree char *focused = remove_rows (self);

  for (guint i = 0; i < models->len; i++)
    {
      GtkWidget *row = cs_model_row_new (self->studio, models->pdata[i]);

      g_signal_connect_object (row, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      if (g_strcmp0 (focused, ((const CsModel *) models->pdata[i])->id) == 0)
        gtk_widget_grab_focus (row);
    }
  for (guint i = 0; i < self->rows->len; i++)
    cs_model_row_set_neighbours (self->rows->pdata[i], i > 0 ? get_id (self, i - 1) : NULL, get_id (self, i + 1));
}

/* Rows are made anew only for another order. */
static void
show (CsModelsGroup *self)
{
  g_autoptr (GPtrArray) models = list_models (self);

  if (!are_shown (self, models))
    make_rows (self, models);
  else
    for (guint i = 0; i < self->rows->len; i++)
      cs_model_row_update (self->rows->pdata[i]);
  gtk_widget_set_visible (self->reset_button, cs_model_order_is_own (self->studio));
}

static gboolean
show_cb (gpointer user_data)
{
  CsModelsGroup *self = user_data;

  self->source = 0;
  if (self->studio != NULL)
    show (self);
  return G_SOURCE_REMOVE;
}

/* Later: it may be a row of ours that is being handled. */
static void
queue_show (CsModelsGroup *self)
{
  if (self->source == 0)
    self->source = g_idle_add (show_cb, self);
}

static void
cs_models_group_dispose (GObject *object)
{
  CsModelsGroup *self = CS_MODELS_GROUP (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_weak_pointer (&self->studio);

  G_OBJECT_CLASS (cs_models_group_parent_class)->dispose (object);
}

static void
cs_models_group_finalize (GObject *object)
{
  g_ptr_array_unref (CS_MODELS_GROUP (object)->rows);

  G_OBJECT_CLASS (cs_models_group_parent_class)->finalize (object);
}

static void
cs_models_group_class_init (CsModelsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_models_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_models_group_finalize;
}

static void
cs_models_group_init (CsModelsGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->reset_button = gtk_button_new_with_mnemonic (_ ("As _Shipped"));
  gtk_widget_set_tooltip_text (self->reset_button, _ ("Puts All Models Back into the Order They Came In"));
  gtk_widget_set_valign (self->reset_button, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->reset_button, "flat");
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->reset_button);
  g_signal_connect_object (self->reset_button, "clicked", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
}

static const char *
get_title (CsKind kind)
{
  return kind == CS_KIND_VIDEO ? _ ("Videos") : kind == CS_KIND_IMAGE ? _ ("Pictures") : _ ("Presentations and prompts");
}

static const char *
get_description (CsKind kind)
{
  if (kind == CS_KIND_DECK)
    return _ ("Who writes slides, and rewrites your ideas for the other models, in the order in which they are asked.");
  return _ ("In the order in which they are tried. The first that makes what you ask for is taken.");
}

/** cs_models_group_new: Returns: (transfer floating): the models of @kind. */
GtkWidget *
cs_models_group_new (CsStudio *studio, CsKind kind)
{
  CsModelsGroup *self = g_object_new (CS_TYPE_MODELS_GROUP, NULL);

  g_set_weak_pointer (&self->studio, studio);
  self->kind = kind;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), get_title (kind));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), get_description (kind));
  g_signal_connect_object (studio, "prices-changed", G_CALLBACK (queue_show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
