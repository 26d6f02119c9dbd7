/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Usage events as a table for a spreadsheet: RFC 4180, UTF-8, with a header row. Any thread, on plain values. */
#include "config.h"
#include "wallet/cs-wallet-json.h"

#include "core/cs-text.h"

#include <string.h>

#define LINE_END "\r\n"

static const char header[] = "id,at,user_id,key,kind,provider,model,units,unit,estimated_cost_usd,cost_usd,sale_usd,billed,"
                             "creation_id" LINE_END;

/* A cell that begins like a formula is one to a spreadsheet, which would run what a stranger chose as a user's name. */
static gboolean
looks_like_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

/* @text: (nullable): nothing */
static void
append_text (GString *csv, const char *text)
{
  gboolean is_quoted = text != NULL && strpbrk (text, ",\"\r\n") != NULL;

  g_string_append_c (csv, ',');
  if (is_quoted)
    g_string_append_c (csv, '"');
  if (text != NULL && looks_like_formula (text))
    g_string_append_c (csv, '\'');
  for (; text != NULL && *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *text);
    }
  if (is_quoted)
    g_string_append_c (csv, '"');
}

static void
append_money (GString *csv, CsMoney money)
{
  g_autofree char *decimal = cs_money_to_decimal (money);

  g_string_append_printf (csv, ",%s", decimal);
}

static void
append_event (GString *csv, const CsUsageEvent *event)
{
  g_autofree char *at = cs_text_format_time (event->at);

  g_string_append_printf (csv, "%" G_GINT64_FORMAT ",%s", event->id, at);
  append_text (csv, event->user_id);
  append_text (csv, event->key);
  append_text (csv, event->kind);
  append_text (csv, event->provider);
  append_text (csv, event->model);
  g_string_append_printf (csv, ",%" G_GINT64_FORMAT, event->units);
  append_text (csv, event->unit);
  append_money (csv, event->estimated);
  append_money (csv, event->cost);
  append_money (csv, event->sale);
  append_text (csv, event->is_unknown ? "unknown" : "yes");
  append_text (csv, event->creation_id);
  g_string_append (csv, LINE_END);
}

/** cs_usage_to_csv: Returns: (transfer full): one row per event, oldest first, under a row of names. */
char *
cs_usage_to_csv (const CsUsage *usage)
{
  GString *csv = g_string_new (header);

  for (guint i = 0; i < usage->events->len; i++)
    append_event (csv, usage->events->pdata[i]);
  return g_string_free (csv, FALSE);
}
