/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli write */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-brief-options.h"

static const CsOption options[] = {
  { "kind", 0, N_ ("KIND"), N_ ("What the prompt is for: video (usual) or image") },
  { "style", 0, N_ ("STYLE"), N_ ("photorealistic (usual), cinematic, anime, 3d-render, artistic") },
  { "max-cost", 0, N_ ("USD"), N_ ("The most that it may cost, in US dollars") },
  { NULL },
};

static const CsOption *const tables[] = { options, NULL };

/* The most that may be spent: what was said, but never more than text may cost. */
static CsMoney
get_max_cost (const CsBrief *brief)
{
  return brief->max_cost < 0 ? CS_TEXT_MAX_COST : MIN (brief->max_cost, CS_TEXT_MAX_COST);
}

/* Who the prompt is for: the first model of the chain. Sketch reads the user's own words, so there it is for nobody. */
static const CsModel *
find_target (CsCli *cli, const CsBrief *brief)
{
  CsProviderRegistry *registry = cs_engine_get_registry (cs_cli_get_engine (cli));
  g_autoptr (GPtrArray) chain = cs_provider_registry_get_chain (registry, brief->kind, NULL, NULL, NULL);
  const CsModel *first = chain != NULL ? chain->pdata[0] : NULL;

  if (first == NULL || cs_provider_is_local (cs_provider_registry_get_provider (registry, first->provider)))
    return NULL;
  return first;
}

/* The price comes first. */
static void
say_price (CsCli *cli, const CsBrief *brief)
{
  CsMoney quote = cs_screenwriter_quote (cs_engine_get_screenwriter (cs_cli_get_engine (cli)), brief);
  CsMoney most = MIN (quote, get_max_cost (brief));
  g_autofree char *price = cs_money_to_display (most);

  if (most > 0)
    cs_output_say (cs_cli_get_output (cli), _ ("A paid language model may write it, for at most %s."), price);
}

static CsScreenplay *
rewrite (CsCli *cli, const CsBrief *brief, GError **error)
{
  CsScreenwriter *screenwriter = cs_engine_get_screenwriter (cs_cli_get_engine (cli));
  g_autoptr (GAsyncResult) result = NULL;

  say_price (cli, brief);
  cs_screenwriter_write_async (screenwriter, brief, find_target (cli, brief), get_max_cost (brief), NULL, NULL,
                               cs_cli_get_cancellable (cli), cs_cli_keep_result, &result);
  return cs_screenwriter_write_finish (screenwriter, cs_cli_await (&result), error);
}

static const char *
get_writer_name (CsCli *cli, const char *id)
{
  CsProvider *provider = cs_provider_registry_get_provider (cs_engine_get_registry (cs_cli_get_engine (cli)), id);

  return provider != NULL ? cs_provider_get_name (provider) : id;
}

/* Who wrote it, and why others did not. */
static void
say_writer (CsCli *cli, const CsScreenplay *screenplay)
{
  CsOutput *output = cs_cli_get_output (cli);
  g_autofree char *price = cs_money_to_display (screenplay->cost);

  for (guint i = 0; i < screenplay->tried->len; i++)
    {
      const CsScreenwriterTry *attempt = screenplay->tried->pdata[i];

      /* translators: 1: a provider of language models, 2: a sentence that says why */
      cs_output_say (output, _ ("Not written by %1$s: %2$s"), get_writer_name (cli, attempt->screenwriter), attempt->message);
    }
  if (screenplay->model == NULL)
    cs_output_say (output, _ ("No language model wrote it: these are your words, with those of the style."));
  else
    /* translators: 1: a language model, 2: its provider */
    cs_output_say (output, _ ("Written by %1$s (%2$s)."), screenplay->model, get_writer_name (cli, screenplay->screenwriter));
  if (screenplay->cost > 0)
    cs_output_say (output, _ ("Cost: %s"), price);
}

static JsonArray *
notes_to_json (const CsScreenplay *screenplay)
{
  JsonArray *notes = json_array_new ();

  for (guint i = 0; screenplay->notes != NULL && screenplay->notes[i] != NULL; i++)
    json_array_add_string_element (notes, screenplay->notes[i]);
  return notes;
}

static JsonArray *
tries_to_json (const CsScreenplay *screenplay)
{
  JsonArray *tried = json_array_new ();

  for (guint i = 0; i < screenplay->tried->len; i++)
    {
      const CsScreenwriterTry *attempt = screenplay->tried->pdata[i];
      JsonObject *object = json_object_new ();
      JsonObject *error = json_object_new ();

      cs_json_set_string (error, "code", attempt->code);
      cs_json_set_string (error, "message", attempt->message);
      cs_json_set_string (object, "screenwriter", attempt->screenwriter);
      json_object_set_object_member (object, "error", error);
      json_array_add_object_element (tried, object);
    }
  return tried;
}

static void
show (CsCli *cli, const CsBrief *brief, const CsScreenplay *screenplay)
{
  g_autoptr (GPtrArray) runs = cs_word_diff (brief->prompt, screenplay->prompt);
  JsonObject *document = json_object_new ();

  cs_json_set_string (document, "prompt", screenplay->prompt);
  cs_json_set_string (document, "negative_prompt", screenplay->negative_prompt);
  cs_json_set_string (document, "original_prompt", brief->prompt);
  cs_json_set_string (document, "screenwriter", screenplay->screenwriter);
  cs_json_set_string (document, "model", screenplay->model);
  json_object_set_array_member (document, "notes", notes_to_json (screenplay));
  cs_json_set_money (document, "cost_usd", screenplay->cost);
  json_object_set_array_member (document, "tried", tries_to_json (screenplay));
  json_object_set_array_member (document, "diff", cs_word_diff_to_json (runs));
  cs_output_set_document (cs_cli_get_output (cli), document);
  say_writer (cli, screenplay);
  cs_output_print (cs_cli_get_output (cli), "%s", screenplay->prompt);
}

static gboolean
run (CsCli *cli, CsArguments *arguments, GError **error)
{
  g_autoptr (CsBrief) brief = cs_brief_new (CS_KIND_VIDEO);
  g_autoptr (CsScreenplay) screenplay = NULL;
  gboolean has_kind;

  if (!cs_arguments_get_kind (arguments, &has_kind, &brief->kind, error)
      || !cs_arguments_get_style (arguments, &brief->style, error)
      || !cs_arguments_get_money (arguments, "max-cost", &brief->max_cost, error))
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
