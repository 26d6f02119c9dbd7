/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the tests of the keyring share. Every case runs in a process and on a session bus of its own: a test program starts
 * itself again there with the name of a scene.
 */

#include "core/cs-error.h"
#include "core/cs-redact.h"
#include "secrets/cs-secret-store.h"

#include "cs-test.h"

#include <glib/gstdio.h>
#include <string.h>

#ifdef CS_SANITIZED
#define LIMIT 300 /* seconds that one case may take */
#else
#define LIMIT 60
#endif

/* Nothing of what is stored may be found where it does not belong. */
#define CANARY "r8_canary0123456789"

static const char *program;

/* What the store said: -1 is well done, or the code of the error. */
typedef struct
{
  char *secret; /* (nullable) */
  int code;
} Answer;

static inline void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->secret, cs_secret_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static inline int
take_error (GError *error, const char *words)
{
  int code = error->code;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    code = G_MAXINT;
  else
    g_assert_cmpint (error->domain, ==, CS_ERROR);
  g_test_message ("%s", error->message);
  g_assert_null (strstr (error->message, CANARY));
  if (words != NULL && strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  g_error_free (error);
  return code;
}

/* @words: (nullable): what the sentence says when it fails */
static inline Answer
look_up (CsSecretStore *store, CsKeyName name, const char *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  Answer answer = { NULL, -1 };

  cs_secret_store_lookup_async (store, name, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  answer.secret = cs_secret_store_lookup_finish (store, result, &error);
  if (error != NULL)
    answer.code = take_error (error, words);
  return answer;
}

static inline void
assert_kept (CsSecretStore *store, CsKeyName name, const char *expected)
{
  g_auto (Answer) answer = look_up (store, name, NULL);

  g_assert_cmpint (answer.code, ==, -1);
  g_assert_cmpstr (answer.secret, ==, expected);
}

static inline void
assert_unreadable (CsSecretStore *store, CsKeyName name, const char *words)
{
  g_auto (Answer) answer = look_up (store, name, words);

  g_assert_cmpint (answer.code, ==, CS_ERROR_NO_KEYRING);
  g_assert_null (answer.secret);
}

/* @secret: (nullable): NULL forgets it */
static inline int
put (CsSecretStore *store, CsKeyName name, const char *secret, gboolean may_prompt, const char *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean good;

  if (secret != NULL)
    cs_secret_store_store_async (store, name, secret, may_prompt, NULL, cs_test_keep_result, &result);
  else
    cs_secret_store_clear_async (store, name, may_prompt, NULL, cs_test_keep_result, &result);
  cs_test_wait_result (&result);
  good = secret != NULL ? cs_secret_store_store_finish (store, result, &error)
                        : cs_secret_store_clear_finish (store, result, &error);
  g_assert_true (good == (error == NULL));
  return good ? -1 : take_error (error, words);
}

/* What happens in the process of a case. */
typedef struct
{
  const char *name;
  void (*run) (void);
} Scene;

static inline int
run_scene (const Scene *scenes, gsize n_scenes, const char *name)
{
  for (gsize i = 0; i < n_scenes; i++)
    if (g_str_equal (scenes[i].name, name))
      {
        scenes[i].run ();
        return 0;
      }
  return 77;
}

/* A folder that is the whole home of one case. */
static inline char *
make_home (void)
{
  g_autoptr (GError) error = NULL;
  char *home = g_dir_make_tmp ("cs-test-keyring-XXXXXX", &error);
  g_autofree char *runtime = g_build_filename (home, "runtime", NULL);

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (runtime, 0700), ==, 0);
  return home;
}

static inline void
run_here (GPtrArray *argv, const char *scene)
{
  CsTestRun *run;

  g_ptr_array_add (argv, (char *) program);
  g_ptr_array_add (argv, "--scene");
  g_ptr_array_add (argv, (char *) scene);
  g_ptr_array_add (argv, NULL);
  run = cs_test_run ((const char *const *) argv->pdata, NULL, LIMIT);
  if (run->exit_status != 0)
    g_error ("“%s” ended with %d:\n%s\n%s", scene, run->exit_status, run->out, run->err);
  g_assert_null (strstr (run->out, CANARY));
  g_assert_null (strstr (run->err, CANARY));
  cs_test_run_free (run);
}

/* @settings: (nullable): of the bus; a variable that is set to nothing is unset */
static inline void
run_in_session (const char *home, const char *settings, const char *scene)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) line = g_ptr_array_new ();

  g_ptr_array_add (argv, g_strdup ("env"));
  g_ptr_array_add (argv, g_strdup ("--unset=DISPLAY"));
  g_ptr_array_add (argv, g_strdup ("--unset=WAYLAND_DISPLAY"));
  g_ptr_array_add (argv, g_strdup_printf ("HOME=%s", home));
  g_ptr_array_add (argv, g_strdup_printf ("XDG_DATA_HOME=%s/data", home));
  g_ptr_array_add (argv, g_strdup_printf ("XDG_CONFIG_HOME=%s/config", home));
  g_ptr_array_add (argv, g_strdup_printf ("XDG_CACHE_HOME=%s/cache", home));
  g_ptr_array_add (argv, g_strdup_printf ("XDG_RUNTIME_DIR=%s/runtime", home));
  g_ptr_array_add (argv, g_strdup ("dbus-run-session"));
  if (settings != NULL)
    g_ptr_array_add (argv, g_strdup_printf ("--config-file=%s", settings));
  g_ptr_array_add (argv, g_strdup ("--"));
  for (guint i = 0; i < argv->len; i++)
    g_ptr_array_add (line, argv->pdata[i]);
  run_here (line, scene);
}

/* A bus that starts nothing by itself. */
static inline char *
write_bare_settings (const char *home)
{
  g_autofree char *path = g_build_filename (home, "bus.conf", NULL);
  g_autofree char *text = g_strdup_printf (
      "<!DOCTYPE busconfig PUBLIC '-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN'"
      " 'http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd'>"
      "<busconfig><type>session</type><listen>unix:dir=%s/runtime</listen>"
      "<policy context='default'><allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/>"
      "<allow own='*'/></policy></busconfig>",
      home);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_steal_pointer (&path);
}

static inline void
test_in_session (gconstpointer data)
{
  g_autofree char *home = make_home ();
  g_autofree char *settings = write_bare_settings (home);

  run_in_session (home, settings, data);
  cs_test_remove_tree (home);
}
