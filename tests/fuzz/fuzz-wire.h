/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fuzz.h"

#include "core/cs-json.h"
#include "net/cs-address.h"
#include "providers/cs-wire.h"

/* What holds for every provider of media, whatever it answers. */

static inline CsHttpAnswer *
fuzz_answer_new (const uint8_t *data, size_t size, guint status, gboolean is_complete)
{
  CsHttpAnswer *answer = cs_http_answer_new ();

  answer->was_sent = TRUE;
  answer->is_complete = is_complete;
  answer->status = status;
  answer->body = g_bytes_new (data, size);
  return answer;
}

/* An error is one line of words. */
static inline void
fuzz_expect_error (const GError *error)
{
  cs_fuzz_expect (error != NULL && *error->message != '\0' && g_utf8_validate (error->message, -1, NULL));
  cs_fuzz_expect (g_utf8_strlen (error->message, -1) < 600);
  for (const char *at = error->message; *at != '\0'; at = g_utf8_next_char (at))
    cs_fuzz_expect (!g_unichar_iscntrl (g_utf8_get_char (at)));
}

static inline void
fuzz_expect_submission (const CsHttpAnswer *answer, const CsWireVendor *vendor, CsWireIdFunc get_id)
{
  g_autoptr (CsSubmission) submission = cs_wire_submission_from_answer (vendor, answer, get_id);

  cs_fuzz_expect ((submission->end == CS_SUBMIT_ACCEPTED) == (submission->remote_id != NULL));
  cs_fuzz_expect (submission->remote_id == NULL || cs_wire_id_is_valid (submission->remote_id));
  cs_fuzz_expect (answer->is_complete || submission->end == CS_SUBMIT_UNCERTAIN);
  cs_fuzz_expect (submission->end != CS_SUBMIT_NOT_SENT && submission->end != CS_SUBMIT_ANSWERED);
  if (submission->end != CS_SUBMIT_ACCEPTED)
    fuzz_expect_error (submission->error);
}

/* @prediction: (transfer full) */
static inline void
fuzz_expect_prediction (const CsHttpAnswer *answer, CsPrediction *prediction, gboolean allow_loopback)
{
  gboolean succeeded = prediction->status == CS_PREDICTION_SUCCEEDED;

  cs_fuzz_expect (succeeded == (prediction->output != NULL));
  cs_fuzz_expect (!succeeded || (answer->is_complete && prediction->billed == CS_BILLED_YES));
  cs_fuzz_expect (!succeeded || cs_address_check_output (prediction->output, allow_loopback, NULL));
  cs_fuzz_expect (prediction->progress <= 1 && prediction->cost >= -1);
  if (prediction->status == CS_PREDICTION_FAILED || prediction->status == CS_PREDICTION_UNREACHABLE)
    fuzz_expect_error (prediction->error);
  cs_prediction_free (prediction);
}

/* @check: (transfer full) */
static inline void
fuzz_expect_check (CsKeyCheck *check)
{
  cs_fuzz_expect (check->code != NULL && check->message != NULL && check->balance >= -1);
  cs_fuzz_expect (check->account == NULL || g_utf8_strlen (check->account, -1) <= 200);
  cs_key_check_free (check);
}
