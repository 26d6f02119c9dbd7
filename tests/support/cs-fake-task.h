/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-call.h"

G_BEGIN_DECLS

typedef enum
{
  CS_FAKE_TASK_WAITING,
  CS_FAKE_TASK_RUNNING,
  CS_FAKE_TASK_DONE,
  CS_FAKE_TASK_FAILED,
  CS_FAKE_TASK_CANCELED,
  CS_FAKE_TASK_ABORTED,
} CsFakeTaskState;

/* A piece of work that a fake server took. Fields are set by the vendor right after it was made, the state only here. */
typedef struct
{
  /* What was asked. */
  char *id;
  const char *vendor;
  char *model;
  char *task_type;     /* (nullable) */
  JsonNode *input;
  char *prompt;
  gint64 seed;         /* -1: none was sent */
  gboolean is_video;
  gboolean has_sound;
  const char *picture_type;
  int width, height;   /* of what is made */
  int n_outputs;
  gint64 deadline;     /* 0: none */

  /* How it goes; set by words of the script. */
  guint polls;         /* how often it still says "processing" */
  char *fate;          /* (nullable) */
  char *fate_argument; /* (nullable) */

  /* State. Times are microseconds, 0 until then. */
  CsFakeTaskState state;
  gboolean is_billed;
  gint64 created, started, ended;
  GPtrArray *outputs;  /* (element-type utf8) addresses */
} CsFakeTask;

/* A file that can be fetched without a key. */
typedef struct
{
  char *name;
  char *address;
  char *type;
  GBytes *bytes;
  char *metadata; /* (nullable) JSON, of an upload */
} CsFakeFile;

/* All tasks and files of a server. Server's thread. */
typedef struct _CsFakeTasks CsFakeTasks;

CsFakeTasks *cs_fake_tasks_new         (CsFakeServer *server);
void         cs_fake_tasks_free        (CsFakeTasks *self);
GPtrArray   *cs_fake_tasks_get_all     (CsFakeTasks *self);
CsFakeTask  *cs_fake_tasks_find        (CsFakeTasks *self, const char *vendor, const char *id);
CsFakeFile  *cs_fake_tasks_add_file    (CsFakeTasks *self, GBytes *bytes, const char *type);
CsFakeFile  *cs_fake_tasks_add_upload  (CsFakeTasks *self, GBytes *bytes, const char *type);
CsFakeFile  *cs_fake_tasks_find_file   (CsFakeTasks *self, const char *name);
void         cs_fake_tasks_remove_file (CsFakeTasks *self, const char *name);

CsFakeTask  *cs_fake_task_new          (CsFakeCall *call, char *id, const char *model, JsonNode *input, const char *prompt);
void         cs_fake_task_set_shape    (CsFakeTask *self, const char *aspect_ratio);
void         cs_fake_task_poll         (CsFakeTask *self, CsFakeCall *call);
gboolean     cs_fake_task_obey         (CsFakeTask *self, CsFakeCall *call);
void         cs_fake_task_finish       (CsFakeTask *self, CsFakeServer *server);
void         cs_fake_task_cancel       (CsFakeTask *self);
gboolean     cs_fake_task_is_over      (CsFakeTask *self);
gboolean     cs_fake_task_has_output   (CsFakeTask *self);
gboolean     cs_fake_task_has_fate     (CsFakeTask *self, const char *fate);
const char  *cs_fake_task_get_form     (CsFakeTask *self, const char *natural);
const char  *cs_fake_task_get_output   (CsFakeTask *self);

char        *cs_fake_id_new            (guint length); /* small letters and digits */

G_END_DECLS
