/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GET pricing: what things cost now. The answer is kept as bytes for each language, and made anew when it may be another: a key
 * came or went, somebody looked for language models, or a few seconds are over. Main thread.
 */
#include "config.h"
#include "server/cs-api-pricing.h"

#include "server/cs-api-handlers.h"

#include <string.h>

#define MAX_AGE (2 * G_USEC_PER_SEC)   /* of an answer */
#define LOOK_AGE (30 * G_USEC_PER_SEC) /* after which somebody who asks makes us look for language models again */

/* What is kept with the server. */
typedef struct
{
  GBytes *answers[CS_N_LANGUAGES]; /* (nullable) */
  gint64 made_at[CS_N_LANGUAGES];  /* monotonic */
  gint64 looked_at;                /* monotonic; 0: never */
  gboolean is_looking;
  GPtrArray *waiting;              /* (element-type CsApiCall): until somebody has looked for the first time */
} Board;

static GQuark board_quark (void);
G_DEFINE_QUARK (cs-api-pricing-board, board)

static void
forget_answers (Board *board)
{
  for (int i = 0; i < CS_N_LANGUAGES; i++)
    g_clear_pointer (&board->answers[i], g_bytes_unref);
}

static void
board_free (gpointer data)
{
  Board *board = data;

  forget_answers (board);
  g_ptr_array_unref (board->waiting);
  g_free (board);
}

static void
keys_changed_cb (CsApiServer *server)
{
  forget_answers (g_object_get_qdata (G_OBJECT (server), board_quark ()));
}

static Board *
get_board (CsApiServer *server)
{
  Board *board = g_object_get_qdata (G_OBJECT (server), board_quark ());

  if (board != NULL)
    return board;
  board = g_new0 (Board, 1);
  board->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_api_call_unref);
  g_object_set_qdata_full (G_OBJECT (server), board_quark (), board, board_free);
  g_signal_connect_object (cs_engine_get_keys (cs_api_server_get_engine (server)), "changed", G_CALLBACK (keys_changed_cb), server,
                           G_CONNECT_SWAPPED);
  return board;
}

static GBytes *
make_answer (CsEngine *engine)
{
  g_autoptr (JsonObject) object = cs_pricing_to_json (cs_engine_get_registry (engine), cs_engine_get_prices (engine));
  char *text = cs_json_object_to_string (object, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

/* Its words are in the language of the scope. */
static void
answer (Board *board, CsApiCall *call)
{
  CsLanguage language = cs_api_call_get_language (call);
  gint64 now = g_get_monotonic_time ();

  if (now - board->made_at[language] > MAX_AGE)
    g_clear_pointer (&board->answers[language], g_bytes_unref);
  if (board->answers[language] == NULL)
    {
      board->answers[language] = make_answer (cs_api_call_get_engine (call));
      board->made_at[language] = now;
    }
  soup_message_headers_replace (cs_api_call_get_headers (call), "Content-Language", cs_language_to_string (language));
  cs_api_call_reply_bytes (call, SOUP_STATUS_OK, "application/json; charset=utf-8", board->answers[language]);
}

static void
answer_waiting (Board *board)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&board->waiting);

  board->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_api_call_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      CS_API_CALL_WORDS (waiting->pdata[i]);

      answer (board, waiting->pdata[i]);
    }
}

/* A server that has stopped meanwhile is not kept for this. */
static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (CsApiServer) server = g_weak_ref_get (weak);
  Board *board;

  g_weak_ref_clear (weak);
  g_free (weak);
  cs_text_look_finish (CS_PROVIDER_REGISTRY (source), result, NULL);
  if (server == NULL)
    return;
  board = get_board (server);
  board->is_looking = FALSE;
  board->looked_at = g_get_monotonic_time ();
  forget_answers (board);
  answer_waiting (board);
}

/** cs_api_pricing_begin: Looks who of the language models is there, so that the first who asks is told. */
void
cs_api_pricing_begin (CsApiServer *server)
{
  Board *board = get_board (server);
  GWeakRef *weak;

  if (board->is_looking)
    return;
  board->is_looking = TRUE;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, server);
  cs_text_look_async (cs_engine_get_registry (cs_api_server_get_engine (server)), cs_api_server_get_stopping (server), look_cb,
                      weak);
}

/* Before somebody has looked, it would have to be guessed who is there: that takes two seconds at most. */
void
cs_api_pricing (CsApiCall *call)
{
  CsApiServer *server = cs_api_call_get_server (call);
  Board *board = get_board (server);

  if (board->looked_at == 0 || g_get_monotonic_time () - board->looked_at > LOOK_AGE)
    cs_api_pricing_begin (server);
  if (board->looked_at == 0)
    g_ptr_array_add (board->waiting, cs_api_call_ref (call));
  else
    answer (board, call);
}
