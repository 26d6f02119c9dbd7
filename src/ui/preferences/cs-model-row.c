/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One model among those that are tried in turn. It moves by buttons, by Alt+Up and Alt+Down, and by dragging. Main thread. */
#include "config.h"
#include "ui/preferences/cs-model-row.h"

#include "ui/preferences/cs-model-order.h"

struct _CsModelRow
{
  AdwActionRow parent_instance;

  /* Template widgets */
  GtkWidget *handle;
  GtkLabel *price;
  GtkButton *key_button;
  GtkWidget *move_box;
  GtkWidget *up_button;
  GtkWidget *down_button;
  GtkSwitch *automatic_switch;

  /* Borrowed: libadwaita 1.2 keeps the rows of a preferences window after it is closed */
  CsStudio *studio; /* (nullable) */
  const CsModel *model; /* of the studio's registry */

  /* Owned */
  char *before; /* (nullable) ids of the neighbours */
  char *behind;
};

static guint moved_signal;

G_DEFINE_FINAL_TYPE (CsModelRow, cs_model_row, ADW_TYPE_ACTION_ROW)

static CsProviderRegistry *
get_registry (CsModelRow *self)
{
  return cs_engine_get_registry (cs_studio_get_engine (self->studio));
}

/** cs_model_row_is_last_resort: Returns: whether it is made by this program itself: it always can be, and comes last. */
gboolean
cs_model_row_is_last_resort (CsModelRow *self)
{
  CsProvider *provider = cs_provider_registry_get_provider (get_registry (self), self->model->provider);

  return provider != NULL && cs_provider_is_local (provider) && !CS_IS_TEXT_PROVIDER (provider);
}

const CsModel *
cs_model_row_get_model (CsModelRow *self)
{
  return self->model;
}

/* Moving */

static void
move_up (CsModelRow *self)
{
  if (self->before != NULL)
    g_signal_emit (self, moved_signal, 0, self->model->id, self->before, FALSE);
}

static void
move_down (CsModelRow *self)
{
  if (self->behind != NULL)
    g_signal_emit (self, moved_signal, 0, self->model->id, self->behind, TRUE);
}

static void
up_cb (CsModelRow *self)
{
  move_up (self);
}

static void
down_cb (CsModelRow *self)
{
  move_down (self);
}

static void
up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_up (CS_MODEL_ROW (widget));
}

static void
down_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_down (CS_MODEL_ROW (widget));
}

static GdkContentProvider *
prepare_cb (CsModelRow *self, double x, double y)
{
  return self->studio != NULL ? gdk_content_provider_new_typed (G_TYPE_STRING, self->model->id) : NULL;
}

static void
drag_begin_cb (CsModelRow *self, GdkDrag *drag, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

/* Only one of its own kind has a place here. */
static gboolean
drop_cb (CsModelRow *self, const GValue *value, double x, double y)
{
  const char *id = g_value_get_string (value);
  const CsModel *model = self->studio != NULL && id != NULL ? cs_provider_registry_get_model (get_registry (self), id) : NULL;

  if (model == NULL || model == self->model || model->kind != self->model->kind)
    return FALSE;
  g_signal_emit (self, moved_signal, 0, id, self->model->id, y > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
  return TRUE;
}

static void
add_dragging (CsModelRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* Showing */

/* The key that it works with. Returns: FALSE when it needs none. */
static gboolean
find_key (CsModelRow *self, CsKeyName *key)
{
  for (int i = 0; i < CS_N_KEYS; i++)
    if (g_str_equal (cs_key_name_get_provider (i), self->model->provider))
      {
        *key = i;
        return TRUE;
      }
  return FALSE;
}

/* Returns: FALSE when a key is no cure. */
static gboolean
show_cure (CsModelRow *self)
{
  CsProvider *provider = cs_provider_registry_get_provider (get_registry (self), self->model->provider);
  g_autofree char *words = NULL;
  CsKeyName key;

  if (!find_key (self, &key) || cs_keys_get (cs_engine_get_keys (cs_studio_get_engine (self->studio)), key, NULL) != NULL)
    return FALSE;
  /* translators: a provider */
  words = g_strdup_printf (_ ("Needs a key of %s"), cs_provider_get_name (provider));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->key_button), "preferences.show-key");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->key_button), "s", cs_key_name_to_string (key));
  return TRUE;
}

static void
show_price (CsModelRow *self)
{
  g_autoptr (CsBrief) brief = cs_brief_new (self->model->kind);
  CsPriceList *prices = cs_engine_get_prices (cs_studio_get_engine (self->studio));
  g_autofree char *price = NULL;
  CsMoney cost;

  gtk_widget_set_visible (GTK_WIDGET (self->price), cs_job_chain_quote (prices, self->model, brief, &cost));
  if (!gtk_widget_get_visible (GTK_WIDGET (self->price)))
    return;
  price = cost == 0 && cs_price_list_is_free_credit (prices, self->model->id) ? g_strdup (_ ("Free credit")) : cs_money_to_display (cost);
  gtk_label_set_text (self->price, price);
}

/** cs_model_row_update: Shows the model as it stands now. */
void
cs_model_row_update (CsModelRow *self)
{
  gboolean is_last = cs_model_row_is_last_resort (self);
  gboolean is_automatic = cs_provider_registry_is_automatic (get_registry (self), self->model);
  g_autofree char *why_not = NULL;
  gboolean needs_key;
  gboolean is_usable = cs_provider_registry_is_usable (get_registry (self), self->model, &why_not);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), self->model->name);
  show_price (self);
  gtk_widget_set_visible (self->move_box, !is_last);
  gtk_widget_set_visible (self->handle, !is_last);
  gtk_widget_set_visible (GTK_WIDGET (self->automatic_switch), !is_last);
  gtk_switch_set_active (self->automatic_switch, is_automatic);
  needs_key = !is_usable && show_cure (self);
  gtk_widget_set_visible (GTK_WIDGET (self->key_button), needs_key);
  if (!is_usable && !needs_key)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), why_not != NULL ? why_not : _ ("It cannot be used now."));
  else if (is_usable && is_last)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _ ("Made on this computer, where no other can be asked"));
  else if (is_usable && !is_automatic)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _ ("Only when you choose it by name"));
  else if (is_usable)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), "");
}

static void
automatic_cb (CsModelRow *self)
{
  gboolean is_wanted = gtk_switch_get_active (self->automatic_switch);

  if (self->studio != NULL && is_wanted != cs_provider_registry_is_automatic (get_registry (self), self->model))
    cs_model_order_set_automatic (self->studio, self->model->id, is_wanted);
}

static void
cs_model_row_dispose (GObject *object)
{
  g_clear_weak_pointer (&CS_MODEL_ROW (object)->studio);

  G_OBJECT_CLASS (cs_model_row_parent_class)->dispose (object);
}

static void
cs_model_row_finalize (GObject *object)
{
  CsModelRow *self = CS_MODEL_ROW (object);

  g_free (self->before);
  g_free (self->behind);

  G_OBJECT_CLASS (cs_model_row_parent_class)->finalize (object);
}

static void
cs_model_row_class_init (CsModelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_model_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = cs_model_row_finalize;
  moved_signal = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                               G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-model-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsModelRow, handle);
  gtk_widget_class_bind_template_child (widget_class, CsModelRow, price);
  gtk_widget_class_bind_template_child (widget_class, CsModelRow, key_button);
  gtk_widget_class_bind_template_child (widget_class, CsModelRow, move_box);
  gtk_widget_class_bind_template_child (widget_class, CsModelRow, up_button);
  gtk_widget_class_bind_template_child (widget_class, CsModelRow, down_button);
  gtk_widget_class_bind_template_child (widget_class, CsModelRow, automatic_switch);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
  gtk_widget_class_install_action (widget_class, "model.up", NULL, up_action);
  gtk_widget_class_install_action (widget_class, "model.down", NULL, down_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "model.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "model.down", NULL);
}

static void
cs_model_row_init (CsModelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Rows look alike: their controls say whose they are. */
static void
name_controls (CsModelRow *self)
{
  const struct { GtkWidget *widget; const char *words; } controls[] = {
    /* translators: a model */
    { self->up_button, _ ("Try %s earlier") },
    /* translators: a model */
    { self->down_button, _ ("Try %s later") },
    /* translators: a model */
    { GTK_WIDGET (self->automatic_switch), _ ("Use %s by itself") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_autofree char *name = g_strdup_printf (controls[i].words, self->model->name);
#pragma GCC diagnostic pop

      gtk_accessible_update_property (GTK_ACCESSIBLE (controls[i].widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

/** cs_model_row_new: Returns: (transfer floating): the row of @model, as it stands now. */
GtkWidget *
cs_model_row_new (CsStudio *studio, const CsModel *model)
{
  CsModelRow *self = g_object_new (CS_TYPE_MODEL_ROW, NULL);

  g_set_weak_pointer (&self->studio, studio);
  self->model = model;
  cs_model_row_update (self);
  name_controls (self);
  if (!cs_model_row_is_last_resort (self))
    add_dragging (self);
  g_signal_connect_object (self->automatic_switch, "notify::active", G_CALLBACK (automatic_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/** cs_model_row_set_neighbours: Whom it can change places with. */
void
cs_model_row_set_neighbours (CsModelRow *self, const char *before, const char *behind)
{
  g_free (self->before);
  g_free (self->behind);
  self->before = g_strdup (before);
  self->behind = g_strdup (behind);
  gtk_widget_set_sensitive (self->up_button, before != NULL);
  gtk_widget_set_sensitive (self->down_button, behind != NULL);
}
