/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By whom it is made. The choices are made anew whenever they are opened, from the engine's own lists. Main thread. */
#include "config.h"
#include "ui/composer/cs-provider-row.h"

#include "ui/widgets/cs-creation-words.h"

#define WIDTH 440  /* of the popover */
#define MARGIN 12  /* that stays beside it, at least */

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

/* Words */

/* "PiAPI · Wan 2.2"; what is drawn here has one name. */
static char *
make_name (CsProviderRow *self, const CsModel *model)
{
  CsProvider *provider = cs_provider_registry_get_provider (get_registry (self), model->provider);
  const char *name = provider != NULL ? cs_provider_get_name (provider) : model->provider;
  g_autofree char *words = g_str_equal (name, model->short_name) || g_str_has_prefix (model->short_name, name)
                               ? g_strdup (model->short_name)
                               : g_strdup_printf ("%s · %s", name, model->short_name);

  return cs_isolate (words);
}

/* "5 s", "5 or 10 s", "5 to 10 s" */
static char *
make_lengths (const CsModel *model)
{
  int n_lengths = 0;

  for (int i = model->min_duration; i <= model->max_duration; i++)
    n_lengths += model->durations == 0 || (model->durations & (1u << i)) != 0;
  if (n_lengths <= 1)
    return g_strdup_printf (_ ("%d s"), model->min_duration);
  if (n_lengths == 2)
    /* translators: two lengths in seconds, as "5 or 10 s" */
    return g_strdup_printf (_ ("%1$d or %2$d s"), model->min_duration, model->max_duration);
  /* translators: lengths in seconds, as "5 to 10 s" */
  return g_strdup_printf (_ ("%1$d to %2$d s"), model->min_duration, model->max_duration);
}

/* What is worth to be known of @model when one chooses. */
static char *
make_facts (const CsModel *model, CsProvider *provider)
{
  g_autofree char *lengths = NULL;

  if (cs_provider_is_local (provider) && model->kind != CS_KIND_DECK)
    return g_strdup (_ ("Drawn on this computer, without AI"));
  if (model->kind == CS_KIND_DECK)
    return g_strdup (cs_provider_is_local (provider) ? _ ("Written on this computer") : "");
  if (model->kind == CS_KIND_IMAGE)
    return g_strdup (model->takes_image ? _ ("Can begin from a reference image") : "");
  lengths = make_lengths (model);
  return g_strdup_printf ("%s · %s", lengths, model->sound != CS_SOUND_NEVER ? _ ("sound") : _ ("no sound"));
}

/* What stands in the way */

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

static gboolean
lacks_key (CsProviderRow *self, const CsModel *model, CsKeyName *key)
{
  return find_key (model->provider, key) && cs_keys_get (cs_engine_get_keys (cs_studio_get_engine (self->studio)), *key, NULL) == NULL;
}

/* Until when @provider asked for a pause, as its waiting jobs know; 0: it did not. */
static gint64
find_pause (CsProviderRow *self, const char *provider)
{
  GListModel *jobs = cs_studio_get_jobs (self->studio);
  gint64 until = 0;

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (CsJob) job = g_list_model_get_item (jobs, i);
      const CsJobFacts *facts = cs_job_get_facts (job);

      if (facts->waiting == CS_WAITING_RATE_LIMITED && g_strcmp0 (facts->provider, provider) == 0)
        until = MAX (until, facts->not_before);
    }
  return until > cs_clock_now () ? until : 0;
}

static char *
make_pause (gint64 until)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (until / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (then, "%H:%M");

  /* translators: a provider asked for fewer requests; a time of the day */
  return g_strdup_printf (_ ("Paused until %s: it asks for fewer requests"), time);
}

/* Returns: (transfer full) (nullable): what stands in the way of @model; NULL: nothing. */
static char *
explain (CsProviderRow *self, const CsModel *model, CsProvider *provider)
{
  CsKeyName key;
  char *why_not = NULL;

  if (lacks_key (self, model, &key))
    /* translators: a provider */
    return g_strdup_printf (_ ("Needs a %s key"), cs_provider_get_name (provider));
  if (!cs_provider_registry_is_usable (get_registry (self), model, &why_not))
    return why_not != NULL ? why_not : g_strdup (_ ("It cannot be used now."));
  if (self->brief->image != NULL && !model->takes_image && model->kind != CS_KIND_DECK)
    return g_strdup (_ ("Takes no reference image"));
  if (self->brief->sound == CS_WISH_YES && model->kind == CS_KIND_VIDEO && model->sound == CS_SOUND_NEVER)
    return g_strdup (_ ("Makes no sound"));
  return NULL;
}

/* Rows */

/* @id: (nullable): the model that this row stands for; NULL: automatic. */
static AdwActionRow *
make_row (CsProviderRow *self, const char *id, const char *title, const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->choices, 0);
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  if (first != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), g_object_get_data (G_OBJECT (first), "check"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_strcmp0 (id, self->model) == 0);
  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_can_focus (check, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (row, check);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data_full (G_OBJECT (row), "model", g_strdup (id), g_free);
  gtk_list_box_append (self->choices, GTK_WIDGET (row));
  return row;
}

static void
add_price (CsProviderRow *self, AdwActionRow *row, const CsModel *model, gboolean is_first)
{
  g_autofree char *price = NULL;
  CsMoney cost;
  GtkWidget *label;

  if (!cs_job_chain_quote_payer (cs_engine_get_prices (cs_studio_get_engine (self->studio)), model, self->brief, &cost))
    return;
  price = cs_money_to_display (cost);
  label = gtk_label_new (price);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, is_first ? "heading" : "dim-label");
  adw_action_row_add_suffix (row, label);
}

/* The cure stands in the row. */
static void
add_key_button (AdwActionRow *row, CsKeyName key, const char *title)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Add Key"));
  /* translators: read aloud; a provider and a model */
  g_autofree char *words = g_strdup_printf (_ ("Add the key for %s"), title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.add-key");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", cs_key_name_to_string (key));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  adw_action_row_add_suffix (row, button);
}

static void
turn_off (CsProviderRow *self, AdwActionRow *row, const CsModel *model, const char *name)
{
  CsKeyName key;

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (row), "off");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_DISABLED, TRUE, -1);
  if (lacks_key (self, model, &key))
    add_key_button (row, key, name);
}

static void
add_model (CsProviderRow *self, const CsModel *model)
{
  CsProvider *provider = cs_provider_registry_get_provider (get_registry (self), model->provider);
  gint64 pause = find_pause (self, model->provider);
  g_autofree char *name = make_name (self, model);
  g_autofree char *why_not = NULL;
  g_autofree char *facts = NULL;
  AdwActionRow *row;

  if (provider == NULL)
    return;
  why_not = explain (self, model, provider);
  facts = pause > 0 ? make_pause (pause) : make_facts (model, provider);
  row = make_row (self, model->id, name, why_not != NULL ? why_not : facts);
  if (why_not != NULL)
    turn_off (self, row, model, name);
  else
    add_price (self, row, model, FALSE);
}

static void
fill (CsProviderRow *self)
{
  GPtrArray *models = cs_provider_registry_get_models (get_registry (self));
  g_autoptr (CsBrief) automatic = cs_brief_copy (self->brief);
  g_autoptr (GPtrArray) chain = NULL;
  GtkListBoxRow *old;
  AdwActionRow *row;

  while ((old = gtk_list_box_get_row_at_index (self->choices, 0)) != NULL)
    gtk_list_box_remove (self->choices, GTK_WIDGET (old));
  g_clear_pointer (&automatic->model, g_free);
  chain = cs_job_chain_new (get_registry (self), cs_engine_get_prices (cs_studio_get_engine (self->studio)), automatic, NULL);
  row = make_row (self, NULL, _ ("Automatic"), _ ("Tries the ones you have in this order, and says so"));
  if (chain != NULL)
    add_price (self, row, chain->pdata[0], TRUE);
  for (guint i = 0; i < models->len; i++)
    {
      const CsModel *model = models->pdata[i];

      if (model->kind == self->brief->kind && !model->retired)
        add_model (self, model);
    }
}

/* The keyboard begins at what is chosen. */
static void
focus_choice (CsProviderRow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->choices, i)) != NULL; i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "model"), self->model) == 0)
      {
        gtk_widget_grab_focus (GTK_WIDGET (row));
        return;
      }
}

/* Beside the row where there is room for it, else below. */
static void
place (CsProviderRow *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  int room = gtk_widget_get_width (GTK_WIDGET (native));
  gboolean is_wide = room > gtk_widget_get_width (GTK_WIDGET (self)) + WIDTH;

  gtk_popover_set_position (self->popover, is_wide ? GTK_POS_RIGHT : GTK_POS_BOTTOM);
  gtk_widget_set_size_request (GTK_WIDGET (self->popover), MIN (WIDTH, MAX (room - 2 * MARGIN, 0)), -1);
}

static void
activated_cb (CsProviderRow *self)
{
  if (self->studio == NULL || self->brief == NULL)
    return;
  fill (self);
  place (self);
  gtk_popover_popup (self->popover);
  focus_choice (self);
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

/** cs_provider_row_add_key: Goes to where the key goes that @model needs. */
void
cs_provider_row_add_key (CsProviderRow *self, const CsModel *model)
{
  CsKeyName key;

  if (find_key (model->provider, &key))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.add-key", "s", cs_key_name_to_string (key));
}

/** cs_provider_row_show: @model: (nullable): who would make @brief now; NULL: nobody. */
void
cs_provider_row_show (CsProviderRow *self, const CsBrief *brief, const CsModel *model)
{
  CsProvider *provider = model != NULL ? cs_provider_registry_get_provider (get_registry (self), model->provider) : NULL;
  g_autofree char *name = model != NULL ? make_name (self, model) : NULL;
  g_autofree char *words = NULL;

  g_clear_pointer (&self->brief, cs_brief_free);
  self->brief = cs_brief_copy (brief);
  if (model == NULL)
    words = g_strdup (_ ("None that can be used"));
  else if (provider != NULL && cs_provider_is_local (provider))
    /* translators: a model, as "Sketch" */
    words = g_strdup_printf (_ ("%s — on this computer"), name);
  else if (self->model == NULL)
    /* translators: a provider and a model */
    words = g_strdup_printf (_ ("Automatic — %s"), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words != NULL ? words : name);
}
