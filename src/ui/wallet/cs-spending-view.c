/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was spent, summed up by the engine for the weeks of this calendar. Main thread. */
#include "config.h"
#include "ui/wallet/cs-spending-view.h"

#include "ui/wallet/cs-bar-chart.h"

#define DAYS_PER_WEEK 7
#define CAPTION_EVERY 3 /* bars: there is no room for all */

struct _CsSpendingView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *average;
  CsBarChart *chart;
  GtkGrid *table;

  /* Owned */
  CsStudio *studio; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CsSpendingView, cs_spending_view, ADW_TYPE_BIN)

/* Weeks */

/* Midnight of the Monday of this week, and of those before: @n weeks on, which may be below 0. */
static GDateTime *
get_monday (int n)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (cs_clock_now () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) day = g_date_time_add_days (now, (n * DAYS_PER_WEEK) + 1 - g_date_time_get_day_of_week (now));

  return g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day), 0, 0, 0);
}

static char *
format_day (GDateTime *day)
{
  /* translators: a day without its year, as g_date_time_format() has it: 7 Sep */
  return g_date_time_format (day, _ ("%-d %b"));
}

static char *
describe_week (int i, CsMoney amount)
{
  g_autoptr (GDateTime) first = get_monday (i + 1 - CS_BAR_CHART_BARS);
  g_autoptr (GDateTime) last = g_date_time_add_days (first, DAYS_PER_WEEK - 1);
  g_autofree char *from = format_day (first);
  g_autofree char *to = format_day (last);
  g_autofree char *money = cs_money_to_amount (amount);

  /* translators: 1 and 2: days, 3: an amount of money */
  return g_strdup_printf (_ ("%1$s to %2$s, %3$s"), from, to, money);
}

static char *
make_caption (int i)
{
  g_autoptr (GDateTime) first = NULL;

  if (i + 1 == CS_BAR_CHART_BARS)
    return g_strdup (_ ("this week"));
  if (i % CAPTION_EVERY != 0)
    return NULL;
  first = get_monday (i + 1 - CS_BAR_CHART_BARS);
  return format_day (first);
}

static void
show_weeks (CsSpendingView *self, const CsSpending *spending)
{
  CsBar bars[CS_BAR_CHART_BARS];
  char *texts[CS_BAR_CHART_BARS * 2] = { NULL };
  g_autofree char *average = NULL;
  g_autofree char *words = NULL;
  CsMoney total = 0;

  for (int i = 0; i < CS_BAR_CHART_BARS; i++)
    {
      total += spending->spans[i];
      bars[i].amount = spending->spans[i];
      bars[i].words = texts[2 * i] = describe_week (i, spending->spans[i]);
      bars[i].caption = texts[2 * i + 1] = make_caption (i);
    }
  cs_bar_chart_set (self->chart, bars);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  average = cs_money_to_amount (total / CS_BAR_CHART_BARS / (CS_MONEY_UNIT / 100) * (CS_MONEY_UNIT / 100));
  /* translators: an amount of money */
  words = g_strdup_printf (_ ("%s a week on average"), average);
  gtk_label_set_text (self->average, total > 0 ? words : _ ("Nothing spent yet"));
}

/* Providers */

static void
add_cell (CsSpendingView *self, int column, int row, const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "ellipsize", PANGO_ELLIPSIZE_END, "accessible-role",
                                   row == 0 ? GTK_ACCESSIBLE_ROLE_COLUMN_HEADER : GTK_ACCESSIBLE_ROLE_CELL, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column == 1 ? 0 : 1);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  if (column > 1)
    gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_hexpand (label, column == 1);
  gtk_grid_attach (self->table, label, column, row, 1, 1);
}

static void
add_header (CsSpendingView *self)
{
  const char *const titles[] = { _ ("Provider, this month"), _ ("Creations"), _ ("Per keeper"), _ ("Spent") };
  GtkWidget *filler = adw_bin_new ();

  gtk_widget_add_css_class (filler, "table-head");
  gtk_grid_attach (self->table, filler, 0, 0, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      add_cell (self, (int) i + 1, 0, titles[i], "dim-label");
      gtk_widget_add_css_class (gtk_grid_get_child_at (self->table, (int) i + 1, 0), "caption");
    }
}

static void
add_avatar (CsSpendingView *self, int row, const char *provider, const char *name)
{
  GtkWidget *avatar = g_object_new (ADW_TYPE_AVATAR, "size", 24, "text", name, "show-initials", TRUE, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_CENTER, "margin-start", 14, "margin-end", 12, NULL);

  gtk_widget_add_css_class (avatar, provider);
  gtk_grid_attach (self->table, avatar, 0, row, 1, 1);
}

/* What one favourite came to; without one there is no answer. */
static char *
describe_keeper (const CsProviderSpending *spending)
{
  CsMoney each = spending->keepers > 0 ? spending->spent / spending->keepers : 0;

  if (spending->keepers == 0 || spending->spent == 0)
    return g_strdup ("–");
  if (each >= CS_MONEY_UNIT / 100) /* whole cents are near enough */
    each = each / (CS_MONEY_UNIT / 100) * (CS_MONEY_UNIT / 100);
  return cs_money_to_amount (each);
}

static void
add_provider (CsSpendingView *self, int row, const CsProviderSpending *spending)
{
  CsProvider *provider
      = cs_provider_registry_get_provider (cs_engine_get_registry (cs_studio_get_engine (self->studio)), spending->provider);
  const char *name = provider != NULL ? cs_provider_get_name (provider) : spending->provider;
  g_autofree char *creations = g_strdup_printf ("%'d", (int) spending->creations);
  g_autofree char *keeper = describe_keeper (spending);
  g_autofree char *spent = cs_money_to_display (spending->spent);

  gtk_grid_attach (self->table, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, 2 * row - 1, 5, 1);
  add_avatar (self, 2 * row, spending->provider, name);
  add_cell (self, 1, 2 * row, name, NULL);
  add_cell (self, 2, 2 * row, creations, "dim-label");
  add_cell (self, 3, 2 * row, keeper, "dim-label");
  add_cell (self, 4, 2 * row, spent, "heading");
}

static void
show_providers (CsSpendingView *self, const CsSpending *spending)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_grid_remove (self->table, child);
  gtk_widget_set_visible (GTK_WIDGET (self->table), spending->providers->len > 0);
  add_header (self);
  for (guint i = 0; i < spending->providers->len; i++)
    add_provider (self, (int) i + 1, spending->providers->pdata[i]);
}

/* Reading */

static void
spending_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsSpendingView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsSpending) spending = cs_wallet_spending_finish (CS_WALLET (source), result, &error);

  if (self->studio == NULL)
    return;
  if (spending == NULL)
    {
      gtk_label_set_text (self->average, error->message);
      return;
    }
  show_weeks (self, spending);
  show_providers (self, spending);
}

static gint64
get_microseconds (GDateTime *time)
{
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/** cs_spending_view_reload: Reads the sums anew. */
void
cs_spending_view_reload (CsSpendingView *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (cs_clock_now () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) month = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), 1, 0, 0, 0);
  CsSpendingQuery query = { .since = get_microseconds (month) };

  if (self->studio == NULL)
    return;
  for (int i = 0; i <= CS_SPENDING_SPANS; i++)
    {
      g_autoptr (GDateTime) monday = get_monday (i + 1 - CS_SPENDING_SPANS);

      query.bounds[i] = get_microseconds (monday);
    }
  cs_wallet_spending_async (cs_engine_get_wallet (cs_studio_get_engine (self->studio)), &query, NULL, spending_cb, g_object_ref (self));
}

static void
cs_spending_view_dispose (GObject *object)
{
  g_clear_object (&CS_SPENDING_VIEW (object)->studio);

  G_OBJECT_CLASS (cs_spending_view_parent_class)->dispose (object);
}

static void
cs_spending_view_class_init (CsSpendingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_BAR_CHART);
  G_STATIC_ASSERT (CS_SPENDING_SPANS == CS_BAR_CHART_BARS);
  G_OBJECT_CLASS (klass)->dispose = cs_spending_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-spending-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsSpendingView, average);
  gtk_widget_class_bind_template_child (widget_class, CsSpendingView, chart);
  gtk_widget_class_bind_template_child (widget_class, CsSpendingView, table);
}

static void
cs_spending_view_init (CsSpendingView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_spending_view_set_studio: Reads the sums. */
void
cs_spending_view_set_studio (CsSpendingView *self, CsStudio *studio)
{
  g_set_object (&self->studio, studio);
  cs_spending_view_reload (self);
}
