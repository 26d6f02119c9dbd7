/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli write */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-brief-options.h"

#include <glib/gi18n-lib.h>

static const CsOption options[] = {
  { "kind", 0, N_ ("KIND"), N_ ("What the prompt is for: video (usual) or image") },
  { "style", 0, N_ ("STYLE"), N_ ("photorealistic (usual), cinematic, anime, 3d-render, artistic") },
  { NULL },
};

static const CsOption *const tables[] = { options, NULL };

static CsScreenplay *
rewrite (CsCli *cli, const CsBrief *brief, GError **error)
{
  CsScreenwriter *screenwriter = cs_engine_get_screenwriter (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;

  cs_screenwriter_write_async (screenwriter, brief, NULL, CS_TEXT_MAX_COST, NULL, NULL, cs_cli_get_cancellable (cli),
                               cs_cli_keep_result, &result);
  return cs_screenwriter_write_finish (screenwriter, cs_cli_await (&result), error);
}

static void
show (CsCli *cli, const CsBrief *brief, const CsScreenplay *screenplay)
{
  JsonObject *document = json_object_new ();
  JsonArray *notes = json_array_new ();

  for (guint i = 0; screenplay->notes != NULL && screenplay->notes[i] != NULL; i++)
    json_array_add_string_element (notes, screenplay->notes[i]);
  cs_json_set_string (document, "prompt", screenplay->prompt);
  cs_json_set_string (document, "negative_prompt", screenplay->negative_prompt);
  cs_json_set_string (document, "original_prompt", brief->prompt);
  cs_json_set_string (document, "screenwriter", screenplay->screenwriter);
  cs_json_set_string (document, "model", screenplay->model);
  json_object_set_array_member (document, "notes", notes);
  cs_json_set_money (document, "cost_usd", screenplay->cost);
  json_object_set_array_member (document, "tried", json_array_new ());
  cs_output_set_document (cs_cli_get_output (cli), document);
  cs_output_print (cs_cli_get_output (cli), "%s", screenplay->prompt);
}

static gboolean
run (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_VIDEO);
  g_autoptr (CsScreenplay) screenplay = NULL;
  gboolean has_kind;

  if (!cs_arguments_get_kind (arguments, &has_kind, &brief->kind, error)
      || !cs_arguments_get_style (arguments, &brief->style, error))
    return FALSE;
  if (brief->kind == CS_KIND_DECK)
    return cs_arguments_refuse (arguments, "kind", "video, image", error);
  brief->prompt = cs_brief_read_prompt (cli, cs_arguments_get_word (arguments, 0), error);
  if (brief->prompt == NULL || !cs_brief_check (brief, error) || !cs_cli_open (cli, error))
    return FALSE;
  screenplay = rewrite (cli, brief, error);
  if (screenplay == NULL)
    return FALSE;
  show (cli, brief, screenplay);
  return TRUE;
}

const CsCommand cs_command_write = {
  .name = "write",
  .words = N_ ("PROMPT"),
  .summary = N_ ("Rewrite an idea into a prompt, and show it"),
  .details = N_ ("Nothing is made. PROMPT is one argument; “-” reads it from the standard input."),
  .options = tables,
  .min_words = 1,
  .max_words = 1,
  .missing = N_ ("Say what to rewrite, between quotes."),
  .run = run,
};
