/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What asking a language model may cost, and did cost. Tokens are known only afterwards, and not always then; before,
 * they are reckoned from the length, and rather too many than too few.
 */
#include "config.h"
#include "screenwriter/cs-text-price.h"

#include "core/cs-error.h"
#include "core/cs-json.h"
#include "core/cs-words.h"

#include <string.h>

#define BYTES_A_TOKEN 3      /* of our own English; 4 and more in truth */
#define USER_BYTES_A_TOKEN 2 /* of any language */
#define FRAME_TOKENS 100     /* roles, and what a server puts around a chat */
#define THINKING_FACTOR 2    /* hidden reasoning is billed as output: so many times the answer is allowed in all */

static gint64
reckon_input (const CsChat *chat)
{
  g_autofree char *schema = chat->schema != NULL ? cs_json_object_to_string (chat->schema, FALSE) : g_strdup ("");

  return FRAME_TOKENS + strlen (schema) / BYTES_A_TOKEN + strlen (chat->user) / USER_BYTES_A_TOKEN
         + (chat->system != NULL ? strlen (chat->system) / BYTES_A_TOKEN : 0);
}

static gint64
get_most_output (const CsChat *chat)
{
  return (gint64) chat->max_tokens * THINKING_FACTOR;
}

/**
 * cs_text_price_most:
 * @cost: (out): micro-USD, the most that one answer may cost
 *
 * Returns: FALSE when the list has no price for @model: nothing may be sent then.
 */
gboolean
cs_text_price_most (CsPriceList *prices, const CsModel *model, const CsChat *chat, CsMoney *cost)
{
  return cs_price_list_quote_text (prices, model->id, reckon_input (chat), get_most_output (chat), cost);
}

/**
 * cs_text_price_fit:
 * @budget: micro-USD
 *
 * Returns: the most tokens that the answer may have, so that it costs at most @budget: at most @chat->max_tokens, at
 * least 0.
 */
int
cs_text_price_fit (CsPriceList *prices, const CsModel *model, const CsChat *chat, CsMoney budget)
{
  gint64 input = reckon_input (chat);
  int low = 0;
  int high = chat->max_tokens;

  while (low < high)
    {
      int middle = low + (high - low + 1) / 2;
      CsMoney cost;

      if (cs_price_list_quote_text (prices, model->id, input, (gint64) middle * THINKING_FACTOR, &cost) && cost <= budget)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

/* A complete "no" is not billed. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, CS_ERROR, CS_ERROR_PROVIDER_REFUSED) || g_error_matches (error, CS_ERROR, CS_ERROR_RATE_LIMITED)
         || g_error_matches (error, CS_ERROR, CS_ERROR_NO_KEY);
}

/**
 * cs_text_price_answer:
 *
 * What @answer cost: by the tokens that the provider counts, else by its length; where it is not known what became of the
 * call, the most that it may have cost. A count over that most is not believed: more than was allowed is not billed.
 *
 * Returns: micro-USD.
 */
CsMoney
cs_text_price_answer (CsPriceList *prices, const CsModel *model, const CsChat *chat, const CsChatAnswer *answer)
{
  gint64 input = answer->input_tokens >= 0 ? answer->input_tokens : reckon_input (chat);
  gint64 output = answer->output_tokens;
  CsMoney most;
  CsMoney cost;

  if ((answer->error != NULL && !answer->was_sent) || (answer->error != NULL && is_refusal (answer->error))
      || !cs_text_price_most (prices, model, chat, &most))
    return 0;
  if (output < 0 && answer->error != NULL)
    return most;
  if (output < 0)
    output = answer->text != NULL ? strlen (answer->text) / USER_BYTES_A_TOKEN : 0;
  return cs_price_list_quote_text (prices, model->id, input, output, &cost) ? MIN (cost, most) : most;
}

/** cs_text_price_set_over: @left: micro-USD of what was agreed. Says that @model may cost more than that. */
void
cs_text_price_set_over (GError **error, const CsModel *model, CsMoney cost, CsMoney left)
{
  g_autofree char *price = cs_money_to_display (cost);
  g_autofree char *limit = cs_money_to_amount (MAX (left, 0));

  cs_set_error (error, CS_ERROR_OVER_MAX_COST,
                /* translators: 1: a model, 2 and 3: amounts of money */
                _ ("%1$s would cost %2$s, which is over the %3$s that was agreed. Nothing was sent."), model->name, price,
                limit);
}
