/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the fake servers were asked, in memory and in a journal. */
#include "config.h"
#include "cs-fake-log.h"

#include "core/cs-json.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct _CsFakeLog
{
  GMutex lock;
  char *journal;        /* (nullable) */
  GPtrArray *records;   /* (element-type JsonObject) */
  GHashTable *accepted; /* vendor -> count */
};

CsFakeLog *
cs_fake_log_new (const char *journal)
{
  CsFakeLog *self = g_new0 (CsFakeLog, 1);

  g_mutex_init (&self->lock);
  self->journal = g_strdup (journal);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->accepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
cs_fake_log_free (CsFakeLog *self)
{
  g_ptr_array_unref (self->records);
  g_hash_table_unref (self->accepted);
  g_mutex_clear (&self->lock);
  g_free (self->journal);
  g_free (self);
}

/** cs_fake_log_add: Returns: (transfer none): the record of a request, for the setters below. */
JsonObject *
cs_fake_log_add (
    CsFakeLog *self, const char *vendor, const char *operation, const char *method, const char *path, const char *query)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  JsonObject *record = json_object_new ();

  json_object_set_string_member (record, "vendor", vendor);
  json_object_set_string_member (record, "operation", operation);
  json_object_set_string_member (record, "method", method);
  json_object_set_string_member (record, "path", path);
  json_object_set_string_member (record, "query", query != NULL ? query : "");
  json_object_set_object_member (record, "headers", json_object_new ());
  json_object_set_string_member (record, "body", "");
  g_ptr_array_add (self->records, record);
  return record;
}

void
cs_fake_log_set_header (CsFakeLog *self, JsonObject *record, const char *name, const char *value)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  json_object_set_string_member (json_object_get_object_member (record, "headers"), name, value);
}

/** cs_fake_log_set_body: What is not text is kept as text with its odd bytes replaced. */
void
cs_fake_log_set_body (CsFakeLog *self, JsonObject *record, GBytes *body)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autofree char *text = length > 0 ? g_utf8_make_valid (data, length) : g_strdup ("");

  json_object_set_string_member (record, "body", text);
}

/* One line in one write(), so that lines of several servers never mix. */
static void
append_line (const char *path, const char *line)
{
  int fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, line, strlen (line)), ==, strlen (line));
  close (fd);
}

/** cs_fake_log_write: @seed: less than 0 when there is none. @remote_id, @prompt: (nullable). */
void
cs_fake_log_write (CsFakeLog *self,
                   const char *vendor,
                   const char *operation,
                   const char *what,
                   const char *remote_id,
                   gint64 seed,
                   const char *prompt)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autofree char *hash = prompt != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, prompt, -1) : NULL;
  g_autofree char *number = seed >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, seed) : g_strdup ("-");
  g_autofree char *line = g_strdup_printf ("%s %s %s %s %s %.16s\n", vendor, operation, what,
                                           remote_id != NULL ? remote_id : "-", number, hash != NULL ? hash : "-");

  if (g_str_equal (what, "accepted"))
    {
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->accepted, vendor));

      g_hash_table_insert (self->accepted, g_strdup (vendor), GUINT_TO_POINTER (count + 1));
    }
  if (self->journal != NULL)
    append_line (self->journal, line);
}

static gboolean
matches (JsonObject *record, const char *vendor, const char *operation)
{
  return (vendor == NULL || g_str_equal (cs_json_get_string (record, "vendor", ""), vendor))
         && (operation == NULL || g_str_equal (cs_json_get_string (record, "operation", ""), operation));
}

guint
cs_fake_log_count (CsFakeLog *self, const char *vendor, const char *operation)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint count = 0;

  for (guint i = 0; i < self->records->len; i++)
    count += matches (self->records->pdata[i], vendor, operation);
  return count;
}

guint
cs_fake_log_count_accepted (CsFakeLog *self, const char *vendor)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GHashTableIter iter;
  gpointer name, count;
  guint sum = 0;

  g_hash_table_iter_init (&iter, self->accepted);
  while (g_hash_table_iter_next (&iter, &name, &count))
    if (vendor == NULL || g_str_equal (name, vendor))
      sum += GPOINTER_TO_UINT (count);
  return sum;
}

/** cs_fake_log_dup: Returns: (transfer full) (nullable): a copy, which stays as it is. */
JsonObject *
cs_fake_log_dup (CsFakeLog *self, const char *vendor, const char *operation, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (guint i = 0; i < self->records->len; i++)
    if (matches (self->records->pdata[i], vendor, operation) && n-- == 0)
      {
        g_autofree char *text = cs_json_object_to_string (self->records->pdata[i], FALSE);

        return cs_json_parse_object (text, strlen (text), G_MAXSIZE, NULL);
      }
  return NULL;
}
