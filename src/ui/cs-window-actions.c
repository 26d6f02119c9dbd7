/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done from anywhere in a window, by menu, key or button; what is possible when is in one function. */
#include "config.h"
#include "ui/cs-window-private.h"

#include "ui/cs-job-list.h"
#include "ui/jobs/cs-job-deeds.h"
#include "ui/preferences/cs-preferences-window.h"
#include "ui/wallet/cs-wallet-window.h"
#include "ui/widgets/cs-say.h"
#include "ui/widgets/cs-show-file.h"

#define SECONDS_TO_DECIDE 10 /* that words with a button stay */

/* The create page that is seen; NULL for the others. */
static CsCreatePage *
get_create_page (CsWindow *self)
{
  GtkWidget *page = adw_bin_get_child (ADW_BIN (adw_view_stack_get_visible_child (self->pages)));

  return CS_IS_CREATE_PAGE (page) ? CS_CREATE_PAGE (page) : NULL;
}

static gboolean
is_deck_page (CsWindow *self)
{
  return adw_view_stack_get_visible_child (self->pages) == GTK_WIDGET (self->deck_place);
}

/* Whoever comes by a shortcut is in the page, where the next key does something: not on the bar above it. */
static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);
  GtkWidget *focus, *place;

  cs_window_show_page (self, g_variant_get_string (parameter, NULL));
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  place = adw_view_stack_get_visible_child (self->pages);
  if (focus == NULL || !gtk_widget_is_ancestor (focus, place))
    gtk_widget_child_focus (place, GTK_DIR_TAB_FORWARD);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _cs_window_go_back (CS_WINDOW (widget));
}

/* From the gallery, a video is the usual thing to begin. */
static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (get_create_page (self) == NULL && !is_deck_page (self))
    cs_window_show_page (self, "video");
  if (is_deck_page (self))
    cs_deck_page_clear (self->deck_page);
  else
    cs_create_page_clear (get_create_page (self));
}

static void
focus_prompt_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (is_deck_page (self))
    cs_deck_page_focus_prompt (self->deck_page);
  else if (get_create_page (self) != NULL)
    cs_create_page_focus_prompt (get_create_page (self));
}

static void
generate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (is_deck_page (self))
    cs_deck_page_generate (self->deck_page);
  else if (get_create_page (self) != NULL)
    cs_create_page_generate (get_create_page (self));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  cs_window_show_page (self, "gallery");
  cs_gallery_page_search (_cs_window_get_gallery_page (self));
}

static void
jobs_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  if (self->detail_page != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->detail_page)))
    cs_detail_page_popup_jobs (self->detail_page);
  else
    cs_jobs_button_popup (self->jobs_button);
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present (cs_preferences_window_new (CS_WINDOW (widget)->studio, GTK_WINDOW (widget)));
}

/* At one page of it. */
static void
preferences_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *window = cs_preferences_window_new (CS_WINDOW (widget)->studio, GTK_WINDOW (widget));

  cs_preferences_window_show_page (CS_PREFERENCES_WINDOW (window), g_variant_get_string (parameter, NULL));
  gtk_window_present (window);
}

/* At the row of one key, ready to paste. */
static void
add_key_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *window = cs_preferences_window_new (CS_WINDOW (widget)->studio, GTK_WINDOW (widget));
  CsKeyName key;

  gtk_window_present (window);
  if (cs_key_name_from_string (g_variant_get_string (parameter, NULL), &key))
    cs_preferences_window_show_key (CS_PREFERENCES_WINDOW (window), key);
}

static void
wallet_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present (cs_wallet_window_new (CS_WINDOW (widget)->studio, GTK_WINDOW (widget)));
}

static void
say_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *words, *button, *action;
  g_autoptr (GVariant) target = NULL;
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  g_variant_get (parameter, "(&s&s&smv)", &words, &button, &action, &target);
  escaped = g_markup_escape_text (words, -1);
  toast = adw_toast_new (escaped);
  if (*button != '\0')
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_timeout (toast, SECONDS_TO_DECIDE);
    }
  if (*action != '\0')
    adw_toast_set_action_name (toast, action);
  if (target != NULL)
    adw_toast_set_action_target_value (toast, target);
  cs_window_add_toast (CS_WINDOW (widget), toast);
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_get_finish (CS_LIBRARY (source), result, &error);

  if (creation != NULL)
    cs_window_show_creation (self, creation, NULL);
  else
    cs_say (GTK_WIDGET (self), error->message);
}

static void
show_creation_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);

  cs_library_get_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), g_variant_get_string (parameter, NULL), NULL,
                        get_cb, g_object_ref (self));
}

/* Those that were asked for together with @job and are still of concern to somebody, it among them. */
static GPtrArray *
find_batch (GListModel *jobs, CsJob *job)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (g_object_unref);
  const char *name = cs_job_get_facts (job)->batch;

  for (guint i = 0; name != NULL && i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (CsJob) other = g_list_model_get_item (jobs, i);

      if (g_strcmp0 (cs_job_get_facts (other)->batch, name) == 0)
        g_ptr_array_add (batch, g_object_ref (other));
    }
  if (batch->len == 0)
    g_ptr_array_add (batch, g_object_ref (job));
  return batch;
}

/* (nullable) (transfer none): the page that @job belongs to; NULL for presentations. */
static CsCreatePage *
show_page_of (CsWindow *self, CsJob *job)
{
  CsKind kind = cs_job_get_facts (job)->kind;

  cs_window_show_page (self, kind == CS_KIND_VIDEO ? "video" : kind == CS_KIND_IMAGE ? "image" : "presentation");
  return get_create_page (self);
}

static void
show_job_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);
  GListModel *jobs = cs_studio_get_jobs (self->studio);
  CsJob *job = cs_job_list_find (CS_JOB_LIST (jobs), g_variant_get_string (parameter, NULL));
  CsCreatePage *page = job != NULL ? show_page_of (self, job) : NULL;
  g_autoptr (GPtrArray) batch = page != NULL ? find_batch (jobs, job) : NULL;

  if (batch != NULL)
    cs_create_page_show_jobs (page, batch);
}

/* Its words go into the composer; the job itself, which cannot go on with them, is over. */
static void
edit_job_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);
  CsJob *job = cs_job_list_find (CS_JOB_LIST (cs_studio_get_jobs (self->studio)), g_variant_get_string (parameter, NULL));
  CsCreatePage *page = job != NULL ? show_page_of (self, job) : NULL;

  if (page == NULL)
    return;
  cs_create_page_set_brief (page, cs_job_get_facts (job)->brief);
  cs_create_page_focus_prompt (page);
  if (cs_job_state_is_final (cs_job_get_facts (job)->state))
    cs_job_dismiss (self->studio, job);
  else if (cs_job_state_is_unsent (cs_job_get_facts (job)->state))
    cs_job_cancel (widget, self->studio, job);
}

static void
restore_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  cs_library_trash_all_finish (CS_LIBRARY (source), result, &error);
  if (error != NULL)
    cs_say (GTK_WIDGET (self), error->message);
}

/* Out of the trash again. */
static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsWindow *self = CS_WINDOW (widget);
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);

  cs_library_trash_all_async (cs_engine_get_library (cs_studio_get_engine (self->studio)), ids, FALSE, NULL, restore_cb,
                              g_object_ref (self));
}

static void
show_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cs_show_file (widget, g_variant_get_string (parameter, NULL));
}

static void
use_image_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *word, *path;
  CsKind kind = CS_KIND_VIDEO;

  g_variant_get (parameter, "(&s&s)", &word, &path);
  cs_kind_from_string (word, &kind);
  cs_window_use_image (CS_WINDOW (widget), kind, path);
}

void
_cs_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.page", "s", page_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "win.focus-prompt", NULL, focus_prompt_action);
  gtk_widget_class_install_action (widget_class, "win.generate", NULL, generate_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.jobs", NULL, jobs_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.preferences-page", "s", preferences_page_action);
  gtk_widget_class_install_action (widget_class, "win.add-key", "s", add_key_action);
  gtk_widget_class_install_action (widget_class, "win.wallet", NULL, wallet_action);
  gtk_widget_class_install_action (widget_class, "win.say", "(sssmv)", say_action);
  gtk_widget_class_install_action (widget_class, "win.show-creation", "s", show_creation_action);
  gtk_widget_class_install_action (widget_class, "win.show-job", "s", show_job_action);
  gtk_widget_class_install_action (widget_class, "win.edit-job", "s", edit_job_action);
  gtk_widget_class_install_action (widget_class, "win.restore", "as", restore_action);
  gtk_widget_class_install_action (widget_class, "win.show-file", "s", show_file_action);
  gtk_widget_class_install_action (widget_class, "win.use-image", "(ss)", use_image_action);
  /* Not as a key of the program: those come first, and Escape means something else to whatever has the focus. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}

/* Without an engine nothing can be made or set; on the gallery nothing is generated. */
void
_cs_window_update_actions (CsWindow *self)
{
  static const char *const needing[] = { "win.new", "win.focus-prompt", "win.search", "win.jobs", "win.preferences",
                                         "win.preferences-page", "win.add-key", "win.wallet", "win.show-creation", "win.use-image",
                                         "win.restore", "win.show-job", "win.edit-job" };
  gboolean is_open = self->studio != NULL;
  gboolean can_make = is_open && (get_create_page (self) != NULL || is_deck_page (self));

  for (guint i = 0; i < G_N_ELEMENTS (needing); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), needing[i], is_open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.generate", can_make);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", _cs_window_can_go_back (self));
}
