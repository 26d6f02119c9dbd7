/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keys of this user, in memory: those of the environment before those of the store. What is asked of the store is
 * done one after the other, in the order it was asked, so that what is here is what is there. Main thread; owned by the
 * engine.
 */
#include "config.h"
#include "secrets/cs-keys.h"

#include "core/cs-error.h"
#include "core/cs-redact.h"
#include "core/cs-task.h"
#include "core/cs-words.h"
#include "secrets/cs-key-value.h"
#include "secrets/cs-keyring-error.h"

#include <string.h>

/* What was found in one place under one name. */
typedef struct
{
  char *secret;    /* (nullable) the key */
  GError *refusal; /* (nullable) why what is there cannot be one */
} Value;

struct _CsKeys
{
  GObject parent_instance;

  CsSecretStore *store; /* (nullable) */

  Value environment[CS_N_KEYS];
  Value session[CS_N_KEYS]; /* what is kept nowhere else */
  Value stored[CS_N_KEYS]; /* as far as the store was read */
  GError *trouble;         /* (nullable) of the last time that the store was read */

  GQueue waiting; /* (element-type GTask) (owned) */
  gboolean is_busy;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsKeys, cs_keys, G_TYPE_OBJECT)

/* One thing that is asked of the store: the data of its task. */
typedef struct
{
  void (*start) (GTask *task);

  CsKeyName name;
  char *secret; /* (nullable) to be stored */
  gboolean may_prompt;

  guint n_lookups; /* that have not ended, and one for the loop that starts them */
  gboolean is_changed;
  GError *trouble; /* (nullable) the first of the lookups */
} Operation;

/* One lookup of several. */
typedef struct
{
  GTask *task;
  CsKeyName name;
} Lookup;

static void
operation_free (gpointer data)
{
  Operation *operation = data;

  g_clear_pointer (&operation->secret, cs_secret_free);
  g_clear_error (&operation->trouble);
  g_free (operation);
}

static void
value_clear (Value *value)
{
  g_clear_pointer (&value->secret, cs_secret_free);
  g_clear_error (&value->refusal);
}

static void
cs_keys_finalize (GObject *object)
{
  CsKeys *self = CS_KEYS (object);

  for (guint i = 0; i < CS_N_KEYS; i++)
    {
      value_clear (&self->environment[i]);
      value_clear (&self->session[i]);
      value_clear (&self->stored[i]);
    }
  g_clear_error (&self->trouble);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (cs_keys_parent_class)->finalize (object);
}

static void
cs_keys_class_init (CsKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_keys_finalize;

  /**
   * CsKeys::changed:
   *
   * A key came, went or is another now, or the trouble with the keyring did.
   */
  signals[CHANGED] = g_signal_new ("changed", CS_TYPE_KEYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_keys_init (CsKeys *self)
{
  g_queue_init (&self->waiting);
}

/** cs_keys_new: @store: (nullable): where keys are kept; NULL where the user wants no keyring. */
CsKeys *
cs_keys_new (CsSecretStore *store)
{
  CsKeys *self = g_object_new (CS_TYPE_KEYS, NULL);

  self->store = store != NULL ? g_object_ref (store) : NULL;
  return self;
}

/* @text: (transfer full) (nullable): what was found. Returns: whether it is something else than before. */
static gboolean
take_value (Value *value, char *text)
{
  Value now = { NULL, NULL };
  gboolean is_changed;

  if (!cs_key_value_is_absent (text))
    now.secret = cs_key_value_check (text, &now.refusal);
  if (now.secret != NULL)
    cs_redact_add_secret (now.secret);
  is_changed = g_strcmp0 (now.secret, value->secret) != 0 || (now.refusal == NULL) != (value->refusal == NULL);
  value_clear (value);
  *value = now;
  g_clear_pointer (&text, cs_secret_free);
  return is_changed;
}

/**
 * cs_keys_read_environment:
 *
 * Takes the keys out of the environment of this process, so that no child inherits them: once, before any thread is
 * started. Empty ones and placeholders count as absent.
 */
void
cs_keys_read_environment (CsKeys *self)
{
  g_return_if_fail (CS_IS_KEYS (self));

  for (guint i = 0; i < CS_N_KEYS; i++)
    take_value (&self->environment[i], cs_secret_take_from_environment (cs_key_name_to_string (i)));
}

static void
start_next (CsKeys *self)
{
  GTask *task;

  if (self->is_busy || g_queue_is_empty (&self->waiting))
    return;
  self->is_busy = TRUE;
  task = g_queue_pop_head (&self->waiting);
  ((Operation *) g_task_get_task_data (task))->start (task);
}

/* The one end of every operation. @task, @error: (transfer full). */
static void
end_operation (GTask *task, GError *error)
{
  g_autoptr (CsKeys) self = g_object_ref (g_task_get_source_object (task));
  Operation *operation = g_task_get_task_data (task);

  if (operation->is_changed)
    g_signal_emit (self, signals[CHANGED], 0);
  self->is_busy = FALSE;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
  start_next (self);
}

static void
add_operation (CsKeys *self, Operation *operation, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, operation, operation_free);
  /* What was done is done, whatever is cancelled afterwards. */
  g_task_set_check_cancellable (task, FALSE);
  g_queue_push_tail (&self->waiting, task);
  start_next (self);
}

static const char *
describe_no_store (void)
{
  return _ ("The keyring is switched off here. Put the key into the environment instead.");
}

/* The operation may have waited for others: whether it is still wanted, and possible. */
static gboolean
check_operation (GTask *task)
{
  CsKeys *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error) && self->store == NULL)
    g_set_error_literal (&error, CS_ERROR, CS_ERROR_NO_KEYRING, describe_no_store ());
  if (error == NULL)
    return TRUE;
  end_operation (task, error);
  return FALSE;
}

static void
take_trouble (CsKeys *self, Operation *operation)
{
  const char *before = self->trouble != NULL ? self->trouble->message : NULL;
  const char *now = operation->trouble != NULL ? operation->trouble->message : NULL;

  operation->is_changed |= g_strcmp0 (before, now) != 0;
  g_clear_error (&self->trouble);
  self->trouble = g_steal_pointer (&operation->trouble);
}

static void
end_lookup (GTask *task)
{
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;

  if (--operation->n_lookups > 0)
    return;
  if (g_error_matches (operation->trouble, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    error = g_steal_pointer (&operation->trouble);
  else
    take_trouble (g_task_get_source_object (task), operation);
  /* A key that was stored is stored, even if the others were not read again. */
  if (operation->secret != NULL)
    g_clear_error (&error);
  end_operation (task, error);
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Lookup *lookup = user_data;
  CsKeys *self = g_task_get_source_object (lookup->task);
  Operation *operation = g_task_get_task_data (lookup->task);
  GError *error = NULL;
  char *value = cs_secret_store_lookup_finish (CS_SECRET_STORE (source), result, &error);

  if (error == NULL)
    operation->is_changed |= take_value (&self->stored[lookup->name], value);
  else if (operation->trouble == NULL)
    operation->trouble = error;
  else
    g_error_free (error);
  end_lookup (lookup->task);
  g_free (lookup);
}

/* All at once: a keyring that is slow is waited for only once. */
static void
start_lookups (GTask *task)
{
  CsKeys *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);

  operation->n_lookups = 1;
  for (guint i = 0; self->store != NULL && i < CS_N_KEYS; i++)
    {
      Lookup *lookup;

      /* It would not be used. */
      if (self->environment[i].secret != NULL)
        continue;
      lookup = g_new0 (Lookup, 1);
      lookup->task = task;
      lookup->name = i;
      operation->n_lookups++;
      cs_secret_store_lookup_async (self->store, i, g_task_get_cancellable (task), lookup_cb, lookup);
    }
  end_lookup (task);
}

/**
 * cs_keys_load_async:
 *
 * Reads the store. It never asks the user anything, and takes some seconds at the most.
 */
void
cs_keys_load_async (CsKeys *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Operation *operation;

  g_return_if_fail (CS_IS_KEYS (self));

  operation = g_new0 (Operation, 1);
  operation->start = start_lookups;
  add_operation (self, operation, cs_keys_load_async, cancellable, callback, user_data);
}

/**
 * cs_keys_load_finish:
 *
 * Returns: FALSE only when it was cancelled: a keyring that could not be read is cs_keys_get_trouble(), and what was
 * known before is still known.
 */
CS_DEFINE_FINISH_BOOLEAN (CsKeys, cs_keys_load_async, cs_keys_load_finish)

static void
store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  CsKeys *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;

  if (!cs_secret_store_store_finish (CS_SECRET_STORE (source), result, &error))
    {
      end_operation (task, error);
      return;
    }
  operation->is_changed = take_value (&self->stored[operation->name], g_strdup (operation->secret));
  operation->is_changed |= take_value (&self->session[operation->name], NULL);
  /* It could not be read, but it can now: the user has unlocked it, perhaps. */
  if (self->trouble != NULL)
    start_lookups (task);
  else
    end_operation (task, NULL);
}

static void
start_set (GTask *task)
{
  CsKeys *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);

  if (check_operation (task))
    cs_secret_store_store_async (self->store, operation->name, operation->secret, operation->may_prompt,
                                 g_task_get_cancellable (task), store_cb, task);
}

/**
 * cs_keys_set_async:
 * @secret: what the user says is the key; spaces and line ends around it are dropped
 * @may_prompt: whether the user may be asked to unlock the keyring
 *
 * Stores a key. Where the environment has one of that name, that one is still what cs_keys_get() gives. Errors:
 * %CS_ERROR_INVALID_VALUE, %CS_ERROR_NO_KEYRING.
 */
void
cs_keys_set_async (CsKeys *self, CsKeyName name, const char *secret, gboolean may_prompt, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  Operation *operation;
  GError *error = NULL;
  char *value;

  g_return_if_fail (CS_IS_KEYS (self));
  g_return_if_fail ((guint) name < CS_N_KEYS);
  g_return_if_fail (secret != NULL);

  value = cs_key_value_check (secret, &error);
  if (value == NULL)
    {
      g_task_report_error (self, callback, user_data, cs_keys_set_async, error);
      return;
    }
  cs_redact_add_secret (value);
  operation = g_new0 (Operation, 1);
  operation->start = start_set;
  operation->name = name;
  operation->secret = value;
  operation->may_prompt = may_prompt;
  add_operation (self, operation, cs_keys_set_async, cancellable, callback, user_data);
}

CS_DEFINE_FINISH_BOOLEAN (CsKeys, cs_keys_set_async, cs_keys_set_finish)

static void
clear_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  CsKeys *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);
  GError *error = NULL;

  if (cs_secret_store_clear_finish (CS_SECRET_STORE (source), result, &error))
    operation->is_changed = take_value (&self->stored[operation->name], NULL);
  end_operation (task, error);
}

static void
start_clear (GTask *task)
{
  CsKeys *self = g_task_get_source_object (task);
  Operation *operation = g_task_get_task_data (task);

  if (check_operation (task))
    cs_secret_store_clear_async (self->store, operation->name, operation->may_prompt, g_task_get_cancellable (task), clear_cb,
                                 task);
}

/* Returns: whether there was one. */
static gboolean
forget_for_session (CsKeys *self, CsKeyName name)
{
  if (!take_value (&self->session[name], NULL))
    return FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/**
 * cs_keys_clear_async:
 *
 * Forgets a key of the store and of this process; one of the environment stays. Errors: %CS_ERROR_NO_KEYRING.
 */
void
cs_keys_clear_async (CsKeys *self, CsKeyName name, gboolean may_prompt, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  Operation *operation;

  g_return_if_fail (CS_IS_KEYS (self));
  g_return_if_fail ((guint) name < CS_N_KEYS);

  if (forget_for_session (self, name) && (self->store == NULL || self->trouble != NULL))
    {
      g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

      g_task_set_source_tag (task, cs_keys_clear_async);
      g_task_return_boolean (task, TRUE);
      return;
    }
  operation = g_new0 (Operation, 1);
  operation->start = start_clear;
  operation->name = name;
  operation->may_prompt = may_prompt;
  add_operation (self, operation, cs_keys_clear_async, cancellable, callback, user_data);
}

CS_DEFINE_FINISH_BOOLEAN (CsKeys, cs_keys_clear_async, cs_keys_clear_finish)

/**
 * cs_keys_set_for_session:
 * @secret: as in cs_keys_set_async()
 *
 * Keeps a key in the memory of this process alone: it is gone with it. For where there is no keyring, or it stays locked.
 * Errors: %CS_ERROR_INVALID_VALUE.
 */
gboolean
cs_keys_set_for_session (CsKeys *self, CsKeyName name, const char *secret, GError **error)
{
  char *value;

  g_return_val_if_fail (CS_IS_KEYS (self), FALSE);
  g_return_val_if_fail ((guint) name < CS_N_KEYS, FALSE);

  value = cs_key_value_check (secret, error);
  if (value == NULL)
    return FALSE;
  if (take_value (&self->session[name], value))
    g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/** cs_keys_has_keyring: Returns: FALSE where the user wants no keyring at all; else there may be one. */
gboolean
cs_keys_has_keyring (CsKeys *self)
{
  g_return_val_if_fail (CS_IS_KEYS (self), FALSE);

  return self->store != NULL;
}

/* Unlocking */

static void
unlock_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (cs_secret_store_unlock_finish (CS_SECRET_STORE (source), result, &error))
    start_lookups (task);
  else
    end_operation (task, error);
}

static void
start_unlock (GTask *task)
{
  CsKeys *self = g_task_get_source_object (task);

  if (check_operation (task))
    cs_secret_store_unlock_async (self->store, g_task_get_cancellable (task), unlock_cb, task);
}

/**
 * cs_keys_unlock_async:
 *
 * Asks the user to unlock the keyring, and reads it then; that takes as long as the user takes. Errors:
 * %CS_ERROR_NO_KEYRING: he did not, or there is none.
 */
void
cs_keys_unlock_async (CsKeys *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Operation *operation;

  g_return_if_fail (CS_IS_KEYS (self));

  operation = g_new0 (Operation, 1);
  operation->start = start_unlock;
  operation->may_prompt = TRUE;
  add_operation (self, operation, cs_keys_unlock_async, cancellable, callback, user_data);
}

CS_DEFINE_FINISH_BOOLEAN (CsKeys, cs_keys_unlock_async, cs_keys_unlock_finish)

/**
 * cs_keys_get:
 * @source: (out) (optional): where it comes from
 *
 * Returns: (transfer none) (nullable): the key, as long as nobody changes it: copy it over a turn of the main loop.
 */
const char *
cs_keys_get (CsKeys *self, CsKeyName name, CsKeySource *source)
{
  CsKeySource from = CS_KEY_SOURCE_NONE;
  const Value *value;

  g_return_val_if_fail (CS_IS_KEYS (self), NULL);
  g_return_val_if_fail ((guint) name < CS_N_KEYS, NULL);

  value = &self->stored[name];
  if (self->environment[name].secret != NULL)
    {
      value = &self->environment[name];
      from = CS_KEY_SOURCE_ENVIRONMENT;
    }
  else if (self->session[name].secret != NULL)
    {
      value = &self->session[name];
      from = CS_KEY_SOURCE_SESSION;
    }
  else if (value->secret != NULL)
    from = CS_KEY_SOURCE_KEYRING;
  if (source != NULL)
    *source = from;
  return value->secret;
}

/** cs_keys_get_trouble: Returns: (transfer none) (nullable): why the keyring could not be read the last time. */
const GError *
cs_keys_get_trouble (CsKeys *self)
{
  g_return_val_if_fail (CS_IS_KEYS (self), NULL);

  return self->trouble;
}

/** cs_keys_is_locked: Returns: whether the trouble is one that cs_keys_unlock_async() may end. */
gboolean
cs_keys_is_locked (CsKeys *self)
{
  g_return_val_if_fail (CS_IS_KEYS (self), FALSE);

  return cs_keyring_error_is_locked (self->trouble);
}

/** cs_keys_get_refusal: Returns: (transfer none) (nullable): why what was found under @name cannot be a key. */
const GError *
cs_keys_get_refusal (CsKeys *self, CsKeyName name)
{
  g_return_val_if_fail (CS_IS_KEYS (self), NULL);
  g_return_val_if_fail ((guint) name < CS_N_KEYS, NULL);

  return self->environment[name].refusal != NULL ? self->environment[name].refusal : self->stored[name].refusal;
}

/**
 * cs_keys_explain_missing:
 * @name: a key that there is none of
 *
 * Returns: (transfer full): why not, and what to do about it: what was found cannot be a key, the keyring cannot be read or
 * is switched off, or nobody set it yet.
 */
char *
cs_keys_explain_missing (CsKeys *self, CsKeyName name)
{
  const char *variable = cs_key_name_to_string (name);
  const GError *refusal = cs_keys_get_refusal (self, name);
  const char *reason = NULL;

  if (refusal != NULL)
    /* translators: 1: the name of a key, 2: a sentence */
    return g_strdup_printf (_ ("%1$s cannot be used: %2$s"), variable, refusal->message);
  if (self->trouble != NULL)
    reason = self->trouble->message;
  else if (self->store == NULL)
    reason = describe_no_store ();
  if (reason != NULL)
    /* translators: 1: the name of a key, 2: a sentence about the keyring */
    return g_strdup_printf (_ ("%1$s is not set. %2$s"), variable, reason);
  /* translators: the name of a key, twice; the second is part of a command line */
  return g_strdup_printf (_ ("%1$s is not set. Set it with: creative-studio-cli keys set %1$s"), variable);
}

/** cs_key_source_to_string: Returns: (transfer none): the word of the contract; "session" is of a window alone. */
const char *
cs_key_source_to_string (CsKeySource source)
{
  static const char *const words[] = { "none", "environment", "keyring", "session" };

  g_return_val_if_fail ((guint) source < G_N_ELEMENTS (words), NULL);

  return words[source];
}
