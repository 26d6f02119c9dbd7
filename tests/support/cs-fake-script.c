/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scripts of the fake servers: told by the test, used up by the server's thread. */
#include "config.h"
#include "cs-fake-script.h"

struct _CsFakeScript
{
  GMutex lock;
  GHashTable *queues; /* "vendor.operation" -> GQueue of words */
  GHashTable *usual;  /* "vendor.operation" -> word */
  GHashTable *texts;  /* vendor -> what its language model says */
};

static void
free_queue (gpointer queue)
{
  g_queue_free_full (queue, g_free);
}

CsFakeScript *
cs_fake_script_new (void)
{
  CsFakeScript *self = g_new0 (CsFakeScript, 1);

  g_mutex_init (&self->lock);
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_queue);
  self->usual = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
cs_fake_script_free (CsFakeScript *self)
{
  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->usual);
  g_hash_table_unref (self->texts);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static char *
make_name (const char *vendor, const char *operation)
{
  return g_strconcat (vendor, ".", operation, NULL);
}

/** cs_fake_script_add: @words: separated by blanks; they come after those that wait already. */
void
cs_fake_script_add (CsFakeScript *self, const char *vendor, const char *operation, const char *words)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (GStrv) list = g_strsplit_set (words, " \t\n", -1);
  char *name = make_name (vendor, operation);
  GQueue *queue = g_hash_table_lookup (self->queues, name);

  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->queues, g_strdup (name), queue);
    }
  for (guint i = 0; list[i] != NULL; i++)
    if (list[i][0] != '\0')
      g_queue_push_tail (queue, g_strdup (list[i]));
  g_free (name);
}

void
cs_fake_script_set_usual (CsFakeScript *self, const char *vendor, const char *operation, const char *word)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_insert (self->usual, make_name (vendor, operation), g_strdup (word));
}

/** cs_fake_script_take: Returns: (transfer full): the next word for this operation. */
char *
cs_fake_script_take (CsFakeScript *self, const char *vendor, const char *operation)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autofree char *name = make_name (vendor, operation);
  GQueue *queue = g_hash_table_lookup (self->queues, name);
  char *word = queue != NULL ? g_queue_pop_head (queue) : NULL;

  if (word == NULL)
    word = g_strdup (g_hash_table_lookup (self->usual, name));
  return word != NULL ? word : g_strdup ("ok");
}

/** cs_fake_script_set_text: @text: (nullable): NULL gives its own words back to the model. */
void
cs_fake_script_set_text (CsFakeScript *self, const char *vendor, const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (text != NULL)
    g_hash_table_insert (self->texts, g_strdup (vendor), g_strdup (text));
  else
    g_hash_table_remove (self->texts, vendor);
}

/** cs_fake_script_dup_text: Returns: (transfer full) (nullable). */
char *
cs_fake_script_dup_text (CsFakeScript *self, const char *vendor)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_strdup (g_hash_table_lookup (self->texts, vendor));
}
