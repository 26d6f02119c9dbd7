/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By whom it is made. The choices are made anew whenever they are opened, from the engine's own lists. Main thread. */
#include "config.h"
#include "ui/composer/cs-provider-row.h"

struct _CsProviderRow
{
  AdwActionRow parent_instance;

  /* Template widgets */
  GtkPopover *popover;
  GtkListBox *choices;

  /* Owned */
  CsStudio *studio; /* (nullable) */
  CsBrief *brief;   /* (nullable) what was last shown */
  char *model;      /* (nullable): automatic */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CsProviderRow, cs_provider_row, ADW_TYPE_ACTION_ROW)

static CsProviderRegistry *
get_registry (CsProviderRow *self)
{
  return cs_engine_get_registry (cs_studio_get_engine (self->studio));
}

/* Rows */

/* @id: (nullable): the model that this row stands for; NULL: automatic. */
static AdwActionRow *
make_row (CsProviderRow *self, const char *id, const char *title, const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_can_focus (check, FALSE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_strcmp0 (id, self->model) == 0);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (gtk_check_button_new ())); /* drawn round */
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (row, check);
  g_object_set_data_full (G_OBJECT (row), "model", g_strdup (id), g_free);
  return row;
}

static void
add_price (CsProviderRow *self, AdwActionRow *row, const CsModel *model)
{
  g_autofree char *price = NULL;
  CsMoney cost;
  GtkWidget *label;

  if (!cs_job_chain_quote (cs_engine_get_prices (cs_studio_get_engine (self->studio)), model, self->brief, &cost))
    return;
  price = cs_money_to_display (cost);
  label = gtk_label_new (price);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (row, label);
}

/* The cure stands in the row. */
static void
add_key_button (AdwActionRow *row, CsKeyName key)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Add Key"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.add-key");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", cs_key_name_to_string (key));
  adw_action_row_add_suffix (row, button);
}

/* What stands in the way of @model, other than what the brief asks of it; NULL: nothing. */
static char *
explain (CsProviderRow *self, const CsModel *model)
{
  char *why_not = NULL;

  if (!cs_provider_registry_is_usable (get_registry (self), model, &why_not))
    return why_not != NULL ? why_not : g_strdup (_ ("It cannot be used now."));
  if (self->brief->image != NULL && !model->takes_image)
    return g_strdup (_ ("Takes no reference image"));
  return NULL;
}

/* The key that @provider works with. Returns: FALSE when it needs none. */
static gboolean
find_key (const char *provider, CsKeyName *key)
{
  for (int i = 0; i < CS_N_KEYS; i++)
    if (g_str_equal (cs_key_name_get_provider (i), provider))
      {
        *key = i;
        return TRUE;
      }
  return FALSE;
}

static void
add_model (CsProviderRow *self, const CsModel *model)
{
  CsProvider *provider = cs_provider_registry_get_provider (get_registry (self), model->provider);
  g_autofree char *why_not = NULL;
  AdwActionRow *row;
  CsKeyName key;

  if (provider == NULL)
    return;
  why_not = explain (self, model);
  row = make_row (self, model->id, model->name, why_not != NULL ? why_not : cs_provider_get_name (provider));
  add_price (self, row, model);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), why_not == NULL);
  if (why_not != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "dim-label");
  if (why_not != NULL && find_key (model->provider, &key)
      && cs_keys_get (cs_engine_get_keys (cs_studio_get_engine (self->studio)), key, NULL) == NULL)
    add_key_button (row, key);
  gtk_list_box_append (self->choices, GTK_WIDGET (row));
}

static void
fill (CsProviderRow *self)
{
  GPtrArray *models = cs_provider_registry_get_models (get_registry (self));
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (self->choices, 0)) != NULL)
    gtk_list_box_remove (self->choices, GTK_WIDGET (old));
  gtk_list_box_append (self->choices, GTK_WIDGET (make_row (self, NULL, _ ("Automatic"),
                                                            _ ("Tries the ones you have in this order, and says so"))));
  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];

      if (model->kind == self->brief->kind && !model->retired)
        add_model (self, model);
    }
}

static void
activated_cb (CsProviderRow *self)
{
  if (self->studio == NULL || self->brief == NULL)
    return;
  fill (self);
  gtk_popover_popup (self->popover);
}

static void
choice_cb (CsProviderRow *self, GtkListBoxRow *row)
{
  gtk_popover_popdown (self->popover);
  cs_provider_row_set_model (self, g_object_get_data (G_OBJECT (row), "model"));
  g_signal_emit (self, changed_signal, 0);
}

static void
cs_provider_row_dispose (GObject *object)
{
  CsProviderRow *self = CS_PROVIDER_ROW (object);

  g_clear_object (&self->studio);
  g_clear_pointer (&self->brief, cs_brief_free);
  g_clear_pointer (&self->model, g_free);

  G_OBJECT_CLASS (cs_provider_row_parent_class)->dispose (object);
}

static void
cs_provider_row_class_init (CsProviderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_provider_row_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-provider-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsProviderRow, popover);
  gtk_widget_class_bind_template_child (widget_class, CsProviderRow, choices);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
}

static void
cs_provider_row_init (CsProviderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
cs_provider_row_set_studio (CsProviderRow *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
}

/** cs_provider_row_get_model: Returns: (transfer none) (nullable): the model that was chosen; NULL: automatic. */
const char *
cs_provider_row_get_model (CsProviderRow *self)
{
  return self->model;
}

void
cs_provider_row_set_model (CsProviderRow *self, const char *model)
{
  char *copy = g_strdup (model);

  g_free (self->model);
  self->model = copy;
}

/** cs_provider_row_show: @model: (nullable): who would make @brief now; NULL: nobody. */
void
cs_provider_row_show (CsProviderRow *self, const CsBrief *brief, const CsModel *model)
{
  g_autofree char *words = NULL;

  g_clear_pointer (&self->brief, cs_brief_free);
  self->brief = cs_brief_copy (brief);
  if (model == NULL)
    words = g_strdup (_ ("None that can be used"));
  else if (self->model == NULL)
    /* translators: a model */
    words = g_strdup_printf (_ ("Automatic — %s"), model->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words != NULL ? words : model->name);
}
