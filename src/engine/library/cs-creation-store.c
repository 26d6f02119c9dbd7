/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the table `creations`, with the words they are found by. Worker thread only. */
#include "config.h"
#include "library/cs-creation-store.h"

#include "core/cs-error.h"
#include "core/cs-text.h"
#include "core/cs-words.h"
#include "library/cs-search-words.h"

#include <string.h>

/* The IPTC terms, as they stand in the column `source`. */
static const char *const source_words[] = {
  [CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA] = "trainedAlgorithmicMedia",
  [CS_SOURCE_COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA] = "compositeWithTrainedAlgorithmicMedia",
  [CS_SOURCE_DIGITAL_CREATION] = "digitalCreation",
};

static const char insert_sql[]
    = "INSERT INTO creations (id, job_id, kind, title, prompt, original_prompt, negative_prompt, notes, "
      "provider, model, style, aspect_ratio, theme, language, duration, width, height, has_sound, num_slides, "
      "seed, file, markdown_file, thumbnail, mime_type, sha256, size, parent_id, cost, source, favourite, "
      "missing, trashed_at, search_text, created_at) "
      "VALUES (:id, :job_id, :kind, :title, :prompt, :original_prompt, :negative_prompt, :notes, "
      ":provider, :model, :style, :aspect_ratio, :theme, :language, :duration, :width, :height, :has_sound, "
      ":num_slides, :seed, :file, :markdown_file, :thumbnail, :mime_type, :sha256, :size, :parent_id, :cost, "
      ":source, :favourite, :missing, :trashed_at, :search_text, :created_at)";

/* A name inside a folder, never a way out of it. */
static gboolean
is_plain_name (const char *name)
{
  return *name != '\0' && strchr (name, '/') == NULL && strcmp (name, ".") != 0 && strcmp (name, "..") != 0;
}

static gboolean
check_names (const CsCreationFacts *facts, GError **error)
{
  if (is_plain_name (facts->file) && (facts->markdown_file == NULL || is_plain_name (facts->markdown_file))
      && (facts->thumbnail == NULL || is_plain_name (facts->thumbnail)))
    return TRUE;
  cs_set_error (error, CS_ERROR_INVALID_VALUE, _ ("“%s” is not the name of a file in the library."),
                facts->file);
  return FALSE;
}

static void
bind_texts (CsStatement *statement, const CsCreationFacts *facts)
{
  g_autofree char *search_text = cs_search_words_index (facts);

  cs_statement_bind_text (statement, ":id", facts->id);
  cs_statement_bind_text (statement, ":job_id", facts->job_id);
  cs_statement_bind_text (statement, ":kind", cs_kind_to_string (facts->kind));
  cs_statement_bind_text (statement, ":title", facts->title);
  cs_statement_bind_text (statement, ":prompt", facts->prompt);
  cs_statement_bind_text (statement, ":original_prompt",
                          facts->original_prompt != NULL ? facts->original_prompt : facts->prompt);
  cs_statement_bind_text (statement, ":negative_prompt", facts->negative_prompt);
  cs_statement_bind_text (statement, ":notes", facts->notes != NULL ? facts->notes : "");
  cs_statement_bind_text (statement, ":provider", facts->provider);
  cs_statement_bind_text (statement, ":model", facts->model);
  cs_statement_bind_text (statement, ":style", facts->style);
  cs_statement_bind_text (statement, ":aspect_ratio", facts->aspect_ratio);
  cs_statement_bind_text (statement, ":theme", facts->theme);
  cs_statement_bind_text (statement, ":language", facts->language);
  cs_statement_bind_text (statement, ":file", facts->file);
  cs_statement_bind_text (statement, ":markdown_file", facts->markdown_file);
  cs_statement_bind_text (statement, ":thumbnail", facts->thumbnail);
  cs_statement_bind_text (statement, ":mime_type", facts->mime_type);
  cs_statement_bind_text (statement, ":sha256", facts->sha256);
  cs_statement_bind_text (statement, ":parent_id", facts->parent_id);
  cs_statement_bind_text (statement, ":source", source_words[facts->source]);
  cs_statement_bind_text (statement, ":search_text", search_text);
}

/* Numbers are never NULL where a list is ordered by them. */
static void
bind_numbers (CsStatement *statement, const CsCreationFacts *facts)
{
  cs_statement_bind_double (statement, ":duration", facts->duration);
  cs_statement_bind_int (statement, ":width", facts->width);
  cs_statement_bind_int (statement, ":height", facts->height);
  cs_statement_bind_int (statement, ":has_sound", facts->has_sound != FALSE);
  cs_statement_bind_int (statement, ":num_slides", facts->num_slides);
  if (facts->has_seed)
    cs_statement_bind_int (statement, ":seed", facts->seed);
  cs_statement_bind_int (statement, ":size", facts->size);
  cs_statement_bind_int (statement, ":cost", facts->cost);
  cs_statement_bind_int (statement, ":favourite", facts->favourite != FALSE);
  cs_statement_bind_int (statement, ":missing", facts->missing != FALSE);
  if (facts->trashed_at != 0)
    cs_statement_bind_int (statement, ":trashed_at", facts->trashed_at);
  cs_statement_bind_int (statement, ":created_at", facts->created_at);
}

/**
 * cs_creation_store_insert:
 * @facts: what is known of a new creation; id, title, prompt, provider, model, file, mime_type and sha256 are
 * needed
 *
 * Returns: FALSE with CS_ERROR_INVALID_VALUE when a file name leads out of its folder, CS_ERROR_CONFLICT when
 * there is a creation of this id, or the error of the database.
 */
gboolean
cs_creation_store_insert (CsDatabase *database, const CsCreationFacts *facts, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;

  g_return_val_if_fail (facts->id != NULL && facts->file != NULL, FALSE);

  if (!check_names (facts, error))
    return FALSE;
  statement = cs_statement_new (database, insert_sql, error);
  if (statement == NULL)
    return FALSE;
  bind_texts (statement, facts);
  bind_numbers (statement, facts);
  return cs_statement_run (statement, error);
}

static gboolean
set_not_found (const char *id, GError **error)
{
  g_autofree char *shown = g_utf8_make_valid (id, MIN (strlen (id), 64));

  cs_set_error (error, CS_ERROR_NOT_FOUND, _ ("There is no creation “%s” in the library."), shown);
  return FALSE;
}

/**
 * cs_creation_store_find:
 *
 * Returns: (transfer full): a statement that stands on the row of CS_CREATION_COLUMNS; NULL with
 * CS_ERROR_NOT_FOUND when there is none.
 */
CsStatement *
cs_creation_store_find (CsDatabase *database, const char *id, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;
  GError *local = NULL;

  statement = cs_statement_new (database,
                                "SELECT " CS_CREATION_COLUMNS " FROM creations AS c WHERE c.id = :id", error);
  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, ":id", id);
  if (cs_statement_step (statement, &local))
    return g_steal_pointer (&statement);
  if (local != NULL)
    g_propagate_error (error, local);
  else
    set_not_found (id, error);
  return NULL;
}

static void
read_numbers (CsStatement *statement, CsCreationFacts *facts)
{
  facts->duration = cs_statement_get_double (statement, 14);
  facts->width = cs_statement_get_int (statement, 15);
  facts->height = cs_statement_get_int (statement, 16);
  facts->has_sound = cs_statement_get_int (statement, 17) != 0;
  facts->num_slides = cs_statement_get_int (statement, 18);
  facts->seed = cs_statement_get_int (statement, 19);
  facts->has_seed = !cs_statement_is_null (statement, 19);
  facts->size = cs_statement_get_int (statement, 25);
  facts->cost = cs_statement_get_int (statement, 27);
  facts->favourite = cs_statement_get_int (statement, 29) != 0;
  facts->missing = cs_statement_get_int (statement, 30) != 0;
  facts->trashed_at = cs_statement_get_int (statement, 31);
  facts->created_at = cs_statement_get_int (statement, 32);
}

/* A term that is not known counts as made by a model: the label must not be lost. */
static CsDigitalSource
read_source (CsStatement *statement)
{
  const char *word = cs_statement_get_text (statement, 28);

  for (guint i = 0; i < G_N_ELEMENTS (source_words); i++)
    if (g_strcmp0 (source_words[i], word) == 0)
      return i;
  return CS_SOURCE_TRAINED_ALGORITHMIC_MEDIA;
}

/**
 * cs_creation_store_read:
 * @statement: stands on a row of CS_CREATION_COLUMNS
 *
 * Returns: (transfer full): the facts of the row.
 */
CsCreationFacts *
cs_creation_store_read (CsStatement *statement)
{
  CsCreationFacts *facts = cs_creation_facts_new ();

  facts->id = cs_statement_dup_text (statement, 0);
  facts->job_id = cs_statement_dup_text (statement, 1);
  if (!cs_kind_from_string (cs_statement_get_text (statement, 2), &facts->kind))
    facts->kind = CS_KIND_IMAGE;
  facts->title = cs_statement_dup_text (statement, 3);
  facts->prompt = cs_statement_dup_text (statement, 4);
  facts->original_prompt = cs_statement_dup_text (statement, 5);
  facts->negative_prompt = cs_statement_dup_text (statement, 6);
  facts->notes = cs_statement_dup_text (statement, 7);
  facts->provider = cs_statement_dup_text (statement, 8);
  facts->model = cs_statement_dup_text (statement, 9);
  facts->style = cs_statement_dup_text (statement, 10);
  facts->aspect_ratio = cs_statement_dup_text (statement, 11);
  facts->theme = cs_statement_dup_text (statement, 12);
  facts->language = cs_statement_dup_text (statement, 13);
  facts->file = cs_statement_dup_text (statement, 20);
  facts->markdown_file = cs_statement_dup_text (statement, 21);
  facts->thumbnail = cs_statement_dup_text (statement, 22);
  facts->mime_type = cs_statement_dup_text (statement, 23);
  facts->sha256 = cs_statement_dup_text (statement, 24);
  facts->parent_id = cs_statement_dup_text (statement, 26);
  facts->source = read_source (statement);
  read_numbers (statement, facts);
  return facts;
}

/**
 * cs_creation_store_load:
 *
 * Returns: (transfer full): the creation as its row says; NULL with CS_ERROR_NOT_FOUND when there is none.
 */
CsCreation *
cs_creation_store_load (CsDatabase *database, const char *id, GError **error)
{
  g_autoptr (CsStatement) statement = cs_creation_store_find (database, id, error);

  return statement != NULL ? cs_creation_new (cs_creation_store_read (statement)) : NULL;
}

/* Runs an update of one row that has its values bound already. */
static gboolean
update (CsDatabase *database, CsStatement *statement, const char *id, GError **error)
{
  cs_statement_bind_text (statement, ":id", id);
  if (!cs_statement_run (statement, error))
    return FALSE;
  return cs_database_get_changes (database) > 0 || set_not_found (id, error);
}

/**
 * cs_creation_store_set_favourite:
 *
 * Returns: FALSE with CS_ERROR_NOT_FOUND or the error of the database.
 */
gboolean
cs_creation_store_set_favourite (CsDatabase *database, const char *id, gboolean favourite, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;

  statement
      = cs_statement_new (database, "UPDATE creations SET favourite = :favourite WHERE id = :id", error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, ":favourite", favourite != FALSE);
  return update (database, statement, id, error);
}

/**
 * cs_creation_store_set_trashed:
 * @trashed_at: when it went into the trash, microseconds since the epoch; 0 takes it out
 *
 * What is in the trash already keeps its time. Returns: FALSE with CS_ERROR_NOT_FOUND or the error of the
 * database.
 */
gboolean
cs_creation_store_set_trashed (CsDatabase *database, const char *id, gint64 trashed_at, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;

  statement = cs_statement_new (
      database,
      trashed_at == 0 ? "UPDATE creations SET trashed_at = NULL WHERE id = :id"
                      : "UPDATE creations SET trashed_at = IFNULL (trashed_at, :trashed_at) WHERE id = :id",
      error);
  if (statement == NULL)
    return FALSE;
  if (trashed_at != 0)
    cs_statement_bind_int (statement, ":trashed_at", trashed_at);
  return update (database, statement, id, error);
}

/**
 * cs_creation_store_set_texts:
 * @title: (nullable): NULL leaves it
 * @notes: (nullable): NULL leaves them
 *
 * Changes what it is called and found by. Returns: FALSE with CS_ERROR_NOT_FOUND or the error of the
 * database.
 */
gboolean
cs_creation_store_set_texts (
    CsDatabase *database, const char *id, const char *title, const char *notes, GError **error)
{
  g_autoptr (CsStatement) found = cs_creation_store_find (database, id, error);
  g_autoptr (CsCreationFacts) facts = NULL;
  g_autoptr (CsStatement) statement = NULL;
  g_autofree char *search_text = NULL;

  if (found == NULL)
    return FALSE;
  facts = cs_creation_store_read (found);
  if (title != NULL)
    cs_set_string (&facts->title, title);
  if (notes != NULL)
    cs_set_string (&facts->notes, notes);
  search_text = cs_search_words_index (facts);

  statement
      = cs_statement_new (database,
                          "UPDATE creations SET title = :title, notes = :notes, search_text = :search_text "
                          "WHERE id = :id",
                          error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, ":title", facts->title);
  cs_statement_bind_text (statement, ":notes", facts->notes);
  cs_statement_bind_text (statement, ":search_text", search_text);
  return update (database, statement, id, error);
}

static gboolean
set_changed_elsewhere (CsDatabase *database, const char *id, GError **error)
{
  g_autoptr (CsStatement) found = cs_creation_store_find (database, id, error);

  if (found != NULL)
    cs_set_error (error, CS_ERROR_CONFLICT, _ ("This presentation was changed elsewhere meanwhile. Open it again."));
  return FALSE;
}

/**
 * cs_creation_store_set_deck:
 * @facts: id, theme, language, num_slides, file, markdown_file, sha256 and size of the edited deck; title NULL leaves it
 * @old_sha256: that of the master it was made from
 *
 * Names the new files of a deck. Returns: FALSE with CS_ERROR_NOT_FOUND, CS_ERROR_CONFLICT (its master is not
 * @old_sha256 any more) or the error of the database.
 */
gboolean
cs_creation_store_set_deck (CsDatabase *database, const CsCreationFacts *facts, const char *old_sha256, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;

  if (!check_names (facts, error))
    return FALSE;
  statement = cs_statement_new (database,
                                "UPDATE creations SET theme = :theme, language = :language, num_slides = :num_slides, "
                                "file = :file, markdown_file = :markdown_file, sha256 = :sha256, size = :size, missing = 0 "
                                "WHERE id = :id AND sha256 = :old_sha256",
                                error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_text (statement, ":id", facts->id);
  cs_statement_bind_text (statement, ":theme", facts->theme);
  cs_statement_bind_text (statement, ":language", facts->language);
  cs_statement_bind_int (statement, ":num_slides", facts->num_slides);
  cs_statement_bind_text (statement, ":file", facts->file);
  cs_statement_bind_text (statement, ":markdown_file", facts->markdown_file);
  cs_statement_bind_text (statement, ":sha256", facts->sha256);
  cs_statement_bind_int (statement, ":size", facts->size);
  cs_statement_bind_text (statement, ":old_sha256", old_sha256);
  if (!cs_statement_run (statement, error))
    return FALSE;
  if (cs_database_get_changes (database) == 0)
    return set_changed_elsewhere (database, facts->id, error);
  return cs_creation_store_set_texts (database, facts->id, facts->title, NULL, error);
}

/**
 * cs_creation_store_set_missing:
 *
 * Remembers whether its file was seen. A creation that is gone is no error. Returns: FALSE with that of the
 * database.
 */
gboolean
cs_creation_store_set_missing (CsDatabase *database, const char *id, gboolean missing, GError **error)
{
  g_autoptr (CsStatement) statement = NULL;

  statement = cs_statement_new (database, "UPDATE creations SET missing = :missing WHERE id = :id", error);
  if (statement == NULL)
    return FALSE;
  cs_statement_bind_int (statement, ":missing", missing != FALSE);
  cs_statement_bind_text (statement, ":id", id);
  return cs_statement_run (statement, error);
}
