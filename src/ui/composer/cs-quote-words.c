/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A price in words: on the button, read aloud, and in the line below it. Pure. Main thread. */
#include "config.h"
#include "ui/composer/cs-quote.h"

#include <math.h>

#define SHORT_TIME 90 /* seconds: what takes longer is said in minutes */

static char *
make_over_label (CsCap cap, const char *price)
{
  switch (cap)
    {
    case CS_CAP_DAY:
      /* translators: on a button that is off; an amount of money */
      return g_strdup_printf (_ ("Over Today’s Cap · %s"), price);
    case CS_CAP_MONTH:
      /* translators: on a button that is off; an amount of money */
      return g_strdup_printf (_ ("Over This Month’s Cap · %s"), price);
    case CS_CAP_JOB:
    case CS_CAP_NONE:
    default:
      /* translators: on a button that is off; an amount of money */
      return g_strdup_printf (_ ("Over the Cap · %s"), price);
    }
}

static char *
make_good_label (CsKind kind, guint count, const char *price)
{
  if (kind == CS_KIND_IMAGE && count > 1)
    /* translators: on a button; 1: how many pictures, 2: an amount of money */
    return g_strdup_printf (_ ("Generate %1$u · %2$s"), count, price);
  /* translators: on a button; an amount of money */
  return g_strdup_printf (_ ("Generate · %s"), price);
}

/** cs_quote_make_label: Returns: (transfer full): what stands on the button. */
char *
cs_quote_make_label (const CsQuote *self, CsKind kind, guint count)
{
  g_autofree char *price = cs_money_to_display (self->total);

  switch (self->state)
    {
    case CS_QUOTE_UNUSABLE:
      return g_strdup (_ ("Generate"));
    case CS_QUOTE_OVER_BUDGET:
      return make_over_label (self->cap, price);
    case CS_QUOTE_NO_CREDIT:
      /* translators: on a button that is off; an amount of money */
      return g_strdup_printf (_ ("Not Enough Credit · %s"), price);
    case CS_QUOTE_QUEUED:
      /* translators: on a button: it is made later, when there is a network again; an amount of money */
      return g_strdup_printf (_ ("Queue · %s"), price);
    case CS_QUOTE_GOOD:
    default:
      return make_good_label (kind, count, price);
    }
}

/** cs_quote_make_spoken: Returns: (transfer full): what is read aloud for the button: no sign that a voice stumbles over. */
char *
cs_quote_make_spoken (const CsQuote *self, CsKind kind, guint count)
{
  const CsMoney cent = CS_MONEY_UNIT / 100;
  g_autofree char *price = cs_money_to_display (self->total);
  int cents = (int) (self->total / cent);

  if (self->state != CS_QUOTE_GOOD || self->total >= CS_MONEY_UNIT || self->total % cent != 0)
    return cs_quote_make_label (self, kind, count);
  if (self->total == 0)
    return g_strdup (_ ("Generate, free of charge"));
  /* translators: read aloud for a button; an amount below a dollar */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Generate for %d cent", "Generate for %d cents", (gulong) cents), cents);
}

/* How long it takes, in words. */
static char *
describe_time (const CsModel *model)
{
  double seconds = model->typical_seconds;
  int from = (int) floor (seconds * 0.8 / 60);
  int to = (int) ceil (seconds * 1.2 / 60);

  if (seconds < SHORT_TIME)
    /* translators: how long something takes, in seconds */
    return g_strdup_printf (_ ("About %d s"), MAX ((int) seconds, 1));
  /* translators: how long something takes, in minutes: from, to */
  return g_strdup_printf (_ ("About %1$d–%2$d min"), MAX (from, 1), to);
}

static char *
make_over_line (const CsQuote *self)
{
  g_autofree char *after = cs_money_to_amount (self->after);

  switch (self->cap)
    {
    case CS_CAP_DAY:
      /* translators: an amount of money */
      return g_strdup_printf (_ ("This one would bring today to %s"), after);
    case CS_CAP_MONTH:
      /* translators: an amount of money */
      return g_strdup_printf (_ ("This one would bring this month to %s"), after);
    case CS_CAP_JOB:
    case CS_CAP_NONE:
    default:
      /* translators: an amount of money */
      return g_strdup_printf (_ ("This one may cost %s"), after);
    }
}

/* What is left to spend: of the key that pays, or of the month; NULL when nothing limits it. */
static char *
describe_left (const CsQuote *self, const CsBudget *budget)
{
  g_autofree char *left = NULL;
  g_autofree char *cap = NULL;

  if (self->credit >= 0)
    {
      left = cs_money_to_amount (self->credit);
      /* translators: an amount of money */
      return g_strdup_printf (_ ("%s of credit"), left);
    }
  if (budget == NULL || budget->month_cap < 0)
    return NULL;
  left = cs_money_to_amount (MAX (budget->month_cap - budget->month_spent, 0));
  cap = cs_money_to_amount (budget->month_cap);
  /* translators: amounts of money */
  return g_strdup_printf (_ ("%1$s of this month’s %2$s left"), left, cap);
}

static char *
make_good_line (const CsQuote *self, CsStudio *studio, const CsBudget *budget)
{
  CsProvider *provider
      = cs_provider_registry_get_provider (cs_engine_get_registry (cs_studio_get_engine (studio)), self->model->provider);
  g_autofree char *time = describe_time (self->model);
  g_autofree char *left = describe_left (self, budget);

  if (provider != NULL && cs_provider_is_local (provider))
    /* translators: after a time, as "About 10 s" */
    return g_strdup_printf (_ ("%s · nothing leaves this computer"), time);
  return left != NULL ? g_strdup_printf ("%s · %s", time, left) : g_steal_pointer (&time);
}

/** cs_quote_make_line: Returns: (transfer full): the line below the button: how long, and what is left; or what is wrong. */
char *
cs_quote_make_line (const CsQuote *self, CsStudio *studio, const CsBudget *budget)
{
  switch (self->state)
    {
    case CS_QUOTE_OVER_BUDGET:
      return make_over_line (self);
    case CS_QUOTE_QUEUED:
      return g_strdup (_ ("Offline: it starts by itself when you are back"));
    case CS_QUOTE_UNUSABLE:
    case CS_QUOTE_NO_CREDIT:
      return g_strdup (self->error->message);
    case CS_QUOTE_GOOD:
    default:
      return make_good_line (self, studio, budget);
    }
}
