/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds out what a file or an address is, on a thread of its own, and gives it to the page that takes it. Main thread. */
#include "config.h"
#include "ui/cs-opener.h"

#include "ui/cs-link.h"
#include "ui/widgets/cs-say.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_BYTES 64

typedef enum
{
  THING_CREATION,
  THING_PICTURE,
  THING_MARKDOWN,
} Thing;

/* What a file turned out to be. */
typedef struct
{
  char *path;
  char *creations; /* the folder of the library */
  Thing thing;
  char *id;        /* (nullable) of a creation */
} Look;

static void
look_free (Look *look)
{
  g_free (look->path);
  g_free (look->creations);
  g_free (look->id);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

/* Looking, on a thread */

static gboolean
is_in_folder (const char *path, const char *folder)
{
  g_autofree char *parent = g_path_get_dirname (path);
  struct stat one, two;

  return stat (parent, &one) == 0 && stat (folder, &two) == 0 && one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

static gboolean
is_named_markdown (const char *name)
{
  static const char *const endings[] = { ".md", ".markdown", ".mkd", ".mdown" };
  g_autofree char *folded = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (folded, endings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
set_unknown (const char *name, GError **error)
{
  cs_set_error (error, CS_ERROR_INVALID_VALUE,
                _ ("“%s” cannot be opened here. Pictures (PNG, JPEG, WebP), Markdown files and creations of the library can."), name);
  return FALSE;
}

static gboolean
set_io_error (int code, const char *name, GError **error)
{
  GError *reason = g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));

  g_propagate_error (error, cs_error_from_io (reason, name));
  return FALSE;
}

/* By its first bytes: names are not believed, but that of a text, which has no such bytes. */
static gboolean
sniff (Look *look, int fd, const char *name, GError **error)
{
  guint8 head[HEAD_BYTES];
  gssize length = read (fd, head, sizeof head);
  const char *type = length > 0 ? cs_media_type_sniff (head, (gsize) length) : NULL;

  if (length < 0)
    return set_io_error (errno, name, error);
  if (type != NULL && g_str_has_prefix (type, "image/"))
    look->thing = THING_PICTURE;
  else if (type == NULL && is_named_markdown (name))
    look->thing = THING_MARKDOWN;
  else
    return set_unknown (name, error);
  return TRUE;
}

/* A pipe or a device is opened without waiting for whoever is behind it. */
static gboolean
look_into (Look *look, const char *name, GError **error)
{
  int fd = open (look->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info;
  gboolean is_known;

  if (fd < 0)
    return set_io_error (errno, name, error);
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    is_known = set_unknown (name, error);
  else
    is_known = sniff (look, fd, name, error);
  close (fd);
  return is_known;
}

/* An id alone comes as the name of a file that is not there. */
static gboolean
look_at (Look *look, GError **error)
{
  g_autofree char *base = g_path_get_basename (look->path);
  g_autofree char *name = g_filename_display_basename (look->path);
  gboolean is_there = g_file_test (look->path, G_FILE_TEST_EXISTS);

  if (!is_there || is_in_folder (look->path, look->creations))
    look->id = cs_link_dup_file_name (base);
  if (!is_there && strlen (base) != CS_ID_LENGTH)
    g_clear_pointer (&look->id, g_free);
  if (look->id != NULL)
    return TRUE;
  return look_into (look, name, error);
}

static void
look_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (look_at (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Opening */

/* All that was given at once. */
typedef struct
{
  CsWindow *window;
  GPtrArray *files;
  guint position;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->window);
  g_ptr_array_unref (opening->files);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void open_next (Opening *opening);

static void
show_creation (Opening *opening, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (opening->window), "win.show-creation", "s", id);
}

static void
take (Opening *opening, const Look *look)
{
  g_autoptr (GFile) file = g_file_new_for_path (look->path);

  switch (look->thing)
    {
    case THING_PICTURE:
      cs_window_use_image (opening->window, CS_KIND_VIDEO, look->path);
      break;
    case THING_MARKDOWN:
      cs_window_begin_deck (opening->window, file);
      break;
    case THING_CREATION:
    default:
      show_creation (opening, look->id);
      break;
    }
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    take (opening, g_task_get_task_data (G_TASK (result)));
  else
    cs_say (GTK_WIDGET (opening->window), error->message);
  open_next (opening);
}

static void
look (Opening *opening, const char *path)
{
  CsPaths *paths = cs_engine_get_paths (cs_studio_get_engine (cs_window_get_studio (opening->window)));
  g_autoptr (GTask) task = g_task_new (NULL, NULL, looked_cb, opening);
  Look *data = g_new0 (Look, 1);

  data->path = g_strdup (path);
  data->creations = g_strdup (cs_paths_get_creations (paths));
  g_task_set_source_tag (task, look);
  g_task_set_task_data (task, data, (GDestroyNotify) look_free);
  g_task_run_in_thread (task, look_thread);
}

static void
open_link (Opening *opening, const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = cs_link_dup_creation (uri, &error);

  if (id != NULL)
    show_creation (opening, id);
  else
    cs_say (GTK_WIDGET (opening->window), error->message);
}

/* Takes @opening: whatever it takes a while to look at goes on with it. */
static void
open_next (Opening *opening)
{
  g_autoptr (Opening) owned = opening;

  while (opening->position < opening->files->len)
    {
      GFile *file = opening->files->pdata[opening->position++];
      g_autofree char *uri = g_file_get_uri (file);
      g_autofree char *path = g_file_get_path (file);

      if (cs_link_is_ours (uri))
        open_link (opening, uri);
      else if (path == NULL)
        cs_say (GTK_WIDGET (opening->window), _ ("This file is not on this computer. Copy it here first."));
      else
        {
          look (g_steal_pointer (&owned), path);
          return;
        }
    }
}

void
cs_opener_open (CsWindow *window, GPtrArray *files)
{
  Opening *opening = g_new0 (Opening, 1);

  g_return_if_fail (cs_window_get_studio (window) != NULL);

  opening->window = g_object_ref (window);
  opening->files = g_ptr_array_ref (files);
  open_next (opening);
}
