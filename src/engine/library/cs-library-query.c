/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queries of the library as SQL: a page behind a cursor, or the whole order as row numbers. */
#include "config.h"
#include "library/cs-library-query.h"

#include "library/cs-creation-store.h"
#include "library/cs-library-cursor.h"
#include "library/cs-library-files.h"
#include "library/cs-search-words.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 500
#define ROWS_BETWEEN_CHECKS 4096

/* What the wallet key was debited for the making of a creation. */
#define DEBIT "(SELECT coalesce (sum (e.sale), 0) FROM usage_events AS e WHERE e.job_id = c.job_id)"

static const struct
{
  const char *column;
  gboolean ascending;
} sorts[] = {
  [CS_SORT_NEWEST] = { "c.created_at", FALSE },
  [CS_SORT_OLDEST] = { "c.created_at", TRUE },
  [CS_SORT_PRICE] = { "c.cost", FALSE },
  [CS_SORT_LONGEST] = { "c.duration", FALSE },
};

/**
 * cs_library_query_copy:
 *
 * Returns: (transfer full): a copy with texts of its own; free with cs_library_query_free().
 */
CsLibraryQuery *
cs_library_query_copy (const CsLibraryQuery *self)
{
  CsLibraryQuery *copy = g_new (CsLibraryQuery, 1);

  *copy = *self;
  copy->text = g_strdup (self->text);
  copy->provider = g_strdup (self->provider);
  copy->style = g_strdup (self->style);
  copy->cursor = g_strdup (self->cursor);
  return copy;
}

/**
 * cs_library_query_free:
 * @self: (nullable) (transfer full): a copy made by cs_library_query_copy()
 */
void
cs_library_query_free (CsLibraryQuery *self)
{
  if (self == NULL)
    return;
  g_free ((char *) self->text);
  g_free ((char *) self->provider);
  g_free ((char *) self->style);
  g_free ((char *) self->cursor);
  g_free (self);
}

static void
append_conditions (GString *sql, const CsLibraryQuery *self, const char *match)
{
  g_string_append (sql, self->trashed ? " WHERE c.trashed_at IS NOT NULL" : " WHERE c.trashed_at IS NULL");
  if (self->has_kind)
    g_string_append (sql, " AND c.kind = :kind");
  if (self->favourites)
    g_string_append (sql, " AND c.favourite <> 0");
  if (self->provider != NULL)
    g_string_append (sql, " AND c.provider = :provider");
  if (self->style != NULL)
    g_string_append (sql, " AND c.style = :style");
  if (self->from != 0)
    g_string_append (sql, " AND c.created_at >= :from");
  if (self->to != 0)
    g_string_append (sql, " AND c.created_at < :to");
  if (self->collection != 0)
    g_string_append (
        sql, " AND c.id IN (SELECT creation_id FROM collection_items WHERE collection_id = :collection)");
  if (self->key_id != 0)
    g_string_append (sql, " AND c.job_id IN (SELECT id FROM jobs WHERE key_id = :key_id)");
  /* The plus keeps the order's index in the lead: matches are then looked up in a set while walking newest
   * first, and nothing is sorted, however common the word. */
  if (match != NULL)
    g_string_append (sql,
                     " AND +c.rowid IN (SELECT rowid FROM creations_fts WHERE creations_fts MATCH :match)");
}

static void
bind_conditions (CsStatement *statement, const CsLibraryQuery *self, const char *match)
{
  if (self->has_kind)
    cs_statement_bind_text (statement, ":kind", cs_kind_to_string (self->kind));
  if (self->provider != NULL)
    cs_statement_bind_text (statement, ":provider", self->provider);
  if (self->style != NULL)
    cs_statement_bind_text (statement, ":style", self->style);
  if (self->from != 0)
    cs_statement_bind_int (statement, ":from", self->from);
  if (self->to != 0)
    cs_statement_bind_int (statement, ":to", self->to);
  if (self->collection != 0)
    cs_statement_bind_int (statement, ":collection", self->collection);
  if (self->key_id != 0)
    cs_statement_bind_int (statement, ":key_id", self->key_id);
  if (match != NULL)
    cs_statement_bind_text (statement, ":match", match);
}

static const char *
get_sort_column (const CsLibraryQuery *self)
{
  return self->sort == CS_SORT_PRICE && self->key_id != 0 ? DEBIT : sorts[self->sort].column;
}

static void
append_order (GString *sql, const CsLibraryQuery *self)
{
  const char *direction = sorts[self->sort].ascending ? "ASC" : "DESC";

  g_string_append_printf (sql, " ORDER BY %s %s, c.id %s", get_sort_column (self), direction, direction);
}

static void
append_place (GString *sql, const CsLibraryQuery *self)
{
  g_string_append_printf (sql, " AND (%s, c.id) %c (:place, :id)", get_sort_column (self),
                          sorts[self->sort].ascending ? '>' : '<');
}

static void
bind_place (CsStatement *statement, const CsLibraryCursor *place)
{
  if (place->sort == CS_SORT_LONGEST)
    cs_statement_bind_double (statement, ":place", place->seconds);
  else
    cs_statement_bind_int (statement, ":place", place->number);
  cs_statement_bind_text (statement, ":id", place->id);
}

static char *
make_cursor (CsLibrarySort sort, CsCreation *last)
{
  const CsCreationFacts *facts = cs_creation_get_facts (last);
  CsLibraryCursor place = { .sort = sort, .seconds = facts->duration };

  g_strlcpy (place.id, facts->id, sizeof place.id);
  place.number = sort == CS_SORT_PRICE ? facts->cost : facts->created_at;
  return cs_library_cursor_to_string (&place);
}

/* Steps through the rows of a page; one more than @limit tells that there is a next page. */
static CsLibraryPage *
read_page (CsStatement *statement,
           CsPaths *paths,
           CsLibrarySort sort,
           guint limit,
           GPtrArray *turned,
           GError **error)
{
  g_autoptr (CsLibraryPage) page = g_new0 (CsLibraryPage, 1);
  GError *local = NULL;

  page->creations = g_ptr_array_new_with_free_func (g_object_unref);
  while (page->creations->len < limit && cs_statement_step (statement, &local))
    g_ptr_array_add (page->creations, cs_library_files_read (paths, statement, turned));
  if (local == NULL && page->creations->len == limit && cs_statement_step (statement, &local))
    page->next = make_cursor (sort, g_ptr_array_index (page->creations, limit - 1));
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  return g_steal_pointer (&page);
}

/**
 * cs_library_query_page:
 * @turned: (element-type CsCreation): gets those whose file came or went since their row was written
 *
 * Returns: (transfer full): the creations behind the cursor, at most the limit; NULL with
 * CS_ERROR_INVALID_VALUE when the cursor is not one of this list.
 */
CsLibraryPage *
cs_library_query_page (
    const CsLibraryQuery *self, CsDatabase *database, CsPaths *paths, GPtrArray *turned, GError **error)
{
  guint limit = self->limit == 0 ? DEFAULT_LIMIT : MIN (self->limit, MAX_LIMIT);
  g_autofree char *match = cs_search_words_match (self->text);
  g_autoptr (GString) sql = g_string_new (self->key_id != 0 ? "SELECT " CS_CREATION_COLUMNS_AT (DEBIT) " FROM creations AS c"
                                                            : "SELECT " CS_CREATION_COLUMNS " FROM creations AS c");
  g_autoptr (CsStatement) statement = NULL;
  CsLibraryCursor place;

  if (self->cursor != NULL && !cs_library_cursor_parse (&place, self->cursor, self->sort, error))
    return NULL;

  append_conditions (sql, self, match);
  if (self->cursor != NULL)
    append_place (sql, self);
  append_order (sql, self);
  g_string_append (sql, " LIMIT :limit");

  statement = cs_statement_new (database, sql->str, error);
  if (statement == NULL)
    return NULL;
  bind_conditions (statement, self, match);
  if (self->cursor != NULL)
    bind_place (statement, &place);
  cs_statement_bind_int (statement, ":limit", (gint64) limit + 1);
  return read_page (statement, paths, self->sort, limit, turned, error);
}

/* The row numbers that a statement finds. */
static GArray *
read_rows (CsStatement *statement, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  GError *local = NULL;

  while (cs_statement_step (statement, &local))
    {
      gint64 row = cs_statement_get_int (statement, 0);

      g_array_append_val (rows, row);
      if (rows->len % ROWS_BETWEEN_CHECKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, &local))
        break;
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  return g_steal_pointer (&rows);
}

/**
 * cs_library_query_order:
 *
 * Reads the whole list as row numbers, without its words, limit and cursor.
 *
 * Returns: (transfer full) (element-type gint64): the rows in order.
 */
GArray *
cs_library_query_order (const CsLibraryQuery *self,
                        CsDatabase *database,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT c.rowid FROM creations AS c");
  g_autoptr (CsStatement) statement = NULL;

  append_conditions (sql, self, NULL);
  append_order (sql, self);
  statement = cs_statement_new (database, sql->str, error);
  if (statement == NULL)
    return NULL;
  bind_conditions (statement, self, NULL);
  return read_rows (statement, cancellable, error);
}

/* Whether @rows, which rise, have @row. */
static gboolean
has_row (GArray *rows, gint64 row)
{
  guint low = 0;
  guint high = rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint64 here = g_array_index (rows, gint64, middle);

      if (here == row)
        return TRUE;
      if (here < row)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

/**
 * cs_library_query_filter:
 * @order: (element-type gint64): what cs_library_query_order() found
 *
 * Returns: (transfer full) (element-type gint64): those of @order that have the words of the query.
 */
GArray *
cs_library_query_filter (const CsLibraryQuery *self,
                         GArray *order,
                         CsDatabase *database,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *match = cs_search_words_match (self->text);
  g_autoptr (CsStatement) statement = NULL;
  g_autoptr (GArray) matches = NULL;
  GArray *rows;

  if (match == NULL)
    return g_array_ref (order);

  statement = cs_statement_new (
      database, "SELECT rowid FROM creations_fts WHERE creations_fts MATCH :match ORDER BY rowid", error);
  if (statement == NULL)
    return NULL;
  cs_statement_bind_text (statement, ":match", match);
  matches = read_rows (statement, cancellable, error);
  if (matches == NULL)
    return NULL;

  rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < order->len && matches->len > 0; i++)
    {
      gint64 row = g_array_index (order, gint64, i);

      if (has_row (matches, row))
        g_array_append_val (rows, row);
    }
  return rows;
}
