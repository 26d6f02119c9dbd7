/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said about finished creations: facts, money, and where their words come from. Main thread. */
#include "config.h"
#include "ui/stage/cs-done-view-private.h"

#include "ui/jobs/cs-job-words.h"
#include "ui/widgets/cs-creation-words.h"

static void
append (GString *text, const char *fact)
{
  if (fact == NULL || *fact == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, fact);
}

/* (transfer none) (nullable): the facts of the job that made @creation. */
static const CsJobFacts *
find_job (CsDoneView *self, CsCreation *creation)
{
  for (guint i = 0; self->jobs != NULL && i < self->jobs->len; i++)
    if (g_str_equal (cs_job_get_id (self->jobs->pdata[i]), cs_creation_get_id (creation)))
      return cs_job_get_facts (self->jobs->pdata[i]);
  return NULL;
}

/* "$0.28, as quoted"; without the job nobody knows what was quoted. */
static char *
make_price (CsMoney cost, CsMoney quoted, gboolean is_known)
{
  g_autofree char *price = cs_money_to_display (cost);
  g_autofree char *isolated = cs_isolate (price);
  g_autofree char *amount = cs_money_to_amount (quoted);

  if (!is_known || (cost == 0 && quoted <= 0))
    return g_steal_pointer (&isolated);
  if (cost == quoted)
    /* translators: an amount of money */
    return g_strdup_printf (_ ("%s, as quoted"), isolated);
  /* translators: 1 and 2: amounts of money */
  return g_strdup_printf (_ ("%1$s, quoted %2$s"), isolated, amount);
}

/* What the words cost too was on the button. */
static char *
make_price_of (CsDoneView *self, CsCreation *creation)
{
  const CsJobFacts *job = find_job (self, creation);
  CsMoney cost = job != NULL ? job->cost : cs_creation_get_facts (creation)->cost;

  return make_price (cost, job != NULL ? job->estimated_cost + job->text_cost : 0, job != NULL);
}

static char *
make_seed (const CsCreationFacts *facts)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, facts->seed);

  /* translators: the number that the picture began with */
  return facts->has_seed ? g_strdup_printf (_ ("seed %s"), number) : NULL;
}

static char *
make_time (double seconds)
{
  int whole = (int) (seconds + 0.5);

  if (whole < 60)
    /* translators: seconds, as short as can be */
    return g_strdup_printf (_ ("%d s"), MAX (whole, 1));
  /* translators: 1: minutes, 2: seconds, as short as can be */
  return g_strdup_printf (_ ("%1$d min %2$d s"), whole / 60, whole % 60);
}

static char *
make_made_in (const CsJobFacts *job)
{
  g_autofree char *time = job != NULL ? make_time ((double) (job->updated_at - job->created_at) / G_USEC_PER_SEC) : NULL;

  /* translators: a length of time */
  return time != NULL ? g_strdup_printf (_ ("made in %s"), time) : NULL;
}

static char *
make_video_facts (CsDoneView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *size = g_strdup_printf ("%d × %d", facts->width, facts->height);
  g_autofree char *isolated = cs_isolate (size);
  /* translators: a length in seconds */
  g_autofree char *length = g_strdup_printf (_ ("%.1f s"), facts->duration);
  g_autofree char *bytes = g_format_size ((guint64) facts->size);
  g_autofree char *maker = cs_creation_make_maker (facts, self->studio);
  g_autofree char *price = make_price_of (self, creation);
  g_autofree char *made_in = make_made_in (find_job (self, creation));

  append (text, isolated);
  append (text, length);
  append (text, facts->has_sound ? _ ("with sound") : _ ("no sound"));
  append (text, bytes);
  append (text, maker);
  append (text, price);
  append (text, made_in);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Its place among those that were made together, from 1; 0: it is alone. */
static guint
get_number (CsDoneView *self, CsCreation *creation)
{
  guint place;

  return self->items->len > 1 && g_ptr_array_find (self->items, creation, &place) ? place + 1 : 0;
}

static char *
make_picture_facts (CsDoneView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  guint number = get_number (self, creation);
  g_autoptr (GString) text = g_string_new (NULL);
  /* translators: the number of a picture among those made together */
  g_autofree char *name = number > 0 ? g_strdup_printf (_ ("Picture %u"), number) : NULL;
  g_autofree char *size = cs_creation_make_size (facts);
  g_autofree char *seed = make_seed (facts);
  g_autofree char *maker = cs_creation_make_maker (facts, self->studio);
  g_autofree char *price = cs_money_to_display (facts->cost);

  append (text, name);
  append (text, size);
  append (text, seed);
  append (text, maker);
  append (text, price);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
make_sum_of_selected (GPtrArray *selected)
{
  gint64 size = 0;
  CsMoney cost = 0;
  g_autofree char *bytes = NULL;
  g_autofree char *price = NULL;

  for (guint i = 0; i < selected->len; i++)
    {
      size += cs_creation_get_facts (selected->pdata[i])->size;
      cost += cs_creation_get_facts (selected->pdata[i])->cost;
    }
  bytes = g_format_size ((guint64) size);
  price = cs_money_to_display (cost);
  /* translators: 1: a number, 2: an amount of data, 3: an amount of money */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$u picture selected · %2$s · %3$s", "%1$u pictures selected · %2$s · %3$s", selected->len),
                          selected->len, bytes, price);
}

/** _cs_done_view_make_facts: Returns: (transfer full): one line about what is chosen. */
char *
_cs_done_view_make_facts (CsDoneView *self)
{
  g_autoptr (GPtrArray) selected = _cs_done_view_list_selected (self);

  if (selected->len == 0)
    return g_strdup (_ ("This picture was not made"));
  if (selected->len > 1)
    return make_sum_of_selected (selected);
  if (cs_creation_get_facts (selected->pdata[0])->kind == CS_KIND_VIDEO)
    return make_video_facts (self, selected->pdata[0]);
  return make_picture_facts (self, selected->pdata[0]);
}

/* From the first that was asked for to the last that was ready. */
static double
get_seconds (GPtrArray *jobs)
{
  gint64 start = G_MAXINT64, end = 0;

  for (guint i = 0; i < jobs->len; i++)
    {
      const CsJobFacts *facts = cs_job_get_facts (jobs->pdata[i]);

      start = MIN (start, facts->created_at);
      end = MAX (end, facts->updated_at);
    }
  return (double) (end - start) / G_USEC_PER_SEC;
}

/** _cs_done_view_make_sum: Returns: (transfer full) (nullable): how many pictures, how soon, and what they cost together. */
char *
_cs_done_view_make_sum (CsDoneView *self)
{
  guint n = 0;
  CsMoney cost = 0, quoted = 0;
  g_autofree char *time = NULL;
  g_autofree char *price = NULL;

  if (self->jobs == NULL || self->items->len < 2)
    return NULL;
  for (guint i = 0; i < self->jobs->len; i++)
    {
      const CsJobFacts *facts = cs_job_get_facts (self->jobs->pdata[i]);

      n += facts->state == CS_JOB_DONE;
      cost += facts->cost;
      quoted += facts->state == CS_JOB_DONE ? facts->estimated_cost + facts->text_cost : 0;
    }
  time = make_time (get_seconds (self->jobs));
  price = make_price (cost, quoted, TRUE);
  /* translators: 1: a number, 2: a length of time, 3: what it cost */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$u picture in %2$s · %3$s", "%1$u pictures in %2$s · %3$s", n), n, time, price);
}

/** _cs_done_view_make_origin: Returns: (transfer full): who wrote the words, and who had them. */
char *
_cs_done_view_make_origin (CsDoneView *self)
{
  CsCreation *creation = _cs_done_view_get_selected (self);
  const CsCreationFacts *facts = creation != NULL ? cs_creation_get_facts (creation) : NULL;
  const CsJobFacts *job = creation != NULL ? find_job (self, creation) : NULL;
  g_autofree char *writer = job != NULL ? cs_job_make_writer (self->studio, job) : NULL;
  g_autofree char *provider = facts != NULL ? cs_provider_make_name (self->studio, facts->provider) : NULL;

  if (facts == NULL)
    return g_strdup ("");
  if (writer != NULL)
    /* translators: 1: a language model, 2: a provider */
    return g_strdup_printf (_ ("Rewritten by %1$s, then sent to %2$s"), writer, provider);
  if (!g_str_equal (facts->prompt, facts->original_prompt))
    /* translators: a provider */
    return g_strdup_printf (_ ("Your words, with those of the style, for %s"), provider);
  /* translators: a provider */
  return g_strdup_printf (_ ("Your words, as they are, for %s"), provider);
}
