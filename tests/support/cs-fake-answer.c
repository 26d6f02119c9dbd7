/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers without a wire, for the readers that judge them. */
#include "config.h"
#include "cs-fake-answer.h"

#include "core/cs-error.h"

#include <string.h>

/** cs_fake_answer_new: @body: (nullable). Returns: (transfer full): a whole answer. */
CsHttpAnswer *
cs_fake_answer_new (guint status, const char *body)
{
  CsHttpAnswer *answer = cs_http_answer_new ();

  answer->was_sent = TRUE;
  answer->is_complete = TRUE;
  answer->status = status;
  if (body != NULL)
    answer->body = g_bytes_new (body, strlen (body));
  return answer;
}

/** cs_fake_answer_new_cut: Returns: (transfer full): one that did not come to its end; @status may be 0. */
CsHttpAnswer *
cs_fake_answer_new_cut (guint status, const char *body, gboolean was_sent)
{
  CsHttpAnswer *answer = cs_fake_answer_new (status, body);

  answer->was_sent = was_sent;
  answer->is_complete = FALSE;
  answer->error = g_error_new (CS_ERROR, CS_ERROR_OFFLINE, "The connection was cut.");
  return answer;
}

/** cs_fake_brackets_new: Returns: (transfer full): what a reader that calls itself stumbles over. */
char *
cs_fake_brackets_new (guint n)
{
  char *text = g_malloc (n + 1);

  memset (text, '[', n);
  text[n] = '\0';
  return text;
}
