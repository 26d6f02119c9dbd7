/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The caps as rows to write amounts into; an empty one is no cap. To raise one is asked about, since money can be spent by it.
 * Read and written on the store's own thread. Main thread.
 */
#include "config.h"
#include "ui/preferences/cs-budget-group.h"

#include "ui/widgets/cs-amount-row.h"

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

  CsAmountRow *rows[N_CAPS]; /* of the group */

  /* Borrowed: libadwaita 1.2 keeps the rows of a preferences window after it is closed */
  CsStudio *studio; /* (nullable) */

  CsBudget budget; /* as it was read last */
};

G_DEFINE_FINAL_TYPE (CsBudgetGroup, cs_budget_group, ADW_TYPE_PREFERENCES_GROUP)

static CsMoney *
get_cap (CsBudget *budget, Cap cap)
{
  CsMoney *const caps[N_CAPS] = { &budget->job_cap, &budget->day_cap, &budget->month_cap, &budget->api_cap };

  return caps[cap];
}

/* What counts against the cap already; below 0: nothing can. */
static CsMoney
get_spent (const CsBudget *budget, Cap cap)
{
  const CsMoney spent[N_CAPS] = { -1, budget->day_spent, budget->month_spent, budget->api_spent };

  return spent[cap];
}

static char *
make_title (const CsBudget *budget, Cap cap)
{
  CsMoney spent = get_spent (budget, cap);
  g_autofree char *amount = cs_money_to_amount (MAX (spent, 0));

  switch (cap)
    {
    case CAP_DAY:
      /* translators: an amount of money */
      return g_strdup_printf (_ ("A day at most · %s spent or on hold today"), amount);
    case CAP_MONTH:
      /* translators: an amount of money */
      return g_strdup_printf (_ ("A month at most · %s spent or on hold this month"), amount);
    case CAP_API:
      /* translators: an amount of money */
      return g_strdup_printf (_ ("A day at most, by other programs · %s today"), amount);
    case CAP_JOB:
    case N_CAPS:
    default:
      return g_strdup (_ ("Each creation at most"));
    }
}

static void
describe (CsBudgetGroup *self, const char *words)
{
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), words);
}

static void
show (CsBudgetGroup *self)
{
  for (int i = 0; i < N_CAPS; i++)
    {
      g_autofree char *title = make_title (&self->budget, i);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), title);
      cs_amount_row_set (self->rows[i], *get_cap (&self->budget, i));
    }
  describe (self, _ ("In US dollars. Nothing is sent that would go over. Leave empty for no cap."));
}

static void
take (CsBudgetGroup *self, CsBudget *budget, const GError *error)
{
  if (budget == NULL)
    {
      describe (self, error->message);
      return;
    }
  self->budget = *budget;
  g_free (budget);
  for (int i = 0; i < N_CAPS; i++)
    gtk_widget_set_sensitive (GTK_WIDGET (self->rows[i]), TRUE);
  show (self);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsBudgetGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  CsBudget *budget = cs_wallet_get_budget_finish (CS_WALLET (source), result, &error);

  take (self, budget, error);
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsBudgetGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  CsBudget *budget = cs_wallet_set_budget_finish (CS_WALLET (source), result, &error);

  take (self, budget, error);
  if (self->studio != NULL)
    g_signal_emit_by_name (self->studio, "prices-changed");
}

static void
set (CsBudgetGroup *self, Cap cap, CsMoney amount)
{
  CsBudget caps = { .job_cap = CS_BUDGET_KEEP, .day_cap = CS_BUDGET_KEEP, .month_cap = CS_BUDGET_KEEP, .api_cap = CS_BUDGET_KEEP };

  *get_cap (&caps, cap) = amount;
  cs_wallet_set_budget_async (cs_engine_get_wallet (cs_studio_get_engine (self->studio)), &caps, NULL, set_cb, g_object_ref (self));
}

/* Asking */

/* One raise that is being asked about. */
typedef struct
{
  CsBudgetGroup *self; /* owned */
  Cap cap;
  CsMoney amount;
} Raise;

static void
raise_free (gpointer data, GClosure *closure)
{
  Raise *raise = data;

  g_object_unref (raise->self);
  g_free (raise);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Raise *raise = user_data;

  if (raise->self->studio == NULL)
    return;
  if (g_str_equal (response, "raise"))
    set (raise->self, raise->cap, raise->amount);
  else
    show (raise->self);
}

static char *
make_question (CsMoney before, CsMoney amount, CsMoney spent)
{
  g_autofree char *before_text = cs_money_to_amount (before);
  g_autofree char *amount_text = cs_money_to_amount (MAX (amount, 0));
  g_autofree char *spent_text = cs_money_to_amount (MAX (spent, 0));

  if (amount < 0)
    /* translators: an amount of money */
    return g_strdup_printf (_ ("It is %s now. Without a cap nothing stops what is sent but the price on each button."), before_text);
  if (spent < 0)
    /* translators: amounts of money */
    return g_strdup_printf (_ ("It is %1$s now. From then on one creation may cost %2$s."), before_text, amount_text);
  /* translators: amounts of money */
  return g_strdup_printf (_ ("It is %1$s now, and %2$s is spent or on hold. From then on it may be %3$s."), before_text, spent_text,
                          amount_text);
}

static void
ask (CsBudgetGroup *self, Cap cap, CsMoney amount)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  CsMoney before = *get_cap (&self->budget, cap);
  g_autofree char *question = make_question (before, amount, get_spent (&self->budget, cap));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              amount < 0 ? _ ("Take this cap away?") : _ ("Raise this cap?"), question);
  Raise *raise = g_new0 (Raise, 1);

  raise->self = g_object_ref (self);
  raise->cap = cap;
  raise->amount = amount;
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "raise",
                                    amount < 0 ? _ ("_Take Away") : _ ("_Raise"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "raise", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), raise, raise_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static Cap
find_cap (CsBudgetGroup *self, CsAmountRow *row)
{
  int cap = 0;

  while (cap < CAP_API && self->rows[cap] != row)
    cap++;
  return (Cap) cap;
}

/* No cap at all is more than any; of other programs the usual one takes its place. */
static gboolean
is_raise (Cap cap, CsMoney before, CsMoney amount)
{
  if (cap == CAP_API && amount < 0)
    amount = CS_BUDGET_API_CAP;
  return before >= 0 && (amount < 0 || amount > before);
}

static void
amount_cb (CsBudgetGroup *self, gint64 amount, CsAmountRow *row)
{
  Cap cap = find_cap (self, row);
  CsMoney before;

  if (self->studio == NULL)
    return;
  before = *get_cap (&self->budget, cap);
  if (is_raise (cap, before, amount))
    ask (self, cap, amount);
  else
    set (self, cap, amount);
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
  for (int i = 0; i < N_CAPS; i++)
    {
      g_autofree char *title = make_title (&self->budget, i);

      self->rows[i] = CS_AMOUNT_ROW (cs_amount_row_new (title));
      gtk_widget_set_sensitive (GTK_WIDGET (self->rows[i]), FALSE); /* until it is known what a raise would be */
      g_signal_connect_object (self->rows[i], "amount", G_CALLBACK (amount_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->rows[i], "invalid", G_CALLBACK (describe), self, G_CONNECT_SWAPPED);
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
