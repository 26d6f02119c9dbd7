/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with finished creations; what is possible when is in one function. Main thread. */
#include "config.h"
#include "ui/stage/cs-done-view-private.h"

#include "ui/gallery/cs-creation-content.h"
#include "ui/gallery/cs-export.h"
#include "ui/gallery/cs-saver.h"
#include "ui/gallery/cs-trash.h"
#include "ui/widgets/cs-say.h"
#include "ui/widgets/cs-show-file.h"

static CsLibrary *
get_library (CsDoneView *self)
{
  return cs_engine_get_library (cs_studio_get_engine (self->studio));
}

/* (transfer full) (nullable): the file of the one that is chosen first. */
static char *
dup_path (CsDoneView *self)
{
  CsCreation *creation = _cs_done_view_get_selected (self);

  return creation != NULL ? cs_library_dup_file_path (get_library (self), creation) : NULL;
}

/* (transfer full): of all that are chosen; the array is as long as the creations live. */
static const char **
list_ids (GPtrArray *creations)
{
  const char **ids = g_new0 (const char *, creations->len + 1);

  for (guint i = 0; i < creations->len; i++)
    ids[i] = cs_creation_get_id (creations->pdata[i]);
  return ids;
}

/* Out of the library */

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  g_autoptr (GPtrArray) selected = _cs_done_view_list_selected (self);
  g_autofree const char **ids = list_ids (selected);

  if (selected->len == 1)
    cs_save_creation (widget, self->studio, selected->pdata[0], cs_export_get_mode (self->studio));
  else if (selected->len > 1)
    cs_save_creations (widget, self->studio, ids);
}

static void
strip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  CsCreation *creation = _cs_done_view_get_selected (self);

  if (creation != NULL)
    cs_save_stripped (widget, self->studio, creation);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  CsCreation *creation = _cs_done_view_get_selected (self);
  g_autoptr (GdkContentProvider) content = creation != NULL ? cs_creation_content_new (self->studio, creation) : NULL;

  if (content != NULL && gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content))
    cs_say (widget, _ ("Copied"));
}

static void
copy_prompt_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsCreation *creation = _cs_done_view_get_selected (CS_DONE_VIEW (widget));

  if (creation == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), cs_creation_get_facts (creation)->prompt);
  cs_say (widget, _ ("Copied"));
}

static void
folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *path = dup_path (CS_DONE_VIEW (widget));

  if (path != NULL)
    cs_show_file (widget, path);
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsCreation *creation = _cs_done_view_get_selected (CS_DONE_VIEW (widget));

  if (creation != NULL)
    gtk_widget_activate_action (widget, "win.show-creation", "s", cs_creation_get_id (creation));
}

/* Changing it */

static void
favourite_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkToggleButton *star = CS_DONE_VIEW (widget)->star;

  gtk_toggle_button_set_active (star, !gtk_toggle_button_get_active (star));
}

static void
rename_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  CsCreation *creation = _cs_done_view_get_selected (self);

  if (creation != NULL)
    cs_rename_popover_ask (self->rename, cs_creation_get_facts (creation)->title);
}

static void
renamed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDoneView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_rename_finish (CS_LIBRARY (source), result, &error);

  if (creation != NULL)
    _cs_done_view_replace (self, creation);
  else
    cs_say (GTK_WIDGET (self), error->message);
}

static void
rename_cb (CsDoneView *self, const char *title)
{
  CsCreation *creation = _cs_done_view_get_selected (self);

  if (creation != NULL)
    cs_library_rename_async (get_library (self), cs_creation_get_id (creation), title, NULL, NULL, renamed_cb, g_object_ref (self));
}

static void
trash_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  g_autoptr (GPtrArray) selected = _cs_done_view_list_selected (self);
  g_autofree const char **ids = list_ids (selected);

  if (selected->len == 0)
    return;
  cs_trash_creations (widget, self->studio, ids);
  _cs_done_view_remove (self, ids);
}

/* Going on from it */

/* (transfer full) (nullable): the picture that can be begun from; of a film, its first one. */
static char *
dup_picture (CsDoneView *self)
{
  CsCreation *creation = _cs_done_view_get_selected (self);
  const CsCreationFacts *facts = creation != NULL ? cs_creation_get_facts (creation) : NULL;

  if (facts != NULL && facts->kind == CS_KIND_VIDEO)
    return cs_creation_dup_path (facts, CS_CREATION_THUMBNAIL, cs_engine_get_paths (cs_studio_get_engine (self->studio)));
  return dup_path (self);
}

static void
use_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  CsCreation *creation = _cs_done_view_get_selected (self);
  g_autofree char *path = dup_picture (self);

  if (path != NULL)
    gtk_widget_activate_action (widget, "win.use-image", "(ss)", cs_kind_to_string (cs_creation_get_facts (creation)->kind), path);
}

/* Of a film another one is made at once; a picture goes to where its film is described. */
static void
again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDoneView *self = CS_DONE_VIEW (widget);
  CsCreation *creation = _cs_done_view_get_selected (self);
  g_autofree char *path = NULL;
  g_autoptr (CsBrief) brief = NULL;

  if (self->brief == NULL || creation == NULL)
    return;
  if (cs_creation_get_facts (creation)->kind == CS_KIND_IMAGE)
    {
      path = dup_path (self);
      gtk_widget_activate_action (widget, "win.use-image", "(ss)", cs_kind_to_string (CS_KIND_VIDEO), path);
      return;
    }
  brief = cs_brief_copy (self->brief);
  brief->has_seed = TRUE; /* another one, also where the same words give the same picture */
  brief->seed = (gint64) (((guint64) g_random_int () << 20 | g_random_int ()) & CS_SEED_MAX);
  _cs_done_view_emit_again (self, brief);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; GdkModifierType state; const char *action; } keys[] = {
    { GDK_KEY_s, GDK_CONTROL_MASK, "done.save" }, { GDK_KEY_c, GDK_CONTROL_MASK, "done.copy" },
    { GDK_KEY_r, GDK_CONTROL_MASK, "done.again" }, { GDK_KEY_s, 0, "done.favourite" },
    { GDK_KEY_Delete, 0, "done.trash" },          { GDK_KEY_KP_Delete, 0, "done.trash" },
    { GDK_KEY_F2, 0, "done.rename" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].state, keys[i].action, NULL);
}

void
_cs_done_view_install_actions (GtkWidgetClass *widget_class)
{
  static const struct { const char *name; GtkWidgetActionActivateFunc func; } actions[] = {
    { "done.save", save_action },     { "done.strip", strip_action },         { "done.copy", copy_action },
    { "done.copy-prompt", copy_prompt_action }, { "done.folder", folder_action }, { "done.show", show_action },
    { "done.favourite", favourite_action }, { "done.rename", rename_action }, { "done.trash", trash_action },
    { "done.use", use_action },       { "done.again", again_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
  gtk_widget_class_bind_template_callback (widget_class, rename_cb);
  add_keys (widget_class);
}

void
_cs_done_view_update_actions (CsDoneView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GPtrArray) selected = _cs_done_view_list_selected (self);
  static const char *const for_any[] = { "done.save", "done.copy", "done.copy-prompt", "done.folder", "done.trash" };
  static const char *const for_one[] = { "done.strip", "done.show", "done.favourite", "done.rename", "done.use" };

  for (guint i = 0; i < G_N_ELEMENTS (for_any); i++)
    gtk_widget_action_set_enabled (widget, for_any[i], selected->len > 0);
  for (guint i = 0; i < G_N_ELEMENTS (for_one); i++)
    gtk_widget_action_set_enabled (widget, for_one[i], selected->len == 1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->star), selected->len == 1);
  gtk_widget_action_set_enabled (widget, "done.again", selected->len == 1 && self->brief != NULL);
}
