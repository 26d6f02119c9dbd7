/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the file of a creation says about itself. Main thread; the file is read on another. */
#include "config.h"
#include "ui/gallery/cs-origin-view.h"

#include "ui/gallery/cs-origin.h"
#include "ui/widgets/cs-creation-words.h"

struct _CsOriginView
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwActionRow *source_row;
  AdwActionRow *maker_row;
  AdwActionRow *prompt_row;
  AdwActionRow *state_row;
  GtkImage *source_icon;
  GtkImage *state_icon;
  GtkSpinner *spinner;

  /* Owned */
  CsCreation *creation;      /* (nullable) */
  CsStudio *studio;          /* (nullable) */
  CsOrigin *origin;          /* (nullable) while it is being read */
  GCancellable *cancellable; /* (nullable) of reading */
};

/* What a file that says one of the IPTC's terms is called. */
typedef struct
{
  const char *term;
  const char *words; /* N_() */
  const char *icon;
} Source;

static const Source sources[] = {
  { "trainedAlgorithmicMedia", N_ ("Made with AI"), "cs-spark-symbolic" },
  { "compositeWithTrainedAlgorithmicMedia", N_ ("Made with AI from a picture"), "cs-spark-symbolic" },
  { "digitalCreation", N_ ("Drawn by a program"), "applications-graphics-symbolic" },
};

G_DEFINE_FINAL_TYPE (CsOriginView, cs_origin_view, ADW_TYPE_BIN)

static void
set_row (AdwActionRow *row, const char *title, const char *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
}

static gboolean
is_own_file (CsOriginView *self)
{
  return g_str_equal (cs_creation_get_facts (self->creation)->provider, CS_LIBRARY_IMPORT_PROVIDER);
}

/* "trainedAlgorithmicMedia" as words. */
static char *
split_term (const char *term)
{
  GString *words = g_string_new (NULL);

  for (const char *c = term; *c != '\0'; c++)
    {
      if (g_ascii_isupper (*c) && c > term)
        g_string_append_c (words, ' ');
      g_string_append_c (words, g_ascii_tolower (*c));
    }
  return g_string_free (words, FALSE);
}

static void
show_source (CsOriginView *self, const char *term)
{
  g_autofree char *words = term != NULL ? split_term (term) : NULL;
  g_autofree char *isolated = words != NULL ? cs_isolate (words) : NULL;
  g_autofree char *subtitle = isolated != NULL ? g_strdup_printf ("IPTC: %s", isolated) : NULL;
  const char *title = _ ("Says where it comes from");
  const char *icon = "dialog-information-symbolic";

  if (term == NULL)
    {
      gtk_image_set_from_icon_name (self->source_icon, icon);
      set_row (self->source_row, _ ("Does not say how it was made"),
               is_own_file (self) ? _ ("Your own file is kept as it is") : _ ("Copies that you save or drag out of here do"));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_str_equal (sources[i].term, term))
      {
        title = _ (sources[i].words);
        icon = sources[i].icon;
      }
  gtk_image_set_from_icon_name (self->source_icon, icon);
  set_row (self->source_row, title, subtitle);
}

/* Files say "model (provider)", with the ids of both; people know them by other names. */
static char *
name_system (CsOriginView *self, const char *system)
{
  CsProviderRegistry *registry = cs_engine_get_registry (cs_studio_get_engine (self->studio));
  const char *open = strstr (system, " (");
  g_autofree char *model_id = open != NULL ? g_strndup (system, open - system) : NULL;
  const CsModel *model = model_id != NULL ? cs_provider_registry_get_model (registry, model_id) : NULL;
  g_autofree char *provider = model != NULL ? cs_provider_make_name (self->studio, model->provider) : NULL;

  if (model == NULL)
    return g_strdup (system);
  /* translators: 1: a model, 2: its provider */
  return g_strdup_printf (_ ("%1$s at %2$s"), model->short_name, provider);
}

static void
show_maker (CsOriginView *self, const CsProvenanceNote *note)
{
  g_autofree char *system = note->system != NULL ? name_system (self, note->system) : NULL;
  g_autofree char *date = note->created_at != 0 ? cs_date_make_moment (note->created_at) : NULL;
  const char *title = system != NULL ? system : note->tool;
  const char *tool = system != NULL ? note->tool : NULL;
  g_autofree char *subtitle = tool != NULL && date != NULL ? g_strdup_printf ("%s, %s", tool, date) : g_strdup (tool != NULL ? tool : date);

  gtk_widget_set_visible (GTK_WIDGET (self->maker_row), title != NULL);
  if (title != NULL)
    set_row (self->maker_row, title, subtitle != NULL ? subtitle : "");
}

static void
show_prompt (CsOriginView *self, gboolean has_prompt)
{
  gboolean in_copies = g_settings_get_boolean (cs_studio_get_settings (self->studio), "prompt-in-copies");

  gtk_widget_set_visible (GTK_WIDGET (self->prompt_row), !is_own_file (self));
  set_row (self->prompt_row, has_prompt ? _ ("The prompt is inside this file") : _ ("The prompt is not in this file"),
           in_copies ? _ ("Copies carry it") : _ ("Copies do not carry it"));
}

static void
show_state (CsOriginView *self, CsOriginState state)
{
  static const char *const icons[] = { "object-select-symbolic", "dialog-warning-symbolic", "dialog-warning-symbolic" };
  GtkWidget *row = GTK_WIDGET (self->state_row);

  gtk_image_set_from_icon_name (self->state_icon, icons[state]);
  gtk_widget_remove_css_class (row, "is-changed");
  gtk_widget_remove_css_class (row, "is-unchanged");
  gtk_widget_add_css_class (row, state == CS_ORIGIN_UNCHANGED ? "is-unchanged" : "is-changed");
  if (state == CS_ORIGIN_UNCHANGED)
    set_row (self->state_row, _ ("Unchanged since it was made"), _ ("SHA-256 checked just now"));
  else if (state == CS_ORIGIN_CHANGED)
    set_row (self->state_row, _ ("Changed since it was made"), _ ("Its SHA-256 is another one now"));
  else
    set_row (self->state_row, _ ("The file has moved"), _ ("It is not in the library’s folder any more"));
}

static void
show_origin (CsOriginView *self)
{
  const CsProvenanceNote *note = self->origin != NULL ? self->origin->note : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->source_row), note != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->maker_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->prompt_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->state_icon), self->origin != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->origin == NULL);
  if (self->origin == NULL)
    set_row (self->state_row, _ ("Checking the file"), "");
  else
    show_state (self, self->origin->state);
  if (note == NULL)
    return;
  show_source (self, note->source);
  show_maker (self, note);
  show_prompt (self, note->has_prompt);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsOriginView) self = user_data;
  g_autoptr (GError) error = NULL;
  CsOrigin *origin = cs_origin_read_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      cs_origin_free (origin);
      return;
    }
  self->origin = origin;
  if (origin != NULL)
    show_origin (self);
  else
    set_row (self->state_row, _ ("The file cannot be read"), error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static void
settings_cb (CsOriginView *self)
{
  if (self->creation != NULL)
    show_origin (self);
}

static void
stop (CsOriginView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->origin, cs_origin_free);
}

static void
cs_origin_view_dispose (GObject *object)
{
  CsOriginView *self = CS_ORIGIN_VIEW (object);

  stop (self);
  g_clear_object (&self->creation);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_origin_view_parent_class)->dispose (object);
}

static void
cs_origin_view_class_init (CsOriginViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_origin_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-origin-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CsOriginView, source_row);
  gtk_widget_class_bind_template_child (widget_class, CsOriginView, maker_row);
  gtk_widget_class_bind_template_child (widget_class, CsOriginView, prompt_row);
  gtk_widget_class_bind_template_child (widget_class, CsOriginView, state_row);
  gtk_widget_class_bind_template_child (widget_class, CsOriginView, source_icon);
  gtk_widget_class_bind_template_child (widget_class, CsOriginView, state_icon);
  gtk_widget_class_bind_template_child (widget_class, CsOriginView, spinner);
}

static void
cs_origin_view_init (CsOriginView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
take_studio (CsOriginView *self, CsStudio *studio)
{
  if (g_set_object (&self->studio, studio) && studio != NULL)
    g_signal_connect_object (cs_studio_get_settings (studio), "changed::prompt-in-copies", G_CALLBACK (settings_cb), self,
                             G_CONNECT_SWAPPED);
}

/* Whether the same file was looked at already. */
static gboolean
is_known (CsOriginView *self, CsCreation *creation)
{
  const CsCreationFacts *old = self->creation != NULL ? cs_creation_get_facts (self->creation) : NULL;
  const CsCreationFacts *facts = cs_creation_get_facts (creation);

  return old != NULL && g_str_equal (old->id, facts->id) && g_str_equal (old->sha256, facts->sha256) && old->missing == facts->missing;
}

/** cs_origin_view_set_creation: @creation: (nullable): whose file is read, unless that was just done. */
void
cs_origin_view_set_creation (CsOriginView *self, CsCreation *creation, CsStudio *studio)
{
  const CsCreationFacts *facts;
  g_autofree char *path = NULL;
  gboolean known;

  g_return_if_fail (CS_IS_ORIGIN_VIEW (self));

  take_studio (self, studio);
  known = creation != NULL && is_known (self, creation);
  g_set_object (&self->creation, creation);
  if (known)
    return;
  stop (self);
  if (creation == NULL)
    return;
  show_origin (self);
  facts = cs_creation_get_facts (creation);
  path = cs_creation_dup_path (facts, CS_CREATION_FILE, cs_engine_get_paths (cs_studio_get_engine (studio)));
  self->cancellable = g_cancellable_new ();
  cs_origin_read_async (path, facts->sha256, self->cancellable, read_cb, g_object_ref (self));
}
