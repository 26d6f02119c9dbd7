/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The secret service, which never asks the user anything unless that is wanted. Of the keyring's thread. */
#include "config.h"
#include "secrets/cs-keyring-service.h"

#include "secrets/cs-keyring-error.h"

struct _CsKeyringService
{
  SecretService parent_instance;

  CsKeyringCall *call; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (CsKeyringService, cs_keyring_service, SECRET_TYPE_SERVICE)

/* Whatever libsecret asks the service for, a prompt comes through here before it is shown. */
static void
prompt_async (SecretService *service, SecretPrompt *prompt, const GVariantType *return_type, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  CsKeyringService *self = CS_KEYRING_SERVICE (service);

  if (self->call != NULL && self->call->may_prompt)
    {
      cs_keyring_call_be_patient (self->call);
      SECRET_SERVICE_CLASS (cs_keyring_service_parent_class)
          ->prompt_async (service, prompt, return_type, cancellable, callback, user_data);
      return;
    }
  g_task_report_error (service, callback, user_data, prompt_async, cs_keyring_error_new_locked ());
}

static GVariant *
prompt_finish (SecretService *service, GAsyncResult *result, GError **error)
{
  if (g_async_result_is_tagged (result, prompt_async))
    return g_task_propagate_pointer (G_TASK (result), error);
  return SECRET_SERVICE_CLASS (cs_keyring_service_parent_class)->prompt_finish (service, result, error);
}

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
