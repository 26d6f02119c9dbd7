/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "providers/replicate/cs-replicate-answer.h"
#include "providers/replicate/cs-replicate-list.h"

#include "fuzz-wire.h"

#define BASE "https://api.replicate.com"
#define SENT_AT (G_GINT64_CONSTANT (1764000000) * G_USEC_PER_SEC) /* as in the seeds */

static void
try_answer (const uint8_t *data, size_t size, guint status, gboolean is_complete)
{
  g_autoptr (CsHttpAnswer) answer = fuzz_answer_new (data, size, status, is_complete);
  g_autoptr (GError) error = NULL;
  g_autofree char *address = cs_replicate_read_upload (answer, BASE, &error);

  fuzz_expect_submission (answer, &cs_replicate_vendor, cs_replicate_get_id);
  fuzz_expect_prediction (answer, cs_replicate_read_prediction (answer, FALSE), FALSE);
  fuzz_expect_prediction (answer, cs_replicate_read_cancel (answer, TRUE), TRUE);
  fuzz_expect_check (cs_replicate_read_account (answer));
  cs_fuzz_expect ((address != NULL) == (error == NULL));
  cs_fuzz_expect (address == NULL || g_ascii_strncasecmp (address, BASE, strlen (BASE)) == 0);
  if (error != NULL)
    fuzz_expect_error (error);
}

/* As a page of the list: what is adopted has a good id, and the next page is asked for where the first one was. */
static void
try_list (const uint8_t *data, size_t size)
{
  static const char *const bound[] = { "bound", NULL };
  g_autoptr (JsonObject) input = json_object_new ();
  g_autoptr (CsReplicateList) list = NULL;
  g_autoptr (GBytes) page = g_bytes_new (data, size);
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;

  cs_json_set_string (input, "prompt", "a boat");
  json_object_set_int_member (input, "seed", 7);
  list = cs_replicate_list_new ("a/b", input, SENT_AT, bound);
  for (int i = 0; i < 2; i++)
    if (!cs_replicate_list_read (list, page, 0, NULL))
      return;
  id = cs_replicate_list_dup_id (list);
  path = cs_replicate_list_dup_path (list);
  cs_fuzz_expect (id == NULL || (cs_wire_id_is_valid (id) && strcmp (id, "bound") != 0));
  cs_fuzz_expect (id == NULL || !cs_replicate_list_has_more (list));
  cs_fuzz_expect (g_str_has_prefix (path, "/v1/predictions?created_after="));
  cs_fuzz_expect (strpbrk (path, " #\n\r/\\") == path && strpbrk (path + 4, " #\n\r\\") == NULL);
}

/* The same bytes as the answer to everything that Replicate is asked, and as a log. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *logs = g_strndup ((const char *) data, size);
  double share = cs_replicate_read_progress (logs);

  cs_fuzz_expect (share == -1 || (share >= 0 && share <= 1));
  try_answer (data, size, 200, TRUE);
  try_answer (data, size, 200, FALSE);
  try_answer (data, size, 422, TRUE);
  try_list (data, size);
  return 0;
}
