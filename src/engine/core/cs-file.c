/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that are there whole or not at all: written under another name in the same folder, synced, given
 * their name, the folder synced. For this user only (0600). Everything blocks: worker threads only.
 */
#include "config.h"
#include "core/cs-file.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (256 * 1024)
#define KERNEL_CHUNK (16 * 1024 * 1024)

/* A file on its way: open, under a name of its own beside the target. */
typedef struct
{
  const char *target;
  char *path;
  int fd;
} Draft;

static gboolean
set_read_error (const char *path, int code, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  GError *cause = g_error_new_literal (G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));

  g_propagate_error (error, cs_error_from_io (cause, name));
  return FALSE;
}

/* As set_read_error(), but a missing or useless folder is a matter of the folder. */
static gboolean
set_write_error (const char *path, int code, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (code == EDQUOT)
    code = ENOSPC;
  if (code == EEXIST)
    cs_set_error (error, CS_ERROR_EXISTS,
                  _ ("“%s” exists already. Choose another name or say to replace it."), name);
  else if (code == ENOENT || code == ENOTDIR)
    cs_set_error (
        error, CS_ERROR_NOT_WRITABLE,
        _ ("“%s” was not written: its folder does not exist. Make the folder or choose another one."), name);
  else if (code == EISDIR)
    cs_set_error (error, CS_ERROR_NOT_WRITABLE, _ ("“%s” is a folder. Give the name of a file."), name);
  else if (code == EFBIG)
    cs_set_error (error, CS_ERROR_TOO_LARGE,
                  _ ("“%s” was not written: it is too large for this disk. Choose a place on another one."),
                  name);
  else
    return set_read_error (path, code, error);
  return FALSE;
}

static gboolean
set_cancelled (GCancellable *cancellable, GError **error)
{
  return g_cancellable_set_error_if_cancelled (cancellable, error);
}

/**
 * cs_file_sync_folder:
 *
 * Waits until the names in @folder are on the disk.
 */
gboolean
cs_file_sync_folder (const char *folder, GError **error)
{
  int fd;
  int code = 0;

  g_return_val_if_fail (folder != NULL, FALSE);

  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return set_write_error (folder, errno, error);
  /* Some network and FUSE file systems cannot sync a folder and say so: there is nothing better to do there.
   */
  if (fsync (fd) != 0 && errno != EINVAL && errno != ENOTSUP && errno != ENOSYS)
    code = errno;
  close (fd);
  return code == 0 || set_write_error (folder, code, error);
}

static gboolean
sync_folder_of (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return cs_file_sync_folder (folder, error);
}

static gboolean
draft_open (Draft *draft, const char *target, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);

  draft->target = target;
  draft->path = g_build_filename (folder, ".creative-studio-XXXXXX", NULL);
  draft->fd = g_mkstemp_full (draft->path, O_RDWR | O_CLOEXEC, 0600);
  if (draft->fd >= 0)
    return TRUE;
  set_write_error (target, errno, error);
  g_clear_pointer (&draft->path, g_free);
  return FALSE;
}

/* Takes the draft away unless it got its name. */
static void
draft_clear (Draft *draft)
{
  if (draft->fd >= 0)
    close (draft->fd);
  if (draft->path != NULL)
    g_unlink (draft->path);
  g_free (draft->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

/* Renames without ever replacing; where the file system has no such call, through a second link or a look
 * before. */
static int
rename_new (const char *from, const char *to)
{
  struct stat info;

  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return errno;
  if (link (from, to) == 0)
    return unlink (from) == 0 ? 0 : errno;
  if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS && errno != EMLINK)
    return errno;
  if (lstat (to, &info) == 0)
    return EEXIST;
  return rename (from, to) == 0 ? 0 : errno;
}

static gboolean
draft_publish (Draft *draft, gboolean replace, GError **error)
{
  int fd = g_steal_fd (&draft->fd);
  int code = fsync (fd) == 0 ? 0 : errno;

  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0 && replace)
    code = rename (draft->path, draft->target) == 0 ? 0 : errno;
  else if (code == 0)
    code = rename_new (draft->path, draft->target);
  if (code != 0)
    return set_write_error (draft->target, code, error);
  g_clear_pointer (&draft->path, g_free);
  return sync_folder_of (draft->target, error);
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      ssize_t written = write (fd, data, MIN (length, G_MAXSSIZE));

      if (written < 0 && errno != EINTR)
        return FALSE;
      if (written > 0)
        {
          data += written;
          length -= written;
        }
    }
  return TRUE;
}

/**
 * cs_file_write:
 * @path: the file
 * @data: (nullable): its bytes
 * @replace: whether a file of this name may be there
 *
 * Writes the file whole: after a crash there is the old file, the new one or none, never a part.
 *
 * Errors: CS_ERROR_EXISTS, CS_ERROR_NOT_WRITABLE, CS_ERROR_DISK_FULL, CS_ERROR_TOO_LARGE, CS_ERROR_FAILED.
 */
gboolean
cs_file_write (const char *path, const void *data, gsize length, gboolean replace, GError **error)
{
  g_auto (Draft) draft = { .fd = -1 };

  g_return_val_if_fail (path != NULL && (data != NULL || length == 0), FALSE);

  if (!draft_open (&draft, path, error))
    return FALSE;
  if (!write_all (draft.fd, data, length))
    return set_write_error (path, errno, error);
  return draft_publish (&draft, replace, error);
}

/* Opens a plain file to read; a pipe or device neither blocks nor passes. */
static int
open_plain (const char *path, goffset *size, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat info;

  if (fd < 0 || fstat (fd, &info) != 0)
    {
      set_read_error (path, errno, error);
    }
  else if (!S_ISREG (info.st_mode))
    {
      g_autofree char *name = g_filename_display_basename (path);

      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%s” is not a file. Give the name of a file."), name);
    }
  else
    {
      *size = info.st_size;
      return fd;
    }
  if (fd >= 0)
    close (fd);
  return -1;
}

/* Lets the kernel copy what it can. Whatever is left, also after an error, is for copy_rest(). */
static gboolean
copy_in_kernel (int from, int to, GCancellable *cancellable, GError **error)
{
  ssize_t copied;

  do
    {
      if (set_cancelled (cancellable, error))
        return FALSE;
      copied = copy_file_range (from, NULL, to, NULL, KERNEL_CHUNK, 0);
    }
  while (copied > 0);
  return TRUE;
}

static gboolean
copy_rest (
    const char *from_path, int from, const char *to_path, int to, GCancellable *cancellable, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);

  for (;;)
    {
      ssize_t got;

      if (set_cancelled (cancellable, error))
        return FALSE;
      got = read (from, chunk, CHUNK);
      if (got == 0)
        return TRUE;
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return set_read_error (from_path, errno, error);
      if (!write_all (to, chunk, got))
        return set_write_error (to_path, errno, error);
    }
}

/**
 * cs_file_copy:
 * @replace: whether @to may be there
 *
 * Copies a plain file, sharing its blocks where the file system can. @to is there whole or not at all.
 *
 * Errors: as cs_file_write(); CS_ERROR_NOT_FOUND for @from; G_IO_ERROR_CANCELLED.
 */
gboolean
cs_file_copy (const char *from, const char *to, gboolean replace, GCancellable *cancellable, GError **error)
{
  g_auto (Draft) draft = { .fd = -1 };
  gboolean copied;
  goffset size;
  int fd;

  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  fd = open_plain (from, &size, error);
  if (fd < 0)
    return FALSE;
  copied = draft_open (&draft, to, error);
  if (copied && ioctl (draft.fd, FICLONE, fd) != 0)
    copied = copy_in_kernel (fd, draft.fd, cancellable, error)
             && copy_rest (from, fd, to, draft.fd, cancellable, error);
  close (fd);
  return copied && draft_publish (&draft, replace, error);
}

static gboolean
sync_file (const char *path, GError **error)
{
  goffset size;
  int fd = open_plain (path, &size, error);
  int code;

  if (fd < 0)
    return FALSE;
  code = fsync (fd) == 0 ? 0 : errno;
  close (fd);
  return code == 0 || set_write_error (path, code, error);
}

/**
 * cs_file_move:
 *
 * Gives a plain file another name, never replacing one; across file systems by copying. Afterwards both the
 * bytes and the names are on the disk.
 *
 * Errors: as cs_file_copy().
 */
gboolean
cs_file_move (const char *from, const char *to, GError **error)
{
  int code;

  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  if (!sync_file (from, error))
    return FALSE;
  code = rename_new (from, to);
  if (code == EXDEV)
    {
      if (!cs_file_copy (from, to, FALSE, NULL, error))
        return FALSE;
      if (g_unlink (from) != 0)
        return set_write_error (from, errno, error);
    }
  else if (code != 0)
    return set_write_error (to, code, error);
  return sync_folder_of (to, error) && sync_folder_of (from, error);
}

/**
 * cs_file_hash:
 * @size: (out) (optional): bytes that were hashed
 *
 * Returns: (transfer full): the SHA-256 of the file as 64 lower-case hexadecimal digits. Errors:
 * CS_ERROR_NOT_FOUND, CS_ERROR_INVALID_VALUE (not a plain file), CS_ERROR_NOT_WRITABLE, CS_ERROR_FAILED,
 * G_IO_ERROR_CANCELLED.
 */
char *
cs_file_hash (const char *path, goffset *size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *chunk = g_malloc (CHUNK);
  goffset total = 0;
  goffset expected;
  ssize_t got = 0;
  gboolean cancelled;
  int code;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open_plain (path, &expected, error);
  if (fd < 0)
    return NULL;
  while (!(cancelled = set_cancelled (cancellable, error))
         && ((got = read (fd, chunk, CHUNK)) > 0 || (got < 0 && errno == EINTR)))
    {
      g_checksum_update (checksum, chunk, MAX (got, 0));
      total += MAX (got, 0);
    }
  code = errno;
  close (fd);
  if (cancelled)
    return NULL;
  if (got < 0)
    return set_read_error (path, code, error), NULL;
  if (size != NULL)
    *size = total;
  return g_strdup (g_checksum_get_string (checksum));
}

static char *
read_up_to (int fd, gsize max_length, gsize *length)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (;;)
    {
      gsize used = bytes->len;
      gsize room = MIN (CHUNK, max_length + 1 - used);
      ssize_t got;

      g_byte_array_set_size (bytes, used + room);
      got = read (fd, bytes->data + used, room);
      if (got < 0 && errno != EINTR)
        return NULL;
      g_byte_array_set_size (bytes, used + MAX (got, 0));
      if (got == 0 || bytes->len > max_length)
        break;
    }
  *length = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

/**
 * cs_file_read:
 * @max_length: the most bytes that are taken
 * @length: (out) (optional): bytes that were read
 *
 * Returns: (transfer full): the bytes of the file (or pipe) and a NUL. Errors: CS_ERROR_TOO_LARGE,
 * CS_ERROR_NOT_FOUND, CS_ERROR_NOT_WRITABLE (permission), CS_ERROR_FAILED.
 */
char *
cs_file_read (const char *path, gsize max_length, gsize *length, GError **error)
{
  g_autofree char *text = NULL;
  gsize got = 0;
  int code;
  int fd;

  g_return_val_if_fail (path != NULL && max_length < G_MAXUINT32 - 1, NULL);

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    return set_read_error (path, errno, error), NULL;
  text = read_up_to (fd, max_length, &got);
  code = errno;
  close (fd);
  if (text == NULL)
    return set_read_error (path, code, error), NULL;
  if (got > max_length)
    {
      g_autofree char *name = g_filename_display_basename (path);
      g_autofree char *limit = g_format_size (max_length);

      cs_set_error (error, CS_ERROR_TOO_LARGE, _ ("“%s” is too large: at most %s are taken."), name, limit);
      return NULL;
    }
  if (length != NULL)
    *length = got;
  return g_steal_pointer (&text);
}

static gboolean
check_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_filename_display_name (folder);
  struct stat info;

  if (stat (folder, &info) != 0 || !S_ISDIR (info.st_mode))
    cs_set_error (error, CS_ERROR_NOT_WRITABLE,
                  _ ("The folder “%s” does not exist. Make it first or choose another one."), name);
  else if (faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
    cs_set_error (error, CS_ERROR_NOT_WRITABLE,
                  _ ("You may not write to the folder “%s”. Choose another one."), name);
  else
    return TRUE;
  return FALSE;
}

/**
 * cs_file_check_target:
 * @path: where the user wants a file
 * @replace: whether a file may be there
 *
 * Says before any work is done what would go wrong at its end.
 *
 * Errors: CS_ERROR_INVALID_VALUE (no name), CS_ERROR_NOT_WRITABLE, CS_ERROR_EXISTS.
 */
gboolean
cs_file_check_target (const char *path, gboolean replace, GError **error)
{
  g_autofree char *name = NULL;
  struct stat info;

  g_return_val_if_fail (path != NULL, FALSE);

  if (path[0] == '\0')
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("The name of the file is empty. Give it a name."));
      return FALSE;
    }
  if (g_str_has_suffix (path, "/") || g_file_test (path, G_FILE_TEST_IS_DIR))
    return set_write_error (path, EISDIR, error);
  if (!check_folder (path, error))
    return FALSE;
  if (stat (path, &info) != 0)
    return errno == ENOENT || errno == ELOOP || set_write_error (path, errno, error);
  name = g_filename_display_basename (path);
  if (S_ISREG (info.st_mode) && replace)
    return TRUE;
  if (S_ISREG (info.st_mode))
    cs_set_error (error, CS_ERROR_EXISTS,
                  _ ("“%s” exists already. Choose another name or say to replace it."), name);
  else
    cs_set_error (error, CS_ERROR_NOT_WRITABLE, _ ("“%s” is not a file. Give the name of a file."), name);
  return FALSE;
}
