/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is chosen in the gallery, added up. Main thread; the library does the sums. */
#include "config.h"
#include "ui/gallery/cs-selection-bar.h"

#include "ui/gallery/cs-collection-popover.h"
#include "ui/widgets/cs-names.h"

struct _CsSelectionBar
{
  AdwBin parent_instance;

  /* Template widgets */
  CsCollectionPopover *collections;

  /* Owned */
  CsStudio *studio;          /* (nullable) */
  CsSelection *selection;    /* (nullable) until it is set */
  CsLibrarySum *sum;         /* (nullable) while it is being added up */
  GCancellable *cancellable; /* (nullable) of adding up */
  char *count_words;
  char *count;
  char *sum_words;
  guint trashed : 1;
};

enum
{
  PROP_0,
  PROP_COUNT_WORDS,
  PROP_COUNT,
  PROP_SUM_WORDS,
  PROP_TRASHED,
  N_PROPS
};

enum
{
  SIGNAL_ADDED_UP,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsSelectionBar, cs_selection_bar, ADW_TYPE_BIN)

static void
set_words (CsSelectionBar *self, guint id, char **where, char *words)
{
  g_free (*where);
  *where = words;
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
append (GString *text, char *words)
{
  if (text->len > 0)
    /* translators: between the parts of a list: 2 videos, 1 image */
    g_string_append (text, _ (", "));
  g_string_append (text, words);
  g_free (words);
}

static char *
add_dot_cb (CsSelectionBar *self, const char *words)
{
  return words != NULL && words[0] != '\0' ? g_strdup_printf ("· %s", words) : g_strdup ("");
}

/* "2 videos, 1 image · 8.6 MB" */
static char *
describe (const CsLibrarySum *sum)
{
  GString *text = g_string_new (NULL);
  g_autofree char *size = g_format_size (sum->size);

  if (sum->n_videos > 0)
    append (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u video", "%u videos", sum->n_videos), sum->n_videos));
  if (sum->n_images > 0)
    append (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u image", "%u images", sum->n_images), sum->n_images));
  if (sum->n_decks > 0)
    append (text, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u presentation", "%u presentations", sum->n_decks), sum->n_decks));
  g_string_append_printf (text, " · %s", size);
  return g_string_free (text, FALSE);
}

static void
sum_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsSelectionBar) self = user_data;
  g_autoptr (GError) error = NULL;
  CsLibrarySum *sum = cs_library_sum_finish (CS_LIBRARY (source), result, &error);

  if (sum == NULL)
    {
      g_debug ("The selection was not added up: %s", error->message);
      return;
    }
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      cs_library_sum_free (sum);
      return;
    }
  self->sum = sum;
  cs_collection_popover_set_creations (self->collections, self->studio, (const char *const *) sum->ids);
  set_words (self, PROP_SUM_WORDS, &self->sum_words, sum->ids[0] != NULL ? describe (sum) : g_strdup (""));
  g_signal_emit (self, signals[SIGNAL_ADDED_UP], 0);
}

static void
cancel (CsSelectionBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->sum, cs_library_sum_free);
}

/* The words of before stay until there are new ones, so that nothing flickers. */
static void
selected_cb (CsSelectionBar *self)
{
  guint n_selected = cs_selection_get_n_selected (self->selection);
  g_autoptr (GArray) rows = NULL;

  cancel (self);
  set_words (self, PROP_COUNT_WORDS, &self->count_words,
             n_selected > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u selected", "%'u selected", n_selected), n_selected)
                            : g_strdup (_ ("Click what you want to select")));
  set_words (self, PROP_COUNT, &self->count, n_selected > 0 ? g_strdup_printf ("%'u", n_selected) : g_strdup (""));
  if (n_selected == 0)
    {
      set_words (self, PROP_SUM_WORDS, &self->sum_words, g_strdup (""));
      g_signal_emit (self, signals[SIGNAL_ADDED_UP], 0);
      return;
    }
  rows = cs_selection_dup_rows (self->selection);
  self->cancellable = g_cancellable_new ();
  cs_library_sum_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), rows, self->cancellable, sum_cb,
                        g_object_ref (self));
}

static void
cs_selection_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CsSelectionBar *self = CS_SELECTION_BAR (object);

  switch (id)
    {
    case PROP_COUNT_WORDS:
      g_value_set_string (value, self->count_words);
      break;
    case PROP_COUNT:
      g_value_set_string (value, self->count);
      break;
    case PROP_SUM_WORDS:
      g_value_set_string (value, self->sum_words);
      break;
    case PROP_TRASHED:
      g_value_set_boolean (value, self->trashed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cs_selection_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CsSelectionBar *self = CS_SELECTION_BAR (object);

  if (id != PROP_TRASHED)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (self->trashed == g_value_get_boolean (value))
    return;
  self->trashed = g_value_get_boolean (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
cs_selection_bar_dispose (GObject *object)
{
  CsSelectionBar *self = CS_SELECTION_BAR (object);

  cancel (self);
  g_clear_object (&self->selection);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_selection_bar_parent_class)->dispose (object);
}

static void
cs_selection_bar_finalize (GObject *object)
{
  CsSelectionBar *self = CS_SELECTION_BAR (object);

  g_free (self->count_words);
  g_free (self->count);
  g_free (self->sum_words);

  G_OBJECT_CLASS (cs_selection_bar_parent_class)->finalize (object);
}

static void
cs_selection_bar_class_init (CsSelectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = cs_selection_bar_get_property;
  object_class->set_property = cs_selection_bar_set_property;
  object_class->dispose = cs_selection_bar_dispose;
  object_class->finalize = cs_selection_bar_finalize;
  properties[PROP_COUNT_WORDS] = g_param_spec_string ("count-words", NULL, NULL, NULL, read);
  properties[PROP_COUNT] = g_param_spec_string ("count", NULL, NULL, NULL, read);
  properties[PROP_SUM_WORDS] = g_param_spec_string ("sum-words", NULL, NULL, NULL, read);
  properties[PROP_TRASHED] = g_param_spec_boolean ("trashed", NULL, NULL, FALSE,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_ADDED_UP] = g_signal_new ("added-up", CS_TYPE_SELECTION_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CS_TYPE_COLLECTION_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CsSelectionBar, collections);
  gtk_widget_class_bind_template_callback (widget_class, add_dot_cb);
}

static void
cs_selection_bar_init (CsSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
}

/** cs_selection_bar_set_selection: What is added up; once. */
void
cs_selection_bar_set_selection (CsSelectionBar *self, CsSelection *selection, CsStudio *studio)
{
  g_return_if_fail (CS_IS_SELECTION_BAR (self));
  g_return_if_fail (self->selection == NULL);

  self->studio = g_object_ref (studio);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "notify::n-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::selecting", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  selected_cb (self);
}

/** cs_selection_bar_get_sum: Returns: (transfer none) (nullable): what is chosen; NULL while that is being read. */
const CsLibrarySum *
cs_selection_bar_get_sum (CsSelectionBar *self)
{
  return self->sum;
}
