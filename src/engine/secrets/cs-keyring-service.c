/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The secret service, which never asks the user anything unless that is wanted. Of the keyring's thread. */
#include "config.h"
#include "secrets/cs-keyring-service.h"

#include "core/cs-task.h"
#include "secrets/cs-keyring-error.h"

struct _CsKeyringService
{
  SecretService parent_instance;

  CsKeyringCall *call; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (CsKeyringService, cs_keyring_service, SECRET_TYPE_SERVICE)

/* Where the service vanishes behind its prompt there is neither a result nor an error. */
static void
prompted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GVariant *value = secret_prompt_perform_finish (SECRET_PROMPT (source), result, &error);

  if (value != NULL)
    g_task_return_pointer (task, value, (GDestroyNotify) g_variant_unref);
  else
    g_task_return_error (task, error != NULL ? error : cs_keyring_error_new_locked ());
}

/*
 * Whatever libsecret asks the service for, a prompt comes through here before it is shown. It cannot be cancelled: libsecret
 * would dismiss it, and gnome-keyring 42 does not survive that. When nobody waits any more the user closes it.
 */
static void
prompt_async (SecretService *service, SecretPrompt *prompt, const GVariantType *return_type, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  CsKeyringService *self = CS_KEYRING_SERVICE (service);
  GTask *task = g_task_new (service, NULL, callback, user_data);

  g_task_set_source_tag (task, prompt_async);
  if (self->call != NULL && self->call->may_prompt)
    {
      cs_keyring_call_be_patient (self->call);
      secret_prompt_perform (prompt, NULL, return_type, NULL, prompted_cb, task);
      return;
    }
  g_task_return_error (task, cs_keyring_error_new_locked ());
  g_object_unref (task);
}

static CS_DEFINE_FINISH_POINTER (GVariant, SecretService, prompt_async, prompt_finish)

static void
cs_keyring_service_class_init (CsKeyringServiceClass *klass)
{
  SecretServiceClass *service_class = SECRET_SERVICE_CLASS (klass);

  service_class->prompt_async = prompt_async;
  service_class->prompt_finish = prompt_finish;
}

static void
cs_keyring_service_init (CsKeyringService *self)
{
}

/** cs_keyring_service_open_async: A connection and a session of its own: one that is kept would not outlive the daemon. */
void
cs_keyring_service_open_async (CsKeyringCall *call, GAsyncReadyCallback callback, gpointer user_data)
{
  secret_service_open (CS_TYPE_KEYRING_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION, call->cancellable, callback, user_data);
}

/** cs_keyring_service_open_finish: Returns: (transfer full): the service, for @call. */
SecretService *
cs_keyring_service_open_finish (CsKeyringCall *call, GAsyncResult *result, GError **error)
{
  SecretService *service = secret_service_open_finish (result, error);

  if (service != NULL)
    CS_KEYRING_SERVICE (service)->call = call;
  return service;
}
