/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work that the fake servers took, and the files that came of it. Server's thread. */
#include "config.h"
#include "cs-fake-task.h"

#include "cs-fake-media.h"
#include "cs-fake-server-private.h"

#include <stdio.h>
#include <string.h>

struct _CsFakeTasks
{
  CsFakeServer *server; /* borrowed */
  GPtrArray *all;       /* (element-type CsFakeTask) in the order they came */
  GHashTable *by_id;    /* borrowed */
  GHashTable *files;    /* name -> CsFakeFile */
};

/* What an end may be; the words of a script. */
static const char *const fates[] = { "failed", "aborted", "canceled", "removed", "nooutput", "output", NULL };

static void
task_free (gpointer data)
{
  CsFakeTask *self = data;

  g_ptr_array_unref (self->outputs);
  json_node_unref (self->input);
  g_free (self->id);
  g_free (self->model);
  g_free (self->task_type);
  g_free (self->prompt);
  g_free (self->fate);
  g_free (self->fate_argument);
  g_free (self);
}

static void
file_free (gpointer data)
{
  CsFakeFile *self = data;

  g_bytes_unref (self->bytes);
  g_free (self->name);
  g_free (self->address);
  g_free (self->metadata);
  g_free (self->type);
  g_free (self);
}

CsFakeTasks *
cs_fake_tasks_new (CsFakeServer *server)
{
  CsFakeTasks *self = g_new0 (CsFakeTasks, 1);

  self->server = server;
  self->all = g_ptr_array_new_with_free_func (task_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, file_free);
  return self;
}

void
cs_fake_tasks_free (CsFakeTasks *self)
{
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->files);
  g_ptr_array_unref (self->all);
  g_free (self);
}

/** cs_fake_tasks_get_all: Returns: (transfer none) (element-type CsFakeTask). */
GPtrArray *
cs_fake_tasks_get_all (CsFakeTasks *self)
{
  return self->all;
}

CsFakeTask *
cs_fake_tasks_find (CsFakeTasks *self, const char *vendor, const char *id)
{
  CsFakeTask *task = g_hash_table_lookup (self->by_id, id);

  return task != NULL && g_str_equal (task->vendor, vendor) ? task : NULL;
}

static CsFakeFile *
add_file (CsFakeTasks *self, GBytes *bytes, const char *type, char *name)
{
  CsFakeFile *file = g_new0 (CsFakeFile, 1);

  file->name = name;
  file->address = cs_fake_server_build_address (self->server, "/files/%s", name);
  file->type = g_strdup (type);
  file->bytes = bytes;
  g_hash_table_replace (self->files, file->name, file);
  return file;
}

/** cs_fake_tasks_add_file: @bytes: (transfer full). Returns: (transfer none): a file, called by its type. */
CsFakeFile *
cs_fake_tasks_add_file (CsFakeTasks *self, GBytes *bytes, const char *type)
{
  g_autofree char *id = cs_fake_id_new (16);
  const char *extension = strchr (type, '/') + 1;

  return add_file (self, bytes, type,
                   g_strdup_printf ("%s.%s", id, g_str_equal (extension, "jpeg") ? "jpg" : extension));
}

/** cs_fake_tasks_add_upload: @bytes: (transfer full). Returns: (transfer none): a file with an id for a name. */
CsFakeFile *
cs_fake_tasks_add_upload (CsFakeTasks *self, GBytes *bytes, const char *type)
{
  return add_file (self, bytes, type, cs_fake_id_new (26));
}

CsFakeFile *
cs_fake_tasks_find_file (CsFakeTasks *self, const char *name)
{
  return g_hash_table_lookup (self->files, name);
}

void
cs_fake_tasks_remove_file (CsFakeTasks *self, const char *name)
{
  g_hash_table_remove (self->files, name);
}

char *
cs_fake_id_new (guint length)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  char *id = g_malloc0 (length + 1);

  for (guint i = 0; i < length; i++)
    id[i] = letters[g_random_int_range (0, sizeof letters - 1)];
  return id;
}

static gboolean
is_fate (CsFakeCall *call)
{
  return g_strv_contains (fates, call->word);
}

static void
set_fate (CsFakeTask *self, CsFakeCall *call)
{
  g_free (self->fate);
  g_free (self->fate_argument);
  self->fate = g_strdup (call->word);
  self->fate_argument = g_strdup (call->argument);
}

/**
 * cs_fake_task_new:
 * @id: (transfer full): its name from now on
 *
 * Takes the work of @call, and with it what the script says about its end.
 *
 * Returns: (transfer none): a task that waits
 */
CsFakeTask *
cs_fake_task_new (CsFakeCall *call, char *id, const char *model, JsonNode *input, const char *prompt)
{
  CsFakeTasks *tasks = call->server->tasks;
  CsFakeTask *self = g_new0 (CsFakeTask, 1);

  self->id = id;
  self->vendor = call->vendor->name;
  self->model = g_strdup (model);
  self->input = json_node_ref (input);
  self->prompt = g_strdup (prompt);
  self->seed = -1;
  self->n_outputs = 1;
  self->picture_type = "image/png";
  self->polls = 1;
  self->created = g_get_real_time ();
  self->outputs = g_ptr_array_new_with_free_func (g_free);
  cs_fake_task_set_shape (self, NULL);
  if (is_fate (call))
    set_fate (self, call);
  if (cs_fake_call_is (call, "polls"))
    self->polls = (guint) g_ascii_strtoull (call->argument, NULL, 10);
  g_ptr_array_add (tasks->all, self);
  g_hash_table_insert (tasks->by_id, self->id, self);
  return self;
}

/** cs_fake_task_set_shape: @aspect_ratio: (nullable): as "16:9"; the media are small whatever it is. */
void
cs_fake_task_set_shape (CsFakeTask *self, const char *aspect_ratio)
{
  int width = 0, height = 0;

  if (aspect_ratio == NULL || sscanf (aspect_ratio, "%d:%d", &width, &height) != 2 || width <= 0 || height <= 0)
    width = 16, height = 9;
  self->width = MAX (16, 128 * width / MAX (width, height) / 2 * 2);
  self->height = MAX (16, 128 * height / MAX (width, height) / 2 * 2);
}

gboolean
cs_fake_task_has_fate (CsFakeTask *self, const char *fate)
{
  return self->fate != NULL && g_str_equal (self->fate, fate);
}

gboolean
cs_fake_task_is_over (CsFakeTask *self)
{
  return self->state >= CS_FAKE_TASK_DONE;
}

/** cs_fake_task_has_output: Returns: whether the answer shows something. */
gboolean
cs_fake_task_has_output (CsFakeTask *self)
{
  return self->state == CS_FAKE_TASK_DONE && !cs_fake_task_has_fate (self, "nooutput")
         && !cs_fake_task_has_fate (self, "removed");
}

/** cs_fake_task_get_form: Returns: @natural, or what the script wants: string, array, object or null. */
const char *
cs_fake_task_get_form (CsFakeTask *self, const char *natural)
{
  static const char *const forms[] = { "string", "array", "object", "null", NULL };

  if (cs_fake_task_has_fate (self, "output") && g_strv_contains (forms, self->fate_argument))
    return self->fate_argument;
  return natural;
}

/* Where an output must not be taken from; NULL when the output is a file of ours. */
static char *
build_bad_address (CsFakeTask *self, CsFakeServer *server)
{
  const char *kind = cs_fake_task_has_fate (self, "output") ? self->fate_argument : "";

  if (g_str_equal (kind, "file"))
    return g_strdup ("file:///etc/passwd");
  if (g_str_equal (kind, "private"))
    return g_strdup ("https://192.168.0.10/output.mp4");
  if (g_str_equal (kind, "http"))
    return g_strdup ("http://delivery.example.com/output.mp4");
  if (g_str_equal (kind, "foreign"))
    return g_strdup_printf ("http://localhost:%u/files/output.mp4", server->elsewhere);
  return NULL;
}

static char *
make_output (CsFakeTask *self, CsFakeServer *server, int n)
{
  g_autofree char *words = g_strdup_printf ("%s/%" G_GINT64_FORMAT "/%d", self->prompt, self->seed, n);
  char *bad = build_bad_address (self, server);
  const char *type = self->picture_type;
  GBytes *bytes;

  if (bad != NULL)
    return bad;
  if (self->is_video)
    bytes = cs_fake_media_video (words, self->width, self->height, self->has_sound, &type);
  else
    bytes = cs_fake_media_picture (words, self->width, self->height, type);
  return g_strdup (cs_fake_tasks_add_file (server->tasks, bytes, type)->address);
}

/** cs_fake_task_finish: Ends as it is to end. */
void
cs_fake_task_finish (CsFakeTask *self, CsFakeServer *server)
{
  self->ended = g_get_real_time ();
  if (self->started == 0 && !cs_fake_task_has_fate (self, "aborted"))
    self->started = self->ended;
  if (cs_fake_task_has_fate (self, "failed"))
    self->state = CS_FAKE_TASK_FAILED;
  else if (cs_fake_task_has_fate (self, "canceled"))
    self->state = CS_FAKE_TASK_CANCELED;
  else if (cs_fake_task_has_fate (self, "aborted"))
    self->state = CS_FAKE_TASK_ABORTED;
  else
    self->state = CS_FAKE_TASK_DONE;
  self->is_billed = self->state == CS_FAKE_TASK_FAILED ? g_strcmp0 (self->fate_argument, "yes") == 0
                                                       : self->state != CS_FAKE_TASK_ABORTED;
  g_ptr_array_set_size (self->outputs, 0);
  if (self->state == CS_FAKE_TASK_DONE)
    for (int i = 0; i < self->n_outputs; i++)
      g_ptr_array_add (self->outputs, make_output (self, server, i));
}

static void
run_on (CsFakeTask *self)
{
  self->state = CS_FAKE_TASK_RUNNING;
  if (self->started == 0)
    self->started = g_get_real_time ();
}

/* A status that the script dictates: an end when it is the word for one, in whatever case. */
static gboolean
is_end_word (const char *word)
{
  return g_ascii_strcasecmp (word, "completed") == 0 || g_ascii_strcasecmp (word, "succeeded") == 0;
}

/* What nobody waited for any longer: cancelled when it had begun, aborted when not. */
static gboolean
expire (CsFakeTask *self, CsFakeServer *server)
{
  if (self->deadline == 0 || cs_fake_task_is_over (self) || g_get_real_time () < self->deadline)
    return FALSE;
  g_free (self->fate);
  self->fate = g_strdup (self->started != 0 ? "canceled" : "aborted");
  cs_fake_task_finish (self, server);
  return TRUE;
}

/** cs_fake_task_obey: Ends as the script says right now. Returns: whether it says so. */
gboolean
cs_fake_task_obey (CsFakeTask *self, CsFakeCall *call)
{
  if (!is_fate (call))
    return FALSE;
  set_fate (self, call);
  cs_fake_task_finish (self, call->server);
  return TRUE;
}

/** cs_fake_task_poll: Somebody asks how it is: it goes one step on, or where the script says. */
void
cs_fake_task_poll (CsFakeTask *self, CsFakeCall *call)
{
  if (cs_fake_task_obey (self, call) || expire (self, call->server) || cs_fake_task_is_over (self))
    return;
  if (cs_fake_call_is (call, "status"))
    {
      if (is_end_word (call->argument))
        cs_fake_task_finish (self, call->server);
      else
        run_on (self);
    }
  else if (self->polls > 0)
    {
      self->polls--;
      run_on (self);
    }
  else
    cs_fake_task_finish (self, call->server);
}

/** cs_fake_task_cancel: What was not over is cancelled; billed when it had begun. */
void
cs_fake_task_cancel (CsFakeTask *self)
{
  if (cs_fake_task_is_over (self))
    return;
  self->state = CS_FAKE_TASK_CANCELED;
  self->is_billed = self->started != 0;
  self->ended = g_get_real_time ();
}

/** cs_fake_task_get_output: Returns: (nullable): the address of the first output. */
const char *
cs_fake_task_get_output (CsFakeTask *self)
{
  return cs_fake_task_has_output (self) ? self->outputs->pdata[0] : NULL;
}
