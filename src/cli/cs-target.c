/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files that -o and --dir name: whether they can be what is asked for, and how they get there. Main
 * thread.
 */
#include "config.h"
#include "cli/cs-target.h"

#include <string.h>

#define MOST_COPIES 1000 /* files of one name in a folder */

/* What the end of a name promises. */
typedef enum
{
  PROMISE_NOTHING, /* not a word that we know */
  PROMISE_VIDEO,
  PROMISE_IMAGE,
  PROMISE_DECK,
  PROMISE_OTHER, /* something that is never made here */
} Promise;

static const struct
{
  const char *ending;
  Promise promise;
} endings[] = {
  { "mp4", PROMISE_VIDEO },  { "m4v", PROMISE_VIDEO },  { "mov", PROMISE_VIDEO },  { "webm", PROMISE_VIDEO },
  { "mkv", PROMISE_VIDEO },  { "avi", PROMISE_VIDEO },  { "png", PROMISE_IMAGE },  { "jpg", PROMISE_IMAGE },
  { "jpeg", PROMISE_IMAGE }, { "webp", PROMISE_IMAGE }, { "gif", PROMISE_IMAGE },  { "bmp", PROMISE_IMAGE },
  { "tif", PROMISE_IMAGE },  { "tiff", PROMISE_IMAGE }, { "html", PROMISE_DECK },  { "htm", PROMISE_DECK },
  { "md", PROMISE_DECK },    { "pdf", PROMISE_OTHER },  { "pptx", PROMISE_OTHER }, { "odp", PROMISE_OTHER },
  { "txt", PROMISE_OTHER },  { "json", PROMISE_OTHER }, { "svg", PROMISE_OTHER },  { "mp3", PROMISE_OTHER },
  { "wav", PROMISE_OTHER },  { "zip", PROMISE_OTHER },
};

static const char *
get_ending (const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  const char *point = strrchr (name, '.');

  return point != NULL && point != name ? point + 1 : "";
}

static Promise
get_promise (const char *path)
{
  const char *ending = get_ending (path);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (endings[i].ending, ending) == 0)
      return endings[i].promise;
  return PROMISE_NOTHING;
}

/** cs_target_check_name: Refuses a name that promises something else, as a picture in film.mp4. */
gboolean
cs_target_check_name (const char *path, CsKind kind, GError **error)
{
  static const Promise promises[] = { PROMISE_VIDEO, PROMISE_IMAGE, PROMISE_DECK };
  Promise promise = get_promise (path);
  g_autofree char *name = NULL;

  if (promise == PROMISE_NOTHING || promise == promises[kind])
    return TRUE;
  name = g_filename_display_basename (path);
  if (kind == CS_KIND_VIDEO)
    cs_set_error (error, CS_ERROR_INVALID_VALUE,
                  _ ("“%s” cannot be a video. Give it a name that ends in .mp4."), name);
  else if (kind == CS_KIND_IMAGE)
    cs_set_error (error, CS_ERROR_INVALID_VALUE,
                  _ ("“%s” cannot be a picture. Give it a name that ends in .png."), name);
  else
    cs_set_error (error, CS_ERROR_INVALID_VALUE,
                  _ ("“%s” cannot be a presentation. Give it a name that ends in .html."), name);
  return FALSE;
}

/**
 * cs_target_number: Returns: (transfer full): @path, with -1, -2... before its ending where there are
 * several.
 */
char *
cs_target_number (const char *path, guint number, guint count)
{
  const char *ending = get_ending (path);
  gsize stem = strlen (path) - strlen (ending) - (*ending != '\0');

  if (count == 1)
    return g_strdup (path);
  return g_strdup_printf ("%.*s-%u%s", (int) stem, path, number, path + stem);
}

/**
 * cs_target_check:
 * @count: how many files of this name there will be
 *
 * Everything that would go wrong with -o at the end, before anything is made.
 */
gboolean
cs_target_check (CsCli *cli, const char *path, CsKind kind, guint count, gboolean force, GError **error)
{
  if (g_str_equal (path, "-"))
    {
      cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("--output needs the name of a file: “-” is none."));
      return FALSE;
    }
  /* An empty name and a folder have a better sentence. */
  if (get_promise (path) != PROMISE_NOTHING && !cs_target_check_name (path, kind, error))
    return FALSE;
  for (guint number = 1; number <= count; number++)
    {
      g_autofree char *target = cs_target_number (path, number, count);

      if (!cs_cli_check_target (cli, target, force, error))
        return FALSE;
    }
  return TRUE;
}

/** cs_target_check_outside: Refuses a place among the library's own files; the engine is open. */
gboolean
cs_target_check_outside (CsCli *cli, const char *path, GError **error)
{
  const char *creations = cs_paths_get_creations (cs_engine_get_paths (cs_cli_get_engine (cli)));
  g_autofree char *target = g_canonicalize_filename (path, NULL);
  g_autofree char *inside = g_strconcat (creations, "/", NULL);

  if (!g_str_has_prefix (target, inside))
    return TRUE;
  cs_set_error (error, CS_ERROR_INVALID_VALUE,
                _ ("“%s” is in the library’s own folder. Choose a place outside of it."), path);
  return FALSE;
}

/** cs_target_write: A copy of a creation at @path, stamped as @mode says. */
gboolean
cs_target_write (
    CsCli *cli, const char *id, const char *path, gboolean force, CsExportMode mode, GError **error)
{
  CsLibrary *library = cs_engine_get_library (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;

  cs_library_export_async (library, id, path, force, mode, cs_cli_get_cancellable (cli), cs_cli_keep_result,
                           &result);
  return cs_library_export_finish (library, cs_cli_await (&result), error);
}

/**
 * cs_target_find_free:
 *
 * Returns: (transfer full): a good name in @folder for a creation, that no file has yet unless @force.
 */
char *
cs_target_find_free (
    CsCli *cli, const char *folder, const CsCreationFacts *facts, gboolean force, GError **error)
{
  g_autofree char *name = cs_text_make_file_name (facts->title, get_ending (facts->file));
  g_autofree char *first = g_build_filename (folder, name, NULL);

  for (guint number = 1; number < MOST_COPIES; number++)
    {
      g_autofree char *path = cs_target_number (first, number, number);
      g_autoptr (GError) refusal = NULL;

      if (cs_cli_check_target (cli, path, force, &refusal))
        return g_steal_pointer (&path);
      if (!g_error_matches (refusal, CS_ERROR, CS_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return NULL;
        }
    }
  cs_set_error (error, CS_ERROR_EXISTS, _ ("There are too many files named “%s” already."), name);
  return NULL;
}

static gboolean
is_same_ending (const char *a, const char *b)
{
  gboolean is_jpeg = g_ascii_strncasecmp (a, "jp", 2) == 0 && g_ascii_strncasecmp (b, "jp", 2) == 0;
  gboolean is_html = g_ascii_strncasecmp (a, "htm", 3) == 0 && g_ascii_strncasecmp (b, "htm", 3) == 0;

  return is_jpeg || is_html || g_ascii_strcasecmp (a, b) == 0;
}

/** cs_target_warn: Says when the copy at @path is not quite what its name says, as a WebM film in film.mp4.
 */
void
cs_target_warn (CsCli *cli, const CsCreationFacts *facts, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  const char *ending = get_ending (facts->file);

  if (get_promise (path) == PROMISE_NOTHING || is_same_ending (get_ending (path), ending)
      || (facts->kind == CS_KIND_DECK && g_ascii_strcasecmp (get_ending (path), "md") == 0))
    return;
  /* translators: 1: a file name, 2: for example "webm" */
  cs_output_say (cs_cli_get_output (cli), _ ("Note: “%1$s” is a .%2$s file whatever its name says."), name,
                 ending);
}
