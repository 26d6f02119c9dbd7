/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * This process as the driver of jobs. The kernel lets go of the lock when the process dies, however it dies: a name
 * whose file is free, or gone, is a dead owner. Any thread; the calls are a few system calls on a local folder.
 */
#include "config.h"
#include "jobs/cs-owner.h"

#include "core/cs-error.h"
#include "core/cs-id.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

struct _CsOwner
{
  char *name;
  char *path;
  int fd;
};

/**
 * cs_owner_new:
 * @folder: the folder of the owners
 *
 * Takes a new name. The file is locked before it gets its name, so that nobody ever sees it free while we live.
 */
CsOwner *
cs_owner_new (const char *folder, GError **error)
{
  g_autoptr (CsOwner) self = g_new0 (CsOwner, 1);
  g_autofree char *hidden = NULL;

  self->name = cs_id_new ();
  self->path = g_build_filename (folder, self->name, NULL);
  hidden = g_strdup_printf ("%s/.%s", folder, self->name);
  self->fd = open (hidden, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (self->fd < 0 || flock (self->fd, LOCK_EX | LOCK_NB) != 0 || rename (hidden, self->path) != 0)
    {
      int code = errno;

      unlink (hidden);
      g_propagate_error (error, cs_error_from_io (g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code),
                                                                       g_strerror (code)),
                                                  folder));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
cs_owner_free (CsOwner *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    {
      unlink (self->path);
      close (self->fd);
    }
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

const char *
cs_owner_get_name (CsOwner *self)
{
  return self->name;
}

/**
 * cs_owner_is_alive:
 *
 * Only what is known for sure makes an owner dead: its file is gone or its lock is free. Whatever else goes wrong (no
 * more file descriptors, no permission) leaves it alive, since a job that is driven twice may be paid twice.
 *
 * Returns: TRUE while the process called @name holds its lock.
 */
gboolean
cs_owner_is_alive (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd;
  gboolean is_alive;

  if (!cs_id_is_valid (name))
    return FALSE;
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return errno != ENOENT;
  is_alive = flock (fd, LOCK_SH | LOCK_NB) != 0;
  close (fd);
  return is_alive;
}

/** cs_owner_is_alone: Returns: TRUE when no owner but the one called @name can be alive. */
gboolean
cs_owner_is_alone (const char *folder, const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *other;

  while (dir != NULL && (other = g_dir_read_name (dir)) != NULL)
    if (!g_str_equal (other, name) && (other[0] == '.' || cs_owner_is_alive (folder, other)))
      return FALSE;
  return dir != NULL;
}

/** cs_owner_sweep: Removes the files that dead owners left. */
void
cs_owner_sweep (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (cs_id_is_valid (name) && !cs_owner_is_alive (folder, name))
        unlink (path);
    }
}
