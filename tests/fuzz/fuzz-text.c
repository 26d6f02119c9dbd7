/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/cs-money.h"
#include "core/cs-text.h"
#include "core/cs-vocabulary.h"

#include "cs-fuzz.h"

static void
try_prompt (const char *text, size_t size)
{
  g_autofree char *prompt = cs_text_check_prompt (text, size, NULL);
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;
  g_autofree char *folded = NULL;

  if (prompt == NULL)
    return;
  title = cs_text_make_title (prompt, 60);
  name = cs_text_make_file_name (title, "png");
  folded = cs_text_fold (prompt);
  cs_text_is_rtl (prompt);
  cs_language_guess (prompt, CS_LANGUAGE_FR);
  cs_fuzz_expect (g_utf8_validate (title, -1, NULL) && g_utf8_validate (folded, -1, NULL));
  cs_fuzz_expect (g_utf8_validate (name, -1, NULL) && strlen (name) <= 120);
  cs_fuzz_expect (strchr (name, '/') == NULL && name[0] != '.' && name[0] != '-' && g_str_has_suffix (name, ".png"));
}

static void
try_numbers (const char *text)
{
  CsMoney money;
  CsMoney again;
  gint64 time_us;
  gint64 value;

  if (cs_money_parse (text, &money, NULL))
    {
      g_autofree char *decimal = cs_money_to_decimal (money);

      cs_fuzz_expect (cs_money_parse (decimal, &again, NULL) && again == money);
    }
  if (cs_text_parse_time (text, &time_us))
    {
      g_autofree char *formatted = cs_text_format_time (time_us);
      gint64 time_again;

      cs_fuzz_expect (cs_text_parse_time (formatted, &time_again));
    }
  if (cs_text_parse_int (text, -10, 10, &value))
    cs_fuzz_expect (value >= -10 && value <= 10);
}

/* A prompt of any bytes gives a safe file name; numbers and times that are read are written the same. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  try_prompt ((const char *) data, size);
  try_numbers (text);
  return 0;
}
