/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands of the wallet are told: a key, also from the standard input, and credit. Main thread. */
#include "config.h"
#include "cli/cs-wallet-input.h"

#include "cli/cs-secret-input.h"

#include <string.h>

/**
 * cs_wallet_input_read_key:
 *
 * The first word, or the standard input where that is "-".
 *
 * Returns: (transfer full): something that may be a key, for cs_secret_free().
 */
char *
cs_wallet_input_read_key (CsCli *cli, CsArguments *arguments, GError **error)
{
  const char *word = cs_arguments_get_word (arguments, 0);
  char *key;

  if (g_str_equal (word, "-"))
    key = cs_secret_input_read (cli, _ ("Paste the wallet key and press Enter. It is not shown."), error);
  else
    key = g_strdup (word);
  if (key == NULL)
    return NULL;
  g_strstrip (key);
  if (*key != '\0')
    return key;
  cs_secret_free (key);
  cs_set_error (error, CS_ERROR_MISSING_FIELD, _ ("The wallet key is empty. Give one as “wallet create” showed it."));
  return NULL;
}

/**
 * cs_wallet_input_read_credit:
 * @may_be_none: whether 0 is taken
 * @credit: (out): micro-USD
 */
gboolean
cs_wallet_input_read_credit (const char *text, gboolean may_be_none, CsMoney *credit, GError **error)
{
  g_autofree char *safe = cs_redact_text (text); /* people write the key where the amount belongs */
  g_autofree char *most = NULL;

  if (!cs_money_parse (safe, credit, error))
    return FALSE;
  if (*credit >= (may_be_none ? 0 : 1) && *credit <= CS_WALLET_MAX_CREDIT)
    return TRUE;
  most = cs_money_to_amount (CS_WALLET_MAX_CREDIT);
  cs_set_error (error, CS_ERROR_INVALID_VALUE,
                /* translators: an amount of money */
                _ ("Credit is an amount of US dollars over 0, and at most %s: write it as 12 or 0.28."), most);
  return FALSE;
}
