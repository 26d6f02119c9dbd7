/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looks through the pages of Replicate's list for a prediction that may be the one in doubt: the same model, the whole input
 * equal, made when ours was sent, by the server's clock, and bound to no other attempt. Two of them are as good as none.
 * Of the address of the next page only the cursor is taken: where the key goes is not for an answer to say.
 */
#include "config.h"
#include "providers/replicate/cs-replicate-list.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-text.h"
#include "net/cs-http-call.h"
#include "providers/replicate/cs-replicate-answer.h"

#include <string.h>

#define SECOND (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)
#define BEFORE (2 * SECOND)             /* the server's Date has whole seconds */
#define AFTER (120 * SECOND)            /* what a request may take to be taken */
#define SLACK (24 * 3600 * SECOND)      /* how wrong our own clock may be: asked for more, judged by the server's */
#define MAX_PAGES 10
#define MAX_CURSOR 1024

struct _CsReplicateList
{
  char *model;
  JsonNode *input;
  gint64 sent_at;
  char **bound;

  char *cursor;      /* (nullable) of the next page */
  GPtrArray *found;  /* (element-type utf8) ids that fit */
  guint n_pages;
  gboolean is_whole; /* nothing that could fit is on a page that was not read */
};

/**
 * cs_replicate_list_new:
 * @input: what was sent, whole
 * @sent_at: microseconds since the epoch, by our clock
 * @bound: (nullable): ids that belong to others
 */
CsReplicateList *
cs_replicate_list_new (const char *model, JsonObject *input, gint64 sent_at, const char *const *bound)
{
  CsReplicateList *self = g_new0 (CsReplicateList, 1);

  self->model = g_strdup (model);
  self->input = json_node_init_object (json_node_alloc (), input);
  self->sent_at = sent_at;
  self->bound = g_strdupv ((char **) bound);
  self->found = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
cs_replicate_list_free (CsReplicateList *self)
{
  g_free (self->model);
  json_node_unref (self->input);
  g_strfreev (self->bound);
  g_free (self->cursor);
  g_ptr_array_unref (self->found);
  g_free (self);
}

/** cs_replicate_list_dup_path: Returns: (transfer full): path and query of the page to read next. */
char *
cs_replicate_list_dup_path (CsReplicateList *self)
{
  g_autofree char *after = cs_text_format_time (self->sent_at - SLACK);
  g_autofree char *escaped = g_uri_escape_string (after, NULL, FALSE);
  g_autofree char *cursor = self->cursor != NULL ? g_uri_escape_string (self->cursor, NULL, FALSE) : NULL;

  if (cursor != NULL)
    return g_strdup_printf ("/v1/predictions?created_after=%s&cursor=%s", escaped, cursor);
  return g_strdup_printf ("/v1/predictions?created_after=%s", escaped);
}

static gboolean
is_bound (CsReplicateList *self, const char *id)
{
  return self->bound != NULL && g_strv_contains ((const char *const *) self->bound, id);
}

/* The same prediction may stand on two pages, when others were made between the two questions. */
static gboolean
is_found (CsReplicateList *self, const char *id)
{
  return g_ptr_array_find_with_equal_func (self->found, id, g_str_equal, NULL);
}

static void
judge (CsReplicateList *self, JsonObject *prediction, gint64 created_at, gint64 skew)
{
  const char *id = cs_json_get_string (prediction, "id", NULL);
  JsonNode *input = json_object_get_member (prediction, "input");

  if (!cs_wire_id_is_valid (id) || is_bound (self, id) || is_found (self, id))
    return;
  if (created_at < self->sent_at + skew - BEFORE || created_at > self->sent_at + skew + AFTER)
    return;
  if (g_strcmp0 (cs_json_get_string (prediction, "model", NULL), self->model) != 0)
    return;
  if (input != NULL && json_node_equal (input, self->input))
    g_ptr_array_add (self->found, g_strdup (id));
}

/* The newest come first, so that behind one that is too old there is none that fits: @is_past. FALSE when one of them says
 * not even when it was made: it might be another that fits. */
static gboolean
judge_all (CsReplicateList *self, JsonArray *results, gint64 skew, gboolean *is_past)
{
  *is_past = FALSE;
  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonNode *node = json_array_get_element (results, i);
      JsonObject *prediction = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      gint64 created_at;

      if (!cs_text_parse_time (cs_json_get_string (prediction, "created_at", NULL), &created_at))
        return FALSE;
      judge (self, prediction, created_at, skew);
      *is_past = *is_past || created_at < self->sent_at + skew - BEFORE;
    }
  return TRUE;
}

/* (nullable) (transfer full) */
static char *
dup_cursor (const char *next)
{
  g_autoptr (GUri) uri = next != NULL ? g_uri_parse (next, G_URI_FLAGS_ENCODED_QUERY, NULL) : NULL;
  const char *query = uri != NULL ? g_uri_get_query (uri) : NULL;
  g_autoptr (GHashTable) parameters = query != NULL ? g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL) : NULL;
  const char *cursor = parameters != NULL ? g_hash_table_lookup (parameters, "cursor") : NULL;

  return cursor != NULL && *cursor != '\0' && strlen (cursor) <= MAX_CURSOR ? g_strdup (cursor) : NULL;
}

/**
 * cs_replicate_list_read:
 * @page: the body of a good answer
 * @skew: microseconds that the server's clock is ahead of ours
 *
 * Returns: FALSE when @page is no page of a list; then this look was none.
 */
gboolean
cs_replicate_list_read (CsReplicateList *self, GBytes *page, gint64 skew, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (page, &length);
  g_autoptr (JsonObject) object = cs_json_parse_object (data, length, CS_HTTP_MAX_ANSWER, NULL);
  JsonArray *results = cs_json_get_array (object, "results");
  const char *next = cs_json_get_string (object, "next", NULL);
  gboolean is_past;

  if (results == NULL || !judge_all (self, results, skew, &is_past))
    {
      g_propagate_error (error, cs_wire_error_unreadable (&cs_replicate_vendor));
      return FALSE;
    }
  self->n_pages++;
  self->is_whole = is_past || next == NULL;
  g_free (self->cursor);
  self->cursor = self->is_whole ? NULL : dup_cursor (next);
  return TRUE;
}

/** cs_replicate_list_has_more: Returns: TRUE when there is another page to read, and it may hold something. */
gboolean
cs_replicate_list_has_more (CsReplicateList *self)
{
  return self->cursor != NULL && self->n_pages < MAX_PAGES;
}

/** cs_replicate_list_dup_id: Returns: (transfer full) (nullable): the one id that fits, when everything was seen. */
char *
cs_replicate_list_dup_id (CsReplicateList *self)
{
  return self->is_whole && self->found->len == 1 ? g_strdup (self->found->pdata[0]) : NULL;
}
