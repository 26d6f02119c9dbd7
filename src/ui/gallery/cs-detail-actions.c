/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with the creation that is looked at; what is possible when is in one function. Main thread. */
#include "config.h"
#include "ui/gallery/cs-detail-page-private.h"

#include "ui/composer/cs-quote.h"
#include "ui/gallery/cs-creation-content.h"
#include "ui/gallery/cs-export.h"
#include "ui/gallery/cs-open-with.h"
#include "ui/gallery/cs-picture-window.h"
#include "ui/gallery/cs-saver.h"
#include "ui/gallery/cs-trash.h"
#include "ui/widgets/cs-say.h"
#include "ui/widgets/cs-show-file.h"

static CsLibrary *
get_library (CsDetailPage *self)
{
  return cs_engine_get_library (cs_studio_get_engine (self->studio));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _cs_detail_page_close (CS_DETAIL_PAGE (widget));
}

static void
go_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _cs_detail_page_go (CS_DETAIL_PAGE (widget), g_str_equal (name, "detail.next") ? 1 : -1);
}

/* By keys: to the side they show. A film has better use for them. */
static void
turn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gboolean is_right = g_str_equal (name, "detail.right");
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  _cs_detail_page_go (CS_DETAIL_PAGE (widget), is_right != is_rtl ? 1 : -1);
}

/* Changing it */

static void
favourite_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDetailPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_favourite_finish (CS_LIBRARY (source), result, &error);

  if (creation == NULL)
    cs_say (GTK_WIDGET (self), error->message);
}

static void
favourite_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);

  cs_library_favourite_async (get_library (self), cs_creation_get_id (self->creation), !cs_creation_get_facts (self->creation)->favourite,
                              NULL, favourite_cb, g_object_ref (self));
}

static void
rename_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);

  cs_rename_popover_ask (self->rename, cs_creation_get_facts (self->creation)->title);
}

static void
renamed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDetailPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_library_rename_finish (CS_LIBRARY (source), result, &error);

  if (creation == NULL)
    cs_say (GTK_WIDGET (self), error->message);
}

static void
rename_cb (CsDetailPage *self, const char *title)
{
  cs_library_rename_async (get_library (self), cs_creation_get_id (self->creation), title, NULL, NULL, renamed_cb, g_object_ref (self));
}

static void
collect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_popover_popup (GTK_POPOVER (CS_DETAIL_PAGE (widget)->collections));
}

/* After what went into the trash comes the next one; when there is none, the page is left. */
static void
trash_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);
  const char *ids[] = { cs_creation_get_id (self->creation), NULL };

  g_strfreev (self->undo);
  self->undo = g_strdupv ((char **) ids);
  cs_trash_creations (widget, self->studio, (const char *const *) self->undo);
  if (!_cs_detail_page_go (self, 1) && !_cs_detail_page_go (self, -1))
    _cs_detail_page_close (self);
  _cs_detail_page_update_actions (self);
}

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);
  const char *ids[] = { cs_creation_get_id (self->creation), NULL };

  cs_restore_creations (widget, self->studio, ids);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);

  cs_restore_creations (widget, self->studio, (const char *const *) self->undo);
  g_clear_pointer (&self->undo, g_strfreev);
  _cs_detail_page_update_actions (self);
}

/* Out of the library */

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);

  cs_save_creation (widget, self->studio, self->creation, cs_export_get_mode (self->studio));
}

static void
strip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);

  cs_save_stripped (widget, self->studio, self->creation);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);
  g_autoptr (GdkContentProvider) content = cs_creation_content_new (self->studio, self->creation);

  if (gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content))
    cs_say (widget, _ ("Copied"));
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, CsDetailPage *self)
{
  if (self->creation == NULL || cs_creation_get_facts (self->creation)->missing)
    return NULL;
  return cs_creation_content_new (self->studio, self->creation);
}

static void
folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *path = _cs_detail_page_dup_file (CS_DETAIL_PAGE (widget));

  cs_show_file (widget, path);
}

static void
open_with_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);

  cs_open_with (widget, self->studio, self->creation);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);

  gtk_widget_activate_action (widget, "win.show-creation", "s", cs_creation_get_id (self->creation));
}

static void
full_screen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);
  const CsCreationFacts *facts = cs_creation_get_facts (self->creation);
  g_autofree char *path = _cs_detail_page_dup_file (self);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (facts->kind == CS_KIND_VIDEO)
    gtk_widget_activate_action (GTK_WIDGET (self->player), "player.fullscreen", NULL);
  else
    gtk_window_present (cs_picture_window_new (GTK_WINDOW (root), path, facts->title, facts->width, facts->height));
}

/* A missing file that the user knows the place of */

static void
returned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CsDetailPage) self = user_data;
  g_autoptr (GError) error = NULL;

  cs_say (GTK_WIDGET (self), cs_library_return_finish (CS_LIBRARY (source), result, &error) ? _ ("The file is back in the library")
                                                                                           : error->message);
}

static void
find_response_cb (CsDetailPage *self, int response, GtkFileChooserNative *chooser)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && self->creation != NULL)
    cs_library_return_async (get_library (self), cs_creation_get_id (self->creation), path, NULL, returned_cb, g_object_ref (self));
  g_object_unref (chooser);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_ ("Find the File"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (find_response_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Going on from it */

/* (transfer full) (nullable): the picture that can be begun from; of a film, its first one. */
static char *
dup_picture (CsDetailPage *self)
{
  const CsCreationFacts *facts = cs_creation_get_facts (self->creation);

  if (facts->kind == CS_KIND_IMAGE)
    return facts->missing ? NULL : _cs_detail_page_dup_file (self);
  return facts->kind == CS_KIND_VIDEO
           ? cs_creation_dup_path (facts, CS_CREATION_THUMBNAIL, cs_engine_get_paths (cs_studio_get_engine (self->studio)))
           : NULL;
}

static void
use_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);
  g_autofree char *path = dup_picture (self);
  gboolean is_image = cs_creation_get_facts (self->creation)->kind == CS_KIND_IMAGE;

  if (path != NULL)
    gtk_widget_activate_action (widget, "win.use-image", "(ss)", cs_kind_to_string (is_image ? CS_KIND_IMAGE : CS_KIND_VIDEO), path);
}

/* Of a film, another one like it is made at once; a picture goes to where its film is described. */
static void
again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CsDetailPage *self = CS_DETAIL_PAGE (widget);
  g_autofree char *path = NULL;
  g_autoptr (CsBrief) brief = NULL;

  if (self->brief == NULL)
    return;
  if (cs_creation_get_facts (self->creation)->kind == CS_KIND_IMAGE)
    {
      path = _cs_detail_page_dup_file (self);
      gtk_widget_activate_action (widget, "win.use-image", "(ss)", cs_kind_to_string (CS_KIND_VIDEO), path);
      return;
    }
  brief = cs_brief_copy (self->brief);
  brief->has_seed = TRUE;
  brief->seed = (gint64) (((guint64) g_random_int () << 20 | g_random_int ()) & CS_SEED_MAX);
  _cs_detail_page_emit_again (self, brief);
}

/* What is asked for again: a film as it was asked for, of a picture a film that begins with it. */
static CsBrief *
make_brief (CsDetailPage *self)
{
  const CsCreationFacts *facts = cs_creation_get_facts (self->creation);
  CsBrief *brief = NULL;

  if (facts->kind == CS_KIND_VIDEO && self->job != NULL)
    {
      brief = cs_brief_copy (cs_job_get_facts (self->job)->brief);
      g_clear_pointer (&brief->request_id, g_free);
    }
  else if (facts->kind == CS_KIND_IMAGE && !facts->missing)
    {
      brief = cs_brief_new (CS_KIND_VIDEO);
      cs_set_string (&brief->prompt, facts->original_prompt);
      brief->image = _cs_detail_page_dup_file (self);
    }
  return brief;
}

void
_cs_detail_page_update_again (CsDetailPage *self)
{
  gboolean is_image = cs_creation_get_facts (self->creation)->kind == CS_KIND_IMAGE;
  g_autoptr (CsQuote) quote = NULL;
  g_autofree char *price = NULL;

  g_clear_pointer (&self->brief, cs_brief_free);
  g_clear_pointer (&self->again_words, g_free);
  self->brief = make_brief (self);
  if (self->brief != NULL)
    quote = cs_quote_new (self->studio, self->brief, 1, NULL);
  if (quote != NULL && quote->state == CS_QUOTE_GOOD)
    {
      price = cs_money_to_display (quote->total);
      self->brief->max_cost = cs_studio_get_most (self->studio, quote->total);
      /* translators: on buttons: make a film of this picture; make another one like this; an amount of money */
      self->again_words = g_strdup_printf (is_image ? _ ("Animate · %s") : _ ("Again · %s"), price);
    }
  else
    {
      g_clear_pointer (&self->brief, cs_brief_free);
      self->again_words = g_strdup (is_image ? _ ("Animate") : _ ("Again"));
    }
  g_object_notify (G_OBJECT (self), "again-words");
  _cs_detail_page_update_actions (self);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; GdkModifierType state; const char *action; } keys[] = {
    { GDK_KEY_Escape, 0, "detail.close" },         { GDK_KEY_Left, GDK_ALT_MASK, "detail.close" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "detail.save" }, { GDK_KEY_c, GDK_CONTROL_MASK, "detail.copy" },
    { GDK_KEY_r, GDK_CONTROL_MASK, "detail.again" }, { GDK_KEY_z, GDK_CONTROL_MASK, "detail.undo" },
    { GDK_KEY_s, 0, "detail.favourite" },          { GDK_KEY_Delete, 0, "detail.trash" },
    { GDK_KEY_KP_Delete, 0, "detail.trash" },      { GDK_KEY_f, 0, "detail.full-screen" },
    { GDK_KEY_F11, 0, "detail.full-screen" },      { GDK_KEY_F2, 0, "detail.rename" },
    { GDK_KEY_Page_Up, 0, "detail.previous" },     { GDK_KEY_Page_Down, 0, "detail.next" },
    { GDK_KEY_Left, 0, "detail.left" },            { GDK_KEY_Right, 0, "detail.right" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].state, keys[i].action, NULL);
}

void
_cs_detail_page_install_actions (GtkWidgetClass *widget_class)
{
  static const struct { const char *name; GtkWidgetActionActivateFunc func; } actions[] = {
    { "detail.close", close_action },     { "detail.previous", go_action },           { "detail.next", go_action },
    { "detail.favourite", favourite_action }, { "detail.rename", rename_action },     { "detail.collect", collect_action },
    { "detail.trash", trash_action },     { "detail.undo", undo_action },             { "detail.save", save_action },
    { "detail.strip", strip_action },     { "detail.copy", copy_action },             { "detail.folder", folder_action },
    { "detail.open-with", open_with_action }, { "detail.open", open_action },         { "detail.full-screen", full_screen_action },
    { "detail.find", find_action },       { "detail.use", use_action },               { "detail.again", again_action },
    { "detail.left", turn_action },       { "detail.right", turn_action },            { "detail.restore", restore_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
  gtk_widget_class_bind_template_callback (widget_class, rename_cb);
  gtk_widget_class_bind_template_callback (widget_class, prepare_cb);
  add_keys (widget_class);
}

void
_cs_detail_page_update_actions (CsDetailPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const CsCreationFacts *facts = self->creation != NULL ? cs_creation_get_facts (self->creation) : NULL;
  gboolean has_file = facts != NULL && !facts->missing;
  gboolean is_film = has_file && facts->kind == CS_KIND_VIDEO;
  static const char *const for_any[] = { "detail.favourite", "detail.rename", "detail.collect" };
  static const char *const for_files[] = { "detail.save", "detail.strip", "detail.copy", "detail.folder", "detail.open-with" };

  for (guint i = 0; i < G_N_ELEMENTS (for_any); i++)
    gtk_widget_action_set_enabled (widget, for_any[i], facts != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (for_files); i++)
    gtk_widget_action_set_enabled (widget, for_files[i], has_file);
  gtk_widget_action_set_enabled (widget, "detail.trash", facts != NULL && facts->trashed_at == 0);
  gtk_widget_action_set_enabled (widget, "detail.undo", self->undo != NULL);
  gtk_widget_action_set_enabled (widget, "detail.open", has_file && facts->kind == CS_KIND_DECK);
  gtk_widget_action_set_enabled (widget, "detail.full-screen", has_file && facts->kind != CS_KIND_DECK);
  gtk_widget_action_set_enabled (widget, "detail.find", facts != NULL && facts->missing);
  gtk_widget_action_set_enabled (widget, "detail.use", has_file && facts->kind != CS_KIND_DECK);
  gtk_widget_action_set_enabled (widget, "detail.again", self->brief != NULL);
  gtk_widget_action_set_enabled (widget, "detail.restore", facts != NULL && facts->trashed_at != 0);
  gtk_widget_action_set_enabled (widget, "detail.previous", _cs_detail_page_has_next (self, -1));
  gtk_widget_action_set_enabled (widget, "detail.next", _cs_detail_page_has_next (self, 1));
  gtk_widget_action_set_enabled (widget, "detail.left", facts != NULL && !is_film);
  gtk_widget_action_set_enabled (widget, "detail.right", facts != NULL && !is_film);
}
