/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of the book in words. Main thread. */
#include "config.h"
#include "ui/wallet/cs-move-row.h"

#include <string.h>

#define DAY (24 * G_TIME_SPAN_HOUR)

struct _CsMoveRow
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *details;
  GtkLabel *drift;
  GtkLabel *amount;

  CsStudio *studio; /* borrowed: the window has it, which has the row */
};

G_DEFINE_FINAL_TYPE (CsMoveRow, cs_move_row, GTK_TYPE_BOX)

/* Words */

static const char *
get_title (const CsMove *move)
{
  if (move->kind == CS_MOVE_CREDIT)
    return _ ("Credit added");
  return *move->title != '\0' ? move->title : _ ("Something that is not in the list any more");
}

/* The time today, the day this week, else the date. */
static char *
describe_time (gint64 at)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (cs_clock_now () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) midnight = NULL;
  GTimeSpan ago;

  if (then == NULL)
    return g_strdup ("");
  midnight = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);
  ago = g_date_time_difference (midnight, then);
  if (ago <= 0)
    return g_date_time_format (then, "%H:%M");
  if (ago <= DAY)
    return g_strdup (_ ("yesterday"));
  return g_date_time_format (then, ago <= 6 * DAY ? "%A" : "%x");
}

static const char *
get_provider_name (CsStudio *studio, const char *id)
{
  CsProvider *provider = cs_provider_registry_get_provider (cs_engine_get_registry (cs_studio_get_engine (studio)), id);

  return provider != NULL ? cs_provider_get_name (provider) : id;
}

static char *
describe_release (CsStudio *studio, const CsMove *move)
{
  const char *name = get_provider_name (studio, move->provider);

  if (g_str_equal (move->status, "refused"))
    /* translators: of money that was set aside and is free again; a provider */
    return g_strdup_printf (_ ("released, refused by %s"), name);
  if (g_str_equal (move->status, "failed"))
    /* translators: of money that was set aside and is free again; a provider */
    return g_strdup_printf (_ ("released, failed at %s"), name);
  return g_strdup (g_str_equal (move->status, "cancelled") ? _ ("released, cancelled") : _ ("released, never sent"));
}

static char *
describe_spent (CsStudio *studio, const CsMove *move)
{
  CsPriceList *prices = cs_engine_get_prices (cs_studio_get_engine (studio));

  if (move->is_unknown)
    return g_strdup (_ ("may have been billed"));
  if (move->amount == 0 && cs_price_list_is_free_credit (prices, move->model))
    return g_strdup (_ ("free credit"));
  if (move->is_words)
    /* translators: a provider */
    return g_strdup_printf (_ ("words by %s"), get_provider_name (studio, move->provider));
  return g_strdup (move->amount == 0 ? _ ("free") : _ ("captured"));
}

static char *
describe_how (CsStudio *studio, const CsMove *move)
{
  switch (move->kind)
    {
    case CS_MOVE_HELD:
      return g_strdup (move->is_unknown ? _ ("on hold, may have been billed") : _ ("on hold"));
    case CS_MOVE_RELEASED:
      return describe_release (studio, move);
    case CS_MOVE_CREDIT:
      /* translators: the name of a wallet key */
      return g_strdup_printf (_ ("key %s"), move->key);
    case CS_MOVE_SPENT:
    default:
      return describe_spent (studio, move);
    }
}

/* Whether it cost something else than was said. */
static gboolean
has_drift (const CsMove *move)
{
  return move->kind == CS_MOVE_SPENT && !move->is_words && !move->is_unknown && move->estimated >= 0 && move->estimated != move->amount;
}

static char *
describe_estimate (const CsMove *move)
{
  g_autofree char *estimate = cs_money_to_amount (MAX (move->estimated, 0));

  if (has_drift (move))
    /* translators: an amount of money that was said before, and was not what it cost */
    return g_strdup_printf (_ ("estimate was about %s"), estimate);
  if (move->kind != CS_MOVE_SPENT || move->estimated <= 0 || move->is_words)
    return NULL;
  /* translators: an amount of money that was said before */
  return g_strdup_printf (_ ("estimate %s"), estimate);
}

static char *
describe_details (CsStudio *studio, const CsMove *move)
{
  g_autofree char *time = describe_time (move->at);
  g_autofree char *how = describe_how (studio, move);
  g_autofree char *estimate = has_drift (move) ? NULL : describe_estimate (move);

  if (move->kind != CS_MOVE_CREDIT && move->key != NULL)
    return g_strjoin (" · ", time, how, move->key, estimate, NULL);
  return g_strjoin (" · ", time, how, estimate, NULL);
}

/* With its sign; what is free again has none. */
static char *
describe_amount (const CsMove *move)
{
  g_autofree char *amount = cs_money_to_amount (move->kind == CS_MOVE_RELEASED ? 0 : move->amount);

  if (move->kind == CS_MOVE_CREDIT)
    /* translators: an amount of money that was added */
    return g_strdup_printf (_ ("+%s"), amount);
  if (move->kind == CS_MOVE_RELEASED || move->amount == 0)
    return g_steal_pointer (&amount);
  /* translators: an amount of money that was spent, behind a minus sign */
  return g_strdup_printf (_ ("−%s"), amount);
}

/** cs_move_row_describe: Returns: (transfer full): the line to be read aloud. */
char *
cs_move_row_describe (CsStudio *studio, const CsMove *move)
{
  g_autofree char *details = describe_details (studio, move);
  g_autofree char *estimate = has_drift (move) ? describe_estimate (move) : NULL;
  g_autofree char *amount = describe_amount (move);

  return g_strjoin (", ", get_title (move), amount, details, estimate, NULL);
}

/* The widget */

static void
cs_move_row_class_init (CsMoveRowClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "moverow");
}

static GtkWidget *
add_line (CsMoveRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_box_append (GTK_BOX (self), line);
  return line;
}

/* @css_class: (nullable) */
static GtkLabel *
add_label (GtkWidget *line, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (line), label);
  return GTK_LABEL (label);
}

static void
cs_move_row_init (CsMoveRow *self)
{
  GtkWidget *first = add_line (self);
  GtkWidget *second = add_line (self);

  self->title = add_label (first, NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  self->amount = add_label (first, "numeric");
  gtk_label_set_ellipsize (self->amount, PANGO_ELLIPSIZE_NONE);
  self->details = add_label (second, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->details), "dim-label");
  self->drift = add_label (second, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->drift), "warning");
}

/** cs_move_row_new: Returns: (transfer floating): a row that shows nothing yet. */
GtkWidget *
cs_move_row_new (CsStudio *studio)
{
  CsMoveRow *self = g_object_new (CS_TYPE_MOVE_ROW, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 2, NULL);

  self->studio = studio;
  return GTK_WIDGET (self);
}

static void
set_class (GtkLabel *label, const char *css_class, gboolean is_on)
{
  if (is_on)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), css_class);
}

/** cs_move_row_show: @move: what the row is about from now on; read here alone. */
void
cs_move_row_show (CsMoveRow *self, const CsMove *move)
{
  g_autofree char *details = describe_details (self->studio, move);
  g_autofree char *estimate = has_drift (move) ? describe_estimate (move) : NULL;
  g_autofree char *drift = estimate != NULL ? g_strconcat ("· ", estimate, NULL) : g_strdup ("");
  g_autofree char *amount = describe_amount (move);

  gtk_label_set_text (self->title, get_title (move));
  gtk_label_set_text (self->details, details);
  gtk_label_set_text (self->drift, drift);
  gtk_label_set_text (self->amount, amount);
  set_class (self->amount, "success", move->kind == CS_MOVE_CREDIT);
  set_class (self->amount, "dim-label", move->kind == CS_MOVE_HELD || move->kind == CS_MOVE_RELEASED);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), get_title (move));
}
