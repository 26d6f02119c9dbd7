/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screenwriter made of the idea. Main thread. */
#include "config.h"
#include "ui/stage/cs-screenplay-card.h"

#include "ui/stage/cs-diff-view.h"

struct _CsScreenplayCard
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkToggleButton *changes_button;
  CsDiffView *diff;
  GtkLabel *why;
  GtkRevealer *lock_revealer;
  GtkWidget *next_row;

  /* Owned */
  CsBrief *brief; /* (nullable) what was asked */
  char *prompt;   /* (nullable) what it was made */
};

enum
{
  PROP_0,
  PROP_SENT,
  N_PROPS
};

enum
{
  SIGNAL_ACCEPT,
  SIGNAL_EDIT,
  SIGNAL_OWN_WORDS,
  SIGNAL_LOCK,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsScreenplayCard, cs_screenplay_card, ADW_TYPE_BIN)

static void
emit (CsScreenplayCard *self, guint signal, gboolean own_words)
{
  g_autoptr (CsBrief) brief = cs_screenplay_card_dup_brief (self, own_words);

  if (brief != NULL)
    g_signal_emit (self, signals[signal], 0, brief);
}

static void
accept_cb (CsScreenplayCard *self)
{
  emit (self, SIGNAL_ACCEPT, FALSE);
}

static void
edit_cb (CsScreenplayCard *self)
{
  emit (self, SIGNAL_EDIT, FALSE);
}

static void
own_words_cb (CsScreenplayCard *self)
{
  emit (self, SIGNAL_OWN_WORDS, TRUE);
}

static void
changes_cb (CsScreenplayCard *self)
{
  cs_diff_view_set_changes (self->diff, gtk_toggle_button_get_active (self->changes_button));
}

static void
selection_cb (CsScreenplayCard *self)
{
  gtk_revealer_set_reveal_child (self->lock_revealer, cs_diff_view_has_selected (self->diff));
}

static GStrv
add_phrase (GStrv locked, const char *phrase)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (locked != NULL)
    g_strv_builder_addv (builder, (const char **) locked);
  g_strv_builder_add (builder, phrase);
  return g_strv_builder_end (builder);
}

/* The phrase is kept in the user's own words: one of the screenwriter's is put behind them. */
static void
lock_cb (CsScreenplayCard *self)
{
  g_autofree char *phrase = cs_diff_view_dup_selected (self->diff);
  g_autoptr (CsBrief) brief = self->brief != NULL ? cs_brief_copy (self->brief) : NULL;
  g_auto (GStrv) before = NULL;

  if (phrase == NULL || *phrase == '\0' || brief == NULL)
    return;
  before = brief->locked;
  brief->locked = add_phrase (before, phrase);
  brief->screenwriter = TRUE;
  if (strstr (brief->prompt, phrase) == NULL)
    {
      g_autofree char *prompt = g_steal_pointer (&brief->prompt);

      brief->prompt = g_strdup_printf ("%s, %s", prompt, phrase);
    }
  g_signal_emit (self, signals[SIGNAL_LOCK], 0, brief);
}

static void
cs_screenplay_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SENT)
    g_value_set_boolean (value, gtk_widget_get_visible (CS_SCREENPLAY_CARD (object)->next_row));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_screenplay_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SENT)
    gtk_widget_set_visible (CS_SCREENPLAY_CARD (object)->next_row, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cs_screenplay_card_finalize (GObject *object)
{
  CsScreenplayCard *self = CS_SCREENPLAY_CARD (object);

  g_clear_pointer (&self->brief, cs_brief_free);
  g_free (self->prompt);

  G_OBJECT_CLASS (cs_screenplay_card_parent_class)->finalize (object);
}

static void
add_signals (GType type)
{
  static const char *const names[N_SIGNALS] = { "accept", "edit", "own-words", "lock" };

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cs_screenplay_card_class_init (CsScreenplayCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CS_TYPE_DIFF_VIEW);
  object_class->get_property = cs_screenplay_card_get_property;
  object_class->set_property = cs_screenplay_card_set_property;
  object_class->finalize = cs_screenplay_card_finalize;
  add_signals (G_TYPE_FROM_CLASS (klass));
  properties[PROP_SENT] = g_param_spec_boolean ("sent", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-screenplay-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CsScreenplayCard, changes_button);
  gtk_widget_class_bind_template_child (widget_class, CsScreenplayCard, diff);
  gtk_widget_class_bind_template_child (widget_class, CsScreenplayCard, why);
  gtk_widget_class_bind_template_child (widget_class, CsScreenplayCard, lock_revealer);
  gtk_widget_class_bind_template_child (widget_class, CsScreenplayCard, next_row);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, own_words_cb);
  gtk_widget_class_bind_template_callback (widget_class, changes_cb);
  gtk_widget_class_bind_template_callback (widget_class, lock_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_cb);
}

static void
cs_screenplay_card_init (CsScreenplayCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_why (CsScreenplayCard *self, const CsScreenplay *screenplay)
{
  g_autofree char *why = screenplay->notes != NULL ? g_strjoinv (" ", screenplay->notes) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL && *why != '\0');
  gtk_label_set_text (self->why, why != NULL ? why : "");
}

/** cs_screenplay_card_show: @facts: of a job; the card is seen once a screenwriter has rewritten its idea. */
void
cs_screenplay_card_show (CsScreenplayCard *self, const CsJobFacts *facts)
{
  const CsScreenplay *screenplay = facts->screenplay;
  gboolean is_rewritten = screenplay != NULL && g_strcmp0 (screenplay->screenwriter, "direct") != 0;

  gtk_widget_set_visible (GTK_WIDGET (self), is_rewritten);
  if (!is_rewritten)
    return;
  g_clear_pointer (&self->brief, cs_brief_free);
  self->brief = cs_brief_copy (facts->brief);
  g_clear_pointer (&self->brief->request_id, g_free);
  cs_set_string (&self->prompt, screenplay->prompt);
  cs_diff_view_set_texts (self->diff, facts->brief->prompt, screenplay->prompt);
  show_why (self, screenplay);
}

/**
 * cs_screenplay_card_dup_brief:
 * @own_words: with the user's words, not the screenwriter's
 *
 * Returns: (transfer full) (nullable): the brief that asks for it once more, without a screenwriter; NULL: nothing is shown.
 */
CsBrief *
cs_screenplay_card_dup_brief (CsScreenplayCard *self, gboolean own_words)
{
  CsBrief *brief;

  if (self->brief == NULL)
    return NULL;
  brief = cs_brief_copy (self->brief);
  brief->screenwriter = FALSE;
  if (!own_words)
    cs_set_string (&brief->prompt, self->prompt);
  return brief;
}
