/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of an edited deck, written so that a crash at any moment loses neither the old ones nor the new. */
#include "config.h"
#include "library/cs-deck-files.h"

#include "core/cs-error.h"
#include "core/cs-file.h"
#include "core/cs-id.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "library/cs-creation-store.h"

#include <glib/gstdio.h>
#include <string.h>

#define TITLE_CHARACTERS 48
#define NOTE_PREFIX "deck-"
#define NOTE_SUFFIX ".edit"
#define DRAFT_SUFFIX ".draft" /* behind that of the note */
#define MAX_NOTE 4096  /* bytes */
#define MAX_NAMES 1000 /* that are tried */

void
cs_deck_files_free (CsDeckFiles *self)
{
  if (self == NULL)
    return;
  g_free (self->note);
  g_free (self->old_file);
  g_free (self->old_markdown);
  g_free (self->file);
  g_free (self->markdown);
  g_free (self->sha256);
  g_free (self);
}

/* The number stands before the words: it must not be cut off a long name. */
static char *
make_name (const CsCreationFacts *facts, guint number, const char *extension)
{
  g_autofree char *words = cs_text_make_title (facts->title, TITLE_CHARACTERS);
  g_autofree char *name = NULL;

  if (g_str_has_suffix (words, "…")) /* a cut title needs no mark in the name of a file */
    words[strlen (words) - strlen ("…")] = '\0';
  if (number <= 1)
    name = g_strdup_printf ("%s %s", facts->id, g_strchomp (words));
  else
    name = g_strdup_printf ("%s %u %s", facts->id, number, g_strchomp (words));
  return cs_text_make_file_name (name, extension);
}

static gboolean
exists (CsPaths *paths, const char *name)
{
  g_autofree char *path = g_build_filename (cs_paths_get_creations (paths), name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

/* Two names that nobody has. */
static gboolean
choose_names (CsDeckFiles *self, CsPaths *paths, const CsCreationFacts *facts, GError **error)
{
  for (guint i = 1; i <= MAX_NAMES; i++)
    {
      g_free (self->file);
      g_free (self->markdown);
      self->file = make_name (facts, i, "html");
      self->markdown = make_name (facts, i, "md");
      if (!exists (paths, self->file) && !exists (paths, self->markdown))
        return TRUE;
    }
  cs_set_error (error, CS_ERROR_EXISTS, _ ("There are too many files of this presentation in the library’s folder."));
  return FALSE;
}

static gboolean
write_note (CsDeckFiles *self, CsPaths *paths, const char *id, GError **error)
{
  g_autofree char *name = g_strdup_printf (NOTE_PREFIX "%s-%08x" NOTE_SUFFIX, id, g_random_int ());
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s\n%s\n", self->old_file != NULL ? self->old_file : "",
                                           self->old_markdown != NULL ? self->old_markdown : "", self->file, self->markdown);

  self->note = g_build_filename (cs_paths_get_work (paths), name, NULL);
  return cs_file_write (self->note, text, strlen (text), FALSE, error);
}

/* Written in the work folder first: what a power cut leaves half done is known there by its name. */
static gboolean
write_file (CsDeckFiles *self, CsPaths *paths, const char *name, const void *data, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (cs_paths_get_creations (paths), name, NULL);
  g_autofree char *draft = g_strconcat (self->note, DRAFT_SUFFIX, NULL);

  if (cs_file_write (draft, data, length, TRUE, error) && cs_file_move (draft, path, error))
    return TRUE;
  g_unlink (draft);
  return FALSE;
}

static void
remove_file (CsPaths *paths, const char *name)
{
  g_autofree char *path = NULL;

  if (name == NULL || *name == '\0')
    return;
  path = g_build_filename (cs_paths_get_creations (paths), name, NULL);
  g_unlink (path);
}

/**
 * cs_deck_files_write:
 * @facts: id and title, and the names of the files that there are already
 *
 * Returns: (transfer full): the new files, whole and on the disk; NULL as cs_file_write(), and nothing is left.
 */
CsDeckFiles *
cs_deck_files_write (CsPaths *paths, const CsCreationFacts *facts, GBytes *markdown, const char *html, gsize length, GError **error)
{
  g_autoptr (CsDeckFiles) self = g_new0 (CsDeckFiles, 1);
  g_autofree char *path = NULL;
  gsize size;
  const void *text = g_bytes_get_data (markdown, &size);

  self->old_file = g_strdup (facts->file);
  self->old_markdown = g_strdup (facts->markdown_file);
  if (!choose_names (self, paths, facts, error) || !write_note (self, paths, facts->id, error))
    return NULL;
  path = g_build_filename (cs_paths_get_creations (paths), self->file, NULL);
  if (write_file (self, paths, self->markdown, text, size, error) && write_file (self, paths, self->file, html, length, error)
      && (self->sha256 = cs_file_hash (path, &self->size, NULL, error)) != NULL)
    return g_steal_pointer (&self);
  cs_deck_files_discard (self, paths);
  return NULL;
}

void
cs_deck_files_keep (CsDeckFiles *self, CsPaths *paths)
{
  remove_file (paths, self->old_file);
  remove_file (paths, self->old_markdown);
  g_unlink (self->note);
}

void
cs_deck_files_discard (CsDeckFiles *self, CsPaths *paths)
{
  remove_file (paths, self->file);
  remove_file (paths, self->markdown);
  g_unlink (self->note);
}

/* After a crash */

/* (transfer full) (nullable): whose note @name is. */
static char *
read_id (const char *name)
{
  g_autofree char *id = NULL;

  if (!g_str_has_prefix (name, NOTE_PREFIX) || !g_str_has_suffix (name, NOTE_SUFFIX))
    return NULL;
  id = g_strndup (name + strlen (NOTE_PREFIX), CS_ID_LENGTH);
  return cs_id_is_valid (id) ? g_steal_pointer (&id) : NULL;
}

/* A note is a file like any other, and names nothing but files of its creation. */
static gboolean
is_of_creation (const char *name, const char *id)
{
  return g_str_has_prefix (name, id) && strchr (name, '/') == NULL;
}

static gint64
get_time (const GStatBuf *info)
{
  return info->st_mtim.tv_sec * G_USEC_PER_SEC + info->st_mtim.tv_nsec / 1000;
}

static void
clean_up (CsDatabase *database, CsPaths *paths, const char *note, const char *id)
{
  g_autofree char *text = cs_file_read (note, MAX_NOTE, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsCreation) creation = cs_creation_store_load (database, id, &error);
  const CsCreationFacts *facts = creation != NULL ? cs_creation_get_facts (creation) : NULL;
  g_auto (GStrv) names = text != NULL ? g_strsplit (text, "\n", 5) : NULL;

  if (error != NULL && !g_error_matches (error, CS_ERROR, CS_ERROR_NOT_FOUND))
    return;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (is_of_creation (names[i], id)
        && (facts == NULL || (g_strcmp0 (names[i], facts->file) != 0 && g_strcmp0 (names[i], facts->markdown_file) != 0)))
      remove_file (paths, names[i]);
  g_unlink (note);
}

/**
 * cs_deck_files_list:
 *
 * Returns: (transfer full) (element-type utf8): the names of all files that somebody is saving, or was when he died; not all
 * of them are there.
 */
GPtrArray *
cs_deck_files_list (CsPaths *paths)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (cs_paths_get_work (paths), 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = read_id (name);
      g_autofree char *path = g_build_filename (cs_paths_get_work (paths), name, NULL);
      g_autofree char *text = id != NULL ? cs_file_read (path, MAX_NOTE, NULL, NULL) : NULL;
      g_auto (GStrv) names = text != NULL ? g_strsplit (text, "\n", 5) : NULL;

      for (guint i = 0; names != NULL && names[i] != NULL; i++)
        if (is_of_creation (names[i], id))
          g_ptr_array_add (found, g_strdup (names[i]));
    }
  return found;
}

/**
 * cs_deck_files_sweep:
 * @limit: notes of before are of nobody who lives, in microseconds since the epoch
 *
 * Takes away the files that an interrupted save left and that no row names.
 */
void
cs_deck_files_sweep (CsDatabase *database, CsPaths *paths, gint64 limit)
{
  g_autoptr (GDir) dir = g_dir_open (cs_paths_get_work (paths), 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = read_id (name);
      g_autofree char *path = g_build_filename (cs_paths_get_work (paths), name, NULL);
      gboolean is_draft = g_str_has_prefix (name, NOTE_PREFIX) && g_str_has_suffix (name, DRAFT_SUFFIX);
      GStatBuf info;

      if ((id == NULL && !is_draft) || g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode) || get_time (&info) >= limit)
        continue;
      if (id != NULL)
        clean_up (database, paths, path, id);
      else
        g_unlink (path);
    }
}
