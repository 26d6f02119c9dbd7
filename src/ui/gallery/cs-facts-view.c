/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of a creation. Main thread. */
#include "config.h"
#include "ui/gallery/cs-facts-view.h"

#include "ui/stage/cs-diff-view.h"
#include "ui/widgets/cs-creation-words.h"
#include "ui/widgets/cs-names.h"
#include "ui/widgets/cs-say.h"

#define EXCERPT 60 /* characters of the user's words */
#define GROUP 3    /* digits of a long number */

struct _CsFactsView
{
  AdwBin parent_instance;

  /* Template widgets */
  CsDiffView *diff;

  /* Owned */
  CsCreation *creation; /* (nullable) */
  CsJob *job;           /* (nullable) */
  CsStudio *studio;     /* (nullable) */
};

enum
{
  PROP_0,
  PROP_CREATION,
  PROP_JOB,
  N_PROPS
};

enum
{
  SIGNAL_USE_WORDS,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsFactsView, cs_facts_view, ADW_TYPE_BIN)

static const CsCreationFacts *
get_facts (CsCreation *creation)
{
  return creation != NULL ? cs_creation_get_facts (creation) : NULL;
}

/* The prompt */

static char *
make_prompt_cb (CsFactsView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = get_facts (creation);

  return g_strdup (facts != NULL ? facts->prompt : "");
}

static gboolean
has_prompt_cb (CsFactsView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = get_facts (creation);

  return facts != NULL && facts->prompt[0] != '\0';
}

static gboolean
is_rewritten_cb (CsFactsView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = get_facts (creation);

  return facts != NULL && facts->original_prompt[0] != '\0' && !g_str_equal (facts->original_prompt, facts->prompt);
}

static char *
make_rewritten_cb (CsFactsView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = get_facts (creation);
  g_autofree char *excerpt = NULL;
  g_autofree char *escaped = NULL;

  if (facts == NULL)
    return g_strdup ("");
  excerpt = cs_text_ellipsize (facts->original_prompt, EXCERPT);
  escaped = g_markup_escape_text (excerpt, -1);
  /* translators: the beginning of the words that the user wrote; keep the link around the words that show what was changed */
  return g_strdup_printf (_ ("Rewritten from “%s”. <a href=\"changes\">Show changes</a>"), escaped);
}

static gboolean
changes_cb (CsFactsView *self)
{
  const CsCreationFacts *facts = get_facts (self->creation);
  gboolean shows = gtk_widget_get_visible (GTK_WIDGET (self->diff));

  if (!shows)
    cs_diff_view_set_texts (self->diff, facts->original_prompt, facts->prompt);
  gtk_widget_set_visible (GTK_WIDGET (self->diff), !shows);
  return TRUE;
}

static void
copy_cb (CsFactsView *self)
{
  if (self->creation == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), get_facts (self->creation)->prompt);
  cs_say (GTK_WIDGET (self), _ ("Copied"));
}

static void
use_cb (CsFactsView *self)
{
  g_signal_emit (self, signals[SIGNAL_USE_WORDS], 0);
}

/* The making */

static char *
make_size_cb (CsFactsView *self, CsCreation *creation)
{
  return creation != NULL ? cs_creation_make_size (get_facts (creation)) : g_strdup ("");
}

static gboolean
has_length_cb (CsFactsView *self, CsCreation *creation)
{
  return creation != NULL && get_facts (creation)->kind != CS_KIND_IMAGE;
}

static char *
make_length_cb (CsFactsView *self, CsCreation *creation)
{
  const CsCreationFacts *facts = get_facts (creation);
  g_autofree char *length = facts != NULL ? cs_creation_make_length (facts) : NULL;

  if (facts == NULL)
    return g_strdup ("");
  if (facts->kind == CS_KIND_DECK)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d slide", "%d slides", facts->num_slides), facts->num_slides);
  return g_strdup_printf ("%s · %s", length, facts->has_sound ? _ ("with sound") : _ ("no sound"));
}

/* How long the provider took for the attempt that was good; 0: not known. */
static int
get_seconds (CsJob *job)
{
  const CsJobFacts *facts = job != NULL ? cs_job_get_facts (job) : NULL;

  for (guint i = facts != NULL ? facts->attempts->len : 0; i > 0; i--)
    {
      const CsAttempt *attempt = facts->attempts->pdata[i - 1];

      if (attempt->status == CS_ATTEMPT_SUCCEEDED && attempt->sent_at > 0 && attempt->ended_at > attempt->sent_at)
        return (int) MAX ((attempt->ended_at - attempt->sent_at + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC, 1);
    }
  return 0;
}

static char *
make_made_cb (CsFactsView *self, CsCreation *creation, CsJob *job)
{
  g_autofree char *moment = creation != NULL ? cs_date_make_moment (get_facts (creation)->created_at) : g_strdup ("");
  int seconds = get_seconds (job);

  if (seconds == 0)
    return g_steal_pointer (&moment);
  if (seconds < 60)
    /* translators: 1: a moment, as "today 13:02", 2: seconds that it took */
    return g_strdup_printf (_ ("%1$s, in %2$d s"), moment, seconds);
  /* translators: 1: a moment, as "today 13:02", 2 and 3: minutes and seconds that it took */
  return g_strdup_printf (_ ("%1$s, in %2$d min %3$d s"), moment, seconds / 60, seconds % 60);
}

static char *
make_maker_cb (CsFactsView *self, CsCreation *creation)
{
  return creation != NULL && self->studio != NULL ? cs_creation_make_maker (get_facts (creation), self->studio) : g_strdup ("");
}

static gboolean
has_seed_cb (CsFactsView *self, CsCreation *creation)
{
  return creation != NULL && get_facts (creation)->has_seed;
}

/* In groups of three digits, which stay in one line. */
static char *
make_seed_cb (CsFactsView *self, CsCreation *creation)
{
  g_autofree char *digits = creation != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, get_facts (creation)->seed) : g_strdup ("");
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % GROUP == 0)
        g_string_append (text, "\u202f");
      g_string_append_c (text, digits[i]);
    }
  return cs_isolate (text->str);
}

static gboolean
has_cost_cb (CsFactsView *self, CsCreation *creation)
{
  return creation != NULL && !g_str_equal (get_facts (creation)->provider, CS_LIBRARY_IMPORT_PROVIDER);
}

static char *
make_cost_cb (CsFactsView *self, CsCreation *creation, CsJob *job)
{
  g_autofree char *price = creation != NULL ? cs_money_to_display (get_facts (creation)->cost) : g_strdup ("");
  g_autofree char *isolated = cs_isolate (price);
  CsMoney quoted = job != NULL ? cs_job_get_facts (job)->estimated_cost : -1;
  g_autofree char *amount = NULL;

  if (creation == NULL || get_facts (creation)->cost == 0 || quoted < 0)
    return g_strdup_printf ("<b>%s</b>", isolated);
  if (quoted == get_facts (creation)->cost)
    /* translators: what something cost; an amount of money; keep the marks */
    return g_strdup_printf (_ ("<b>%s</b>, as quoted"), isolated);
  amount = cs_money_to_amount (quoted);
  /* translators: what something cost; 1 and 2: amounts of money; keep the marks */
  return g_strdup_printf (_ ("<b>%1$s</b>, quoted about %2$s"), isolated, amount);
}

static void
cs_facts_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsFactsView *self = CS_FACTS_VIEW (object);

  if (id == PROP_CREATION)
    g_value_set_object (value, self->creation);
  else if (id == PROP_JOB)
    g_value_set_object (value, self->job);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_facts_view_dispose (GObject *object)
{
  CsFactsView *self = CS_FACTS_VIEW (object);

  g_clear_object (&self->creation);
  g_clear_object (&self->job);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_facts_view_parent_class)->dispose (object);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, make_prompt_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_prompt_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_rewritten_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_rewritten_cb);
  gtk_widget_class_bind_template_callback (widget_class, changes_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_size_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_length_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_length_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_made_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_maker_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_seed_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_seed_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_cost_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_cost_cb);
}

static void
cs_facts_view_class_init (CsFactsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  g_type_ensure (CS_TYPE_DIFF_VIEW);
  object_class->get_property = cs_facts_view_get_property;
  object_class->dispose = cs_facts_view_dispose;
  properties[PROP_CREATION] = g_param_spec_object ("creation", NULL, NULL, CS_TYPE_CREATION, flags);
  properties[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, CS_TYPE_JOB, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_USE_WORDS]
      = g_signal_new ("use-words", CS_TYPE_FACTS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-facts-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsFactsView, diff);
  bind_callbacks (widget_class);
}

static void
cs_facts_view_init (CsFactsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
}

/** cs_facts_view_set_creation: @creation: (nullable): what is shown; how it was made is not known of another one. */
void
cs_facts_view_set_creation (CsFactsView *self, CsCreation *creation, CsStudio *studio)
{
  g_return_if_fail (CS_IS_FACTS_VIEW (self));

  g_set_object (&self->studio, studio);
  if (self->creation != NULL && creation != NULL && !g_str_equal (cs_creation_get_id (self->creation), cs_creation_get_id (creation)))
    {
      cs_facts_view_set_job (self, NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->diff), FALSE);
    }
  if (g_set_object (&self->creation, creation))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CREATION]);
}

/** cs_facts_view_set_job: @job: (nullable): how it was made. */
void
cs_facts_view_set_job (CsFactsView *self, CsJob *job)
{
  g_return_if_fail (CS_IS_FACTS_VIEW (self));

  if (g_set_object (&self->job, job))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
}
