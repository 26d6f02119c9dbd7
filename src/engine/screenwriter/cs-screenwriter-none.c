/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decks and prices of a cascade that has no language model: nothing is quoted, and every deck is refused. */
#include "config.h"
#include "screenwriter/cs-screenwriter.h"

#include "core/cs-error.h"

/** cs_screenwriter_quote: Returns: micro-USD that paid words may cost: none are. */
CsMoney
cs_screenwriter_quote (CsScreenwriter *self, const CsBrief *brief)
{
  return 0;
}

/** cs_screenwriter_write_deck_async: Refused: the next one of the chain writes it. */
void
cs_screenwriter_write_deck_async (CsScreenwriter *self, CsTextProvider *provider, CsRequest *request, CsMoney max_cost,
                                  CsProviderProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = g_error_new_literal (CS_ERROR, CS_ERROR_UNAVAILABLE, "No language model writes decks.");

  g_task_set_source_tag (task, cs_screenwriter_write_deck_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_return_pointer (task, cs_submission_new_error (CS_SUBMIT_REFUSED, error), (GDestroyNotify) cs_submission_free);
}

CsSubmission *
cs_screenwriter_write_deck_finish (CsScreenwriter *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
