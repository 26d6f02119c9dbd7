/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The caps as rows to write amounts into; an empty one is no cap. Read and written on the store's own thread. Main thread. */
#include "config.h"
#include "ui/preferences/cs-budget-group.h"


/* The rows. */
typedef enum
{
  CAP_JOB,
  CAP_DAY,
  CAP_MONTH,
  CAP_API,
  N_CAPS
} Cap;

struct _CsBudgetGroup
{
  AdwPreferencesGroup parent_instance;

  AdwEntryRow *rows[N_CAPS]; /* of the group */

  /* Borrowed: libadwaita 1.2 keeps the rows of a preferences window after it is closed */
  CsStudio *studio; /* (nullable) */

  CsBudget budget;  /* as it was read last */
};

G_DEFINE_FINAL_TYPE (CsBudgetGroup, cs_budget_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *const titles[N_CAPS] = {
  [CAP_JOB] = N_ ("Each creation at most, in US dollars"),
  [CAP_DAY] = N_ ("A day at most"),
  [CAP_MONTH] = N_ ("A month at most"),
  [CAP_API] = N_ ("A day at most, by other programs"),
};

static CsMoney *
get_cap (CsBudget *budget, Cap cap)
{
  CsMoney *const caps[N_CAPS] = { &budget->job_cap, &budget->day_cap, &budget->month_cap, &budget->api_cap };

  return caps[cap];
}

static void
show (CsBudgetGroup *self)
{
  for (int i = 0; i < N_CAPS; i++)
    {
      CsMoney cap = *get_cap (&self->budget, i);
      g_autofree char *text = cap >= 0 ? cs_money_to_decimal (cap) : g_strdup ("");

      gtk_editable_set_text (GTK_EDITABLE (self->rows[i]), text);
      gtk_widget_remove_css_class (GTK_WIDGET (self->rows[i]), "error");
    }
}

static void
take (CsBudgetGroup *self, CsBudget *budget)
{
  self->budget = *budget;
  g_free (budget);
  show (self);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsBudgetGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  CsBudget *budget = cs_wallet_get_budget_finish (CS_WALLET (source), result, &error);

  if (budget != NULL)
    take (self, budget);
  else
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), error->message);
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsBudgetGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  CsBudget *budget = cs_wallet_set_budget_finish (CS_WALLET (source), result, &error);

  if (budget != NULL)
    take (self, budget);
  else
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), error->message);
}

static void
apply_cb (CsBudgetGroup *self, AdwEntryRow *row)
{
  CsBudget caps = { .job_cap = CS_BUDGET_KEEP, .day_cap = CS_BUDGET_KEEP, .month_cap = CS_BUDGET_KEEP, .api_cap = CS_BUDGET_KEEP };
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autoptr (GError) error = NULL;
  CsMoney amount = -1;
  int cap = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "cap"));

  if (*text != '\0' && (!cs_money_parse (text, &amount, &error) || amount < 0))
    {
      gtk_widget_add_css_class (GTK_WIDGET (row), "error");
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                             error != NULL ? error->message : _ ("An amount cannot be below 0."));
      return;
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _ ("Nothing is sent that would go over. Leave empty for no cap."));
  *get_cap (&caps, cap) = amount;
  cs_wallet_set_budget_async (cs_engine_get_wallet (cs_studio_get_engine (self->studio)), &caps, NULL, set_cb, g_object_ref (self));
}

static void
cs_budget_group_dispose (GObject *object)
{
  g_clear_weak_pointer (&CS_BUDGET_GROUP (object)->studio);

  G_OBJECT_CLASS (cs_budget_group_parent_class)->dispose (object);
}

static void
cs_budget_group_class_init (CsBudgetGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cs_budget_group_dispose;
}

static void
cs_budget_group_init (CsBudgetGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Budget"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _ ("Nothing is sent that would go over. Leave empty for no cap."));
  for (int i = 0; i < N_CAPS; i++)
    {
      self->rows[i] = ADW_ENTRY_ROW (adw_entry_row_new ());
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), _ (titles[i]));
      adw_entry_row_set_show_apply_button (self->rows[i], TRUE);
      adw_entry_row_set_input_purpose (self->rows[i], GTK_INPUT_PURPOSE_NUMBER);
      g_object_set_data (G_OBJECT (self->rows[i]), "cap", GINT_TO_POINTER (i));
      g_signal_connect_object (self->rows[i], "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->rows[i]));
    }
}

/** cs_budget_group_set_studio: Reads the caps. */
void
cs_budget_group_set_studio (CsBudgetGroup *self, CsStudio *studio)
{
  g_set_weak_pointer (&self->studio, studio);
  cs_wallet_get_budget_async (cs_engine_get_wallet (cs_studio_get_engine (studio)), NULL, get_cb, g_object_ref (self));
}
