/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a check of a key comes to, in words. It is remembered beside the keys of the engine, without the key. Main thread. */
#include "config.h"
#include "ui/preferences/cs-key-verdict.h"

#include <string.h>

/* Where a provider gives out keys; static. */
typedef struct
{
  const char *name;
  const char *address;
  const char *uri;
} Page;

static const Page pages[CS_N_KEYS] = {
  [CS_KEY_PIAPI] = { "PiAPI", "piapi.ai", "https://piapi.ai/workspace/key" },
  [CS_KEY_REPLICATE] = { "Replicate", "replicate.com/account/api-tokens", "https://replicate.com/account/api-tokens" },
  [CS_KEY_HUGGINGFACE] = { "Hugging Face", "huggingface.co/settings/tokens", "https://huggingface.co/settings/tokens" },
  [CS_KEY_GROQ] = { "Groq", "console.groq.com/keys", "https://console.groq.com/keys" },
};

const char *
cs_key_page_get_name (CsKeyName key)
{
  return pages[key].name;
}

const char *
cs_key_page_get_address (CsKeyName key)
{
  return pages[key].address;
}

const char *
cs_key_page_get_uri (CsKeyName key)
{
  return pages[key].uri;
}

static CsKeyState
find_state (const char *code)
{
  static const struct { const char *code; CsKeyState state; } states[] = {
    { "ok", CS_KEY_WORKS },
    { "insufficient_credit", CS_KEY_NO_CREDIT },
    { "unauthorized", CS_KEY_REFUSED },
    { "no_permission", CS_KEY_REFUSED },
    { "provider_refused", CS_KEY_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].code, code))
      return states[i].state;
  return CS_KEY_UNCHECKED;
}

static char *
make_title (const CsKeyCheck *check, CsKeyState state, CsKeyName key)
{
  g_autofree char *credit = check->balance >= 0 ? cs_money_to_amount (check->balance) : NULL;

  if (state == CS_KEY_WORKS && credit != NULL)
    /* translators: an amount of money */
    return g_strdup_printf (_ ("This key works. %s of credit left."), credit);
  if (state == CS_KEY_WORKS)
    return g_strdup (_ ("This key works."));
  if (state == CS_KEY_NO_CREDIT)
    return g_strdup (_ ("This key works, but there is no credit left behind it."));
  if (g_str_equal (check->code, "unauthorized"))
    /* translators: a provider */
    return g_strdup_printf (_ ("%s does not know this key."), pages[key].name);
  if (state == CS_KEY_REFUSED)
    return g_strdup (check->message);
  if (g_str_equal (check->code, "rate_limited"))
    /* translators: a provider */
    return g_strdup_printf (_ ("%s asks to wait a moment. The key was kept, unchecked."), pages[key].name);
  /* translators: a provider */
  return g_strdup_printf (_ ("No answer from %s. The key was kept, unchecked."), pages[key].name);
}

static char *
make_link (CsKeyName key)
{
  return g_strdup_printf ("<a href=\"%s\">%s</a>", pages[key].uri, pages[key].address);
}

static char *
make_subtitle (const CsKeyCheck *check, CsKeyState state, CsKeyName key)
{
  g_autofree char *link = make_link (key);
  g_autofree char *account = check->account != NULL ? g_markup_escape_text (check->account, -1) : NULL;

  if (state == CS_KEY_WORKS && account != NULL)
    /* translators: the name of an account */
    return g_strdup_printf (_ ("Account %s. Checked just now. Checking is free."), account);
  if (state == CS_KEY_WORKS)
    return g_strdup (_ ("Checked just now. Checking is free."));
  if (g_str_equal (check->code, "unauthorized"))
    /* translators: a link to the page of a provider */
    return g_strdup_printf (_ ("It may be cut short or revoked. Copy it again from %s"), link);
  if (state == CS_KEY_UNCHECKED)
    return g_strdup (_ ("Nothing was spent. Check it again later: checking is free."));
  return g_markup_escape_text (check->message, -1);
}

/** cs_key_verdict_new: Returns: (transfer full): what @check means for the user. */
CsKeyVerdict *
cs_key_verdict_new (const CsKeyCheck *check, CsKeyName key)
{
  CsKeyVerdict *self = g_new0 (CsKeyVerdict, 1);

  self->state = find_state (check->code);
  self->title = make_title (check, self->state, key);
  self->subtitle = make_subtitle (check, self->state, key);
  if (self->state == CS_KEY_REFUSED && !g_str_equal (check->code, "unauthorized"))
    g_clear_pointer (&self->subtitle, g_free); /* its title says it */
  self->at = cs_clock_now ();
  return self;
}

void
cs_key_verdict_free (CsKeyVerdict *self)
{
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self);
}

/* The keys outlive every window. */
static char *
make_slot (CsKeyName key)
{
  return g_strconcat ("verdict-", cs_key_name_to_string (key), NULL);
}

/** cs_key_verdict_keep: Remembers @verdict; NULL forgets it, since the key is another one now. */
void
cs_key_verdict_keep (CsKeys *keys, CsKeyName key, CsKeyVerdict *verdict)
{
  g_autofree char *slot = make_slot (key);

  g_object_set_data_full (G_OBJECT (keys), slot, verdict, verdict != NULL ? (GDestroyNotify) cs_key_verdict_free : NULL);
}

/** cs_key_verdict_recall: Returns: (transfer none) (nullable): what was found the last time. */
const CsKeyVerdict *
cs_key_verdict_recall (CsKeys *keys, CsKeyName key)
{
  g_autofree char *slot = make_slot (key);

  return g_object_get_data (G_OBJECT (keys), slot);
}
