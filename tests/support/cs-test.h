/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Seconds that a test waits for something to happen. */
#ifdef CS_SANITIZED
#define CS_TEST_PATIENCE 150
#else
#define CS_TEST_PATIENCE 30
#endif

/* A studio of its own for one test: a fresh folder that CREATIVE_STUDIO_HOME names until it is freed. */
typedef struct
{
  char *path;
  char *outer; /* (nullable) the value of CREATIVE_STUDIO_HOME before */
} CsTestHome;

/* How a program ended, and what it said. */
typedef struct
{
  int exit_status; /* -1 when a signal ended it, or when it took too long and was killed */
  gboolean timed_out;
  char *out;       /* NUL-terminated, but may hold other NULs: see out_length */
  gsize out_length;
  char *err;
  gsize err_length;
} CsTestRun;

typedef gboolean (*CsTestCondition) (gpointer user_data);

CsTestHome *cs_test_home_new     (void);
char       *cs_test_home_build   (CsTestHome *self, const char *name);
void        cs_test_home_free    (CsTestHome *self);

gboolean    cs_test_wait         (CsTestCondition condition, gpointer user_data);
gboolean    cs_test_wait_seconds (CsTestCondition condition, gpointer user_data, guint seconds);
void        cs_test_keep_result  (GObject *source, GAsyncResult *result, gpointer slot);
void        cs_test_wait_result  (GAsyncResult **slot);

void        cs_test_remove_tree  (const char *path);
char       *cs_test_find_data    (const char *name);

CsTestRun  *cs_test_run          (const char *const *argv, const char *input, guint seconds);
void        cs_test_run_free     (CsTestRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsTestHome, cs_test_home_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsTestRun, cs_test_run_free)

G_END_DECLS
