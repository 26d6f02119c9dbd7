/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One submission of a job to one provider. */
#include "config.h"
#include "jobs/cs-attempt.h"

#include "core/cs-clock.h"
#include "core/cs-error.h"
#include "core/cs-text.h"

static const char *const statuses[CS_N_ATTEMPT_STATUSES] = {
  [CS_ATTEMPT_SUBMITTING] = "submitting", [CS_ATTEMPT_ACCEPTED] = "accepted",   [CS_ATTEMPT_NOT_SENT] = "not_sent",
  [CS_ATTEMPT_REFUSED] = "refused",       [CS_ATTEMPT_UNCERTAIN] = "uncertain", [CS_ATTEMPT_SUCCEEDED] = "succeeded",
  [CS_ATTEMPT_FAILED] = "failed",         [CS_ATTEMPT_CANCELLED] = "cancelled",
};

/** cs_attempt_new: @request: (transfer none): what will be sent. Returns: (transfer full): an attempt not yet stored. */
CsAttempt *
cs_attempt_new (int number, const char *provider, const char *model, CsRequest *request)
{
  CsAttempt *self = g_new0 (CsAttempt, 1);

  self->number = number;
  self->provider = g_strdup (provider);
  self->model = g_strdup (model);
  self->request = cs_request_ref (request);
  self->created_at = cs_clock_now ();
  return self;
}

CsAttempt *
cs_attempt_copy (const CsAttempt *self)
{
  CsAttempt *copy = g_memdup2 (self, sizeof *self);

  copy->provider = g_strdup (self->provider);
  copy->model = g_strdup (self->model);
  copy->request = cs_request_ref (self->request);
  copy->remote_id = g_strdup (self->remote_id);
  copy->unit = g_strdup (self->unit);
  copy->output = g_strdup (self->output);
  copy->sha256 = g_strdup (self->sha256);
  copy->mime_type = g_strdup (self->mime_type);
  copy->error_code = g_strdup (self->error_code);
  copy->error_message = g_strdup (self->error_message);
  return copy;
}

void
cs_attempt_free (CsAttempt *self)
{
  if (self == NULL)
    return;
  g_free (self->provider);
  g_free (self->model);
  g_clear_pointer (&self->request, cs_request_unref);
  g_free (self->remote_id);
  g_free (self->unit);
  g_free (self->output);
  g_free (self->sha256);
  g_free (self->mime_type);
  g_free (self->error_code);
  g_free (self->error_message);
  g_free (self);
}

/**
 * cs_attempt_end:
 * @error: (nullable): why
 *
 * Writes down the provider's final word, and with it what became of the hold.
 */
void
cs_attempt_end (CsAttempt *self, CsAttemptStatus status, CsBilled billed, const GError *error)
{
  self->status = status;
  self->billed = billed;
  if (billed == CS_BILLED_NO)
    self->cost = 0;
  self->ended_at = cs_clock_now ();
  cs_set_string (&self->error_code, error != NULL ? cs_error_get_slug (error) : NULL);
  cs_set_string (&self->error_message, error != NULL ? error->message : NULL);
}

/** cs_attempt_is_paid: Returns: whether whoever pays the job pays for this. */
gboolean
cs_attempt_is_paid (const CsAttempt *self)
{
  return self->status == CS_ATTEMPT_SUCCEEDED || self->billed == CS_BILLED_YES;
}

/**
 * cs_attempt_get_debit:
 *
 * Returns: micro-USD that a wallet key is debited for an attempt that has ended. A price of its own is asked for a result alone;
 * else nobody pays more than the provider took, or than was said before.
 */
CsMoney
cs_attempt_get_debit (const CsAttempt *self)
{
  if (!cs_attempt_is_paid (self))
    return 0;
  if (self->status == CS_ATTEMPT_SUCCEEDED && self->sale != self->hold)
    return self->sale;
  return MIN (self->cost, self->sale);
}

/**
 * cs_attempt_was_taken:
 *
 * Returns: whether its provider took it, or may have: what came of it later does not change that.
 */
gboolean
cs_attempt_was_taken (const CsAttempt *self)
{
  return self->remote_id != NULL || self->billed != CS_BILLED_NO || self->status == CS_ATTEMPT_ACCEPTED
         || self->status == CS_ATTEMPT_SUCCEEDED || self->status == CS_ATTEMPT_UNCERTAIN;
}

const char *
cs_attempt_status_to_string (CsAttemptStatus status)
{
  return statuses[status];
}

gboolean
cs_attempt_status_from_string (const char *text, CsAttemptStatus *status)
{
  for (int i = 0; i < CS_N_ATTEMPT_STATUSES; i++)
    if (g_strcmp0 (statuses[i], text) == 0)
      {
        *status = i;
        return TRUE;
      }
  return FALSE;
}
