/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of presentations: the composer and its jobs, then the presentation that is being edited. Main thread. */
#include "config.h"
#include "ui/deck/cs-deck-page-private.h"

#include "ui/cs-watched.h"
#include "ui/deck/cs-deck-sample.h"
#include "ui/widgets/cs-names.h"
#include "ui/widgets/cs-say.h"

G_DEFINE_FINAL_TYPE (CsDeckPage, cs_deck_page, ADW_TYPE_BIN)

/* What is seen */

static void
show_switch (CsDeckPage *self)
{
  gboolean folded = cs_deck_split_get_folded (self->split);
  const char *right = gtk_stack_get_visible_child_name (self->right);

  gtk_widget_set_visible (self->switch_bar, folded && g_strcmp0 (right, "idle") != 0);
  if (folded)
    gtk_widget_add_css_class (GTK_WIDGET (self), "leaflet-folded");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "leaflet-folded");
}

static void
side_cb (CsDeckPage *self)
{
  cs_deck_split_show_end (self->split, !gtk_toggle_button_get_active (self->edit_button));
}

static void
show_left (CsDeckPage *self)
{
  gboolean composes = !self->is_open || gtk_toggle_button_get_active (self->compose_button);

  gtk_widget_set_visible (self->topic_card, self->is_open);
  gtk_stack_set_visible_child_name (self->left, composes ? "composer" : "text");
}

/* The two sides come one after the other: both at once are too much for one frame. */
static gboolean
show_right_cb (gpointer user_data)
{
  CsDeckPage *self = user_data;

  self->show = 0;
  gtk_stack_set_visible_child_name (self->right, self->coming);
  show_switch (self);
  return G_SOURCE_REMOVE;
}

/** _cs_deck_page_show: @right: static; "idle", "working", "failed" or "deck". Narrow, the side that matters comes forward. */
void
_cs_deck_page_show (CsDeckPage *self, const char *right)
{
  gboolean shows_end = g_str_equal (right, "working") || g_str_equal (right, "failed");

  self->coming = right;
  if (self->show == 0)
    self->show = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_right_cb, self, NULL);
  gtk_toggle_button_set_active (shows_end ? self->preview_button : self->edit_button, TRUE);
  show_left (self);
  _cs_deck_page_update_actions (self);
}

static const char *
get_language_name (CsLanguage language)
{
  switch (language)
    {
    case CS_LANGUAGE_FR:
      return _ ("French");
    case CS_LANGUAGE_AR:
      return _ ("Arabic");
    case CS_LANGUAGE_EN:
    case CS_N_LANGUAGES:
    default:
      return _ ("English");
    }
}

/* Who wrote it, and what it cost; nothing for the user's own. */
static char *
describe_writer (CsDeckPage *self, const CsCreationFacts *facts)
{
  CsProvider *provider = cs_provider_registry_get_provider (cs_engine_get_registry (cs_studio_get_engine (self->studio)), facts->provider);
  g_autofree char *price = cs_money_to_display (facts->cost);

  if (g_str_equal (facts->provider, CS_LIBRARY_IMPORT_PROVIDER))
    return g_strdup ("");
  return g_strdup_printf (" · %s · %s", provider != NULL ? cs_provider_get_name (provider) : facts->provider, price);
}

void
_cs_deck_page_show_topic (CsDeckPage *self)
{
  CsCreation *creation = cs_deck_saving_get_creation (self->saving);
  const CsCreationFacts *facts = creation != NULL ? cs_creation_get_facts (creation) : NULL;
  CsDeckSlide *first = cs_deck_document_get_slide (self->document, 0);
  g_autofree char *heading = first != NULL ? cs_deck_slide_dup_title (first) : NULL;
  g_autofree char *writer = facts != NULL ? describe_writer (self, facts) : g_strdup ("");
  g_autofree char *slides = NULL;
  g_autofree char *words = NULL;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (cs_deck_document_get_slides (self->document)); i++)
    n += !cs_deck_slide_is_empty (cs_deck_document_get_slide (self->document, i));
  slides = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u slide", "%u slides", n), n);
  words = g_strdup_printf ("%s · %s%s", slides, get_language_name (cs_deck_document_get_language (self->document)), writer);
  gtk_label_set_text (self->topic_title, facts != NULL ? facts->title : heading != NULL ? heading : _ ("Untitled presentation"));
  gtk_label_set_text (self->topic_facts, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->topic_title), gtk_label_get_text (self->topic_title));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->topic_facts), words);
}

/* What is written by a job */

static void
forget_job (CsDeckPage *self)
{
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  cs_deck_working_set_job (self->working, NULL, NULL);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDeckPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);

  if (creation == NULL)
    cs_say (GTK_WIDGET (self), error->message);
  else
    _cs_deck_page_open (self, creation, self->is_again);
}

static void
job_changed_cb (CsDeckPage *self)
{
  g_autoptr (CsJob) job = g_object_ref (self->job);
  const CsJobFacts *facts = cs_job_get_facts (job);

  if (!cs_job_state_is_final (facts->state))
    return;
  forget_job (self);
  if (facts->state == CS_JOB_DONE)
    cs_library_get_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), facts->id, NULL, written_cb, g_object_ref (self));
  else if (facts->state == CS_JOB_FAILED)
    {
      cs_failed_view_show (self->failed, self->studio, job);
      _cs_deck_page_show (self, "failed");
    }
  else
    _cs_deck_page_show (self, self->is_open ? "deck" : "idle");
}

/** cs_deck_page_show_job: Follows @job until it is over, then shows what came of it. */
void
cs_deck_page_show_job (CsDeckPage *self, CsJob *job)
{
  forget_job (self);
  self->job = g_object_ref (job);
  self->is_again = self->is_open;
  g_signal_connect_swapped (self->job, "changed", G_CALLBACK (job_changed_cb), self);
  cs_deck_working_set_job (self->working, self->studio, self->job);
  _cs_deck_page_show (self, "working");
  job_changed_cb (self);
}

static void
add_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDeckPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = cs_job_queue_add_finish (CS_JOB_QUEUE (source), result, &error);

  if (self->studio == NULL)
    return; /* the window was closed meanwhile: the job goes on */
  if (jobs == NULL)
    {
      cs_say (GTK_WIDGET (self), error->message);
      return;
    }
  cs_watched_remember (self->studio, CS_KIND_DECK, jobs);
  cs_deck_page_show_job (self, jobs->pdata[0]);
}

static void
write_now (CsDeckPage *self, const CsBrief *brief)
{
  g_autoptr (GPtrArray) briefs = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_brief_free);

  g_ptr_array_add (briefs, cs_brief_copy (brief));
  if (cs_studio_make (self->studio, briefs, add_cb, self))
    g_object_ref (self);
}

/* Over what somebody wrote, it is asked. */

static void
response_cb (CsDeckPage *self, const char *response)
{
  if (self->asked != NULL && g_str_equal (response, "write"))
    write_now (self, self->asked);
  g_clear_pointer (&self->asked, cs_brief_free);
}

static void
ask (CsDeckPage *self, const CsBrief *brief)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *price = cs_money_to_display (brief->max_cost);
  /* translators: on a button; an amount of money */
  g_autofree char *label = g_strdup_printf (_ ("_Write Again · %s"), price);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Write it again?"),
                                              _ ("The new text takes the place of yours. Undo brings yours back, and the gallery keeps it."));

  g_clear_pointer (&self->asked, cs_brief_free);
  self->asked = cs_brief_copy (brief);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep Mine"), "write", label, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "write", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
generate_cb (CsDeckPage *self, const CsBrief *brief)
{
  if (self->studio == NULL || self->job != NULL)
    return;
  if (self->is_open && self->is_edited)
    ask (self, brief);
  else
    write_now (self, brief);
}

/* The failed view */

static void
again_cb (CsDeckPage *self, const CsBrief *brief, guint count)
{
  write_now (self, brief);
}

static void
edit_cb (CsDeckPage *self, const CsBrief *brief)
{
  cs_deck_composer_set_brief (self->composer, brief);
  cs_deck_page_focus_prompt (self);
}

static void
closed_cb (CsDeckPage *self)
{
  _cs_deck_page_show (self, self->is_open ? "deck" : "idle");
}

/* The document */

static void
changed_cb (CsDeckPage *self)
{
  self->is_edited = TRUE;
}

static void
refused_cb (CsDeckPage *self, const char *words)
{
  cs_say (GTK_WIDGET (self), words);
}

static void
moved_cb (CsDeckPage *self)
{
  cs_say (GTK_WIDGET (self), _ ("This presentation was changed elsewhere. Yours is kept as another one."));
}

static void
saving_cb (CsDeckPage *self)
{
  if (self->next != NULL)
    _cs_deck_page_go_on (self);
}

/* A font takes a while the first time it is used. Whoever is still choosing a topic does not notice. */
static gboolean
warm_cb (gpointer user_data)
{
  static const char *const fonts[] = { "Monospace Bold 11", "Monospace Italic 11", "Cantarell Ultra-Bold 40", "Cantarell 24" };
  CsDeckPage *self = user_data;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "# Aa • “”");
  PangoFontDescription *font = pango_font_description_from_string (fonts[self->n_warm]);
  int height;

  pango_layout_set_font_description (layout, font);
  pango_layout_get_pixel_size (layout, NULL, &height);
  pango_font_description_free (font);
  if (++self->n_warm < G_N_ELEMENTS (fonts))
    return G_SOURCE_CONTINUE;
  self->warm = 0;
  return G_SOURCE_REMOVE;
}

/* Read on another thread. */
static void
load_icons (GtkWidget *widget)
{
  static const char *const names[] = { "edit-undo-symbolic", "format-text-bold-symbolic", "format-text-italic-symbolic",
                                       "view-list-bullet-symbolic", "insert-image-symbolic", "pan-down-symbolic",
                                       "media-playback-start-symbolic", "document-save-symbolic", "x-office-presentation-symbolic" };
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_unref (gtk_icon_theme_lookup_icon (theme, names[i], NULL, 16, gtk_widget_get_scale_factor (widget),
                                                gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_PRELOAD));
}

static void
cs_deck_page_map (GtkWidget *widget)
{
  CsDeckPage *self = CS_DECK_PAGE (widget);

  GTK_WIDGET_CLASS (cs_deck_page_parent_class)->map (widget);
  if (self->n_warm > 0 || self->warm != 0)
    return;
  load_icons (widget);
  self->warm = g_idle_add_full (G_PRIORITY_LOW, warm_cb, self, NULL);
}

/* Whoever leaves the page wants what he wrote to be there. */
static void
cs_deck_page_unmap (GtkWidget *widget)
{
  cs_deck_saving_flush (CS_DECK_PAGE (widget)->saving);
  GTK_WIDGET_CLASS (cs_deck_page_parent_class)->unmap (widget);
}

static void
cs_deck_page_dispose (GObject *object)
{
  CsDeckPage *self = CS_DECK_PAGE (object);

  if (self->working != NULL)
    forget_job (self);
  if (self->saving != NULL)
    {
      cs_deck_saving_flush (self->saving);
      g_signal_handlers_disconnect_by_data (self->saving, self);
    }
  if (self->next != NULL)
    g_clear_object (&self->next->creation);
  if (self->next != NULL)
    g_free (self->next->markdown);
  g_clear_pointer (&self->next, g_free);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->show, g_source_remove);
  g_clear_handle_id (&self->warm, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_object (&self->saving);
  g_clear_object (&self->document);
  g_clear_object (&self->studio);
  g_clear_pointer (&self->asked, cs_brief_free);

  G_OBJECT_CLASS (cs_deck_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, switch_bar);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, preview_button);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, split);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, topic_card);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, topic_title);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, topic_facts);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, compose_button);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, left);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, composer);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, pane);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, right);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, fan);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, working);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, failed);
  gtk_widget_class_bind_template_child (widget_class, CsDeckPage, stage);
}

static void
ensure_types (void)
{
  g_type_ensure (CS_TYPE_DECK_COMPOSER);
  g_type_ensure (CS_TYPE_DECK_PANE);
  g_type_ensure (CS_TYPE_DECK_SPLIT);
  g_type_ensure (CS_TYPE_DECK_STAGE);
  g_type_ensure (CS_TYPE_DECK_WORKING);
  g_type_ensure (CS_TYPE_FAILED_VIEW);
  g_type_ensure (CS_TYPE_FAN);
}

static void
cs_deck_page_class_init (CsDeckPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ensure_types ();
  G_OBJECT_CLASS (klass)->dispose = cs_deck_page_dispose;
  widget_class->map = cs_deck_page_map;
  widget_class->unmap = cs_deck_page_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-deck-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, side_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_left);
  gtk_widget_class_bind_template_callback (widget_class, show_switch);
  gtk_widget_class_bind_template_callback (widget_class, generate_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  _cs_deck_page_install_actions (widget_class);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  GSList *files = g_value_get_boxed (value);

  if (files != NULL)
    _cs_deck_page_take_file (user_data, files->data);
  return files != NULL;
}

static void
cs_deck_page_init (CsDeckPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  cs_name_controls (GTK_WIDGET (self));
  cs_deck_sample_show (self->fan);
  self->document = cs_deck_document_new ();
  self->saving = cs_deck_saving_new (self->document);
  cs_deck_pane_set_document (self->pane, self->document, self->saving);
  cs_deck_stage_set_document (self->stage, self->document);
  g_signal_connect_object (self->document, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "refreshed", G_CALLBACK (_cs_deck_page_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saving, "state-changed", G_CALLBACK (saving_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saving, "saved", G_CALLBACK (_cs_deck_page_show_topic), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saving, "failed", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->saving, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  _cs_deck_page_show (self, "idle");
}

GtkWidget *
cs_deck_page_new (void)
{
  return g_object_new (CS_TYPE_DECK_PAGE, NULL);
}

/** cs_deck_page_set_studio: @studio: once the engine is open. */
void
cs_deck_page_set_studio (CsDeckPage *self, CsStudio *studio)
{
  if (!g_set_object (&self->studio, studio))
    return;
  cs_deck_composer_set_studio (self->composer, studio);
  cs_deck_saving_set_studio (self->saving, studio);
  cs_deck_pane_set_studio (self->pane, studio);
  cs_deck_stage_set_studio (self->stage, studio);
}

/** cs_deck_page_show_creation: Opens a presentation of the library, to see and to edit. */
void
cs_deck_page_show_creation (CsDeckPage *self, CsCreation *creation)
{
  CsCreation *now = cs_deck_saving_get_creation (self->saving);

  if (self->is_open && now != NULL && g_str_equal (cs_creation_get_id (now), cs_creation_get_id (creation)))
    {
      _cs_deck_page_show (self, "deck");
      return;
    }
  forget_job (self);
  _cs_deck_page_open (self, creation, FALSE);
}

void
cs_deck_page_generate (CsDeckPage *self)
{
  cs_deck_composer_generate (self->composer);
}

void
cs_deck_page_focus_prompt (CsDeckPage *self)
{
  gtk_toggle_button_set_active (self->compose_button, TRUE);
  gtk_toggle_button_set_active (self->edit_button, TRUE);
  show_left (self);
  cs_deck_composer_focus_prompt (self->composer);
}

/** cs_deck_page_clear: Begins anew; what was chosen stays, and so does everything that was written. */
void
cs_deck_page_clear (CsDeckPage *self)
{
  forget_job (self);
  _cs_deck_page_close (self);
}
