/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who Hugging Face is, and what its page about a token says of it. */
#include "config.h"
#include "providers/huggingface/cs-huggingface-account.h"

#include "core/cs-json.h"
#include "core/cs-words.h"

#define PERMISSION "inference.serverless.write"
#define MAX_SCOPES 256

static const char *const gone_words[] = { "model not supported", "not supported by provider", "deprecated", NULL };

const CsWireVendor cs_huggingface_vendor = {
  .name = "Hugging Face",
  .key = CS_KEY_HUGGINGFACE,
  .credit_page = "https://huggingface.co/settings/billing",
  .gone_words = gone_words,
};

static gboolean
has_permission (JsonArray *permissions)
{
  guint length = permissions != NULL ? MIN (json_array_get_length (permissions), MAX_SCOPES) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (permissions, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
          && g_str_equal (json_node_get_string (node), PERMISSION))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_scope (JsonArray *scopes)
{
  guint length = scopes != NULL ? MIN (json_array_get_length (scopes), MAX_SCOPES) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (scopes, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && has_permission (cs_json_get_array (json_node_get_object (node), "permissions")))
        return TRUE;
    }
  return FALSE;
}

/* Only a fine-grained token tells what it may do; where it does not, the first request will. */
static gboolean
lacks_permission (JsonObject *token)
{
  JsonObject *scopes = cs_json_get_object (token, "fineGrained");

  if (g_strcmp0 (cs_json_get_string (token, "role", NULL), "fineGrained") != 0 || scopes == NULL)
    return FALSE;
  return !has_permission (cs_json_get_array (scopes, "global")) && !has_scope (cs_json_get_array (scopes, "scoped"));
}

/** cs_huggingface_read_account: @answer: to /api/whoami-v2. Returns: (transfer full): what it says of the key. */
CsKeyCheck *
cs_huggingface_read_account (const CsHttpAnswer *answer)
{
  CsKeyCheck *check = cs_wire_check_from_failure (&cs_huggingface_vendor, answer);
  g_autoptr (JsonObject) account = NULL;
  g_autoptr (GError) error = NULL;

  if (check != NULL)
    return check;
  account = cs_http_answer_dup_object (answer, NULL);
  if (cs_json_get_string (account, "name", NULL) == NULL)
    {
      error = cs_wire_error_unreadable (&cs_huggingface_vendor);
      return cs_wire_check_from_error (error);
    }
  if (lacks_permission (cs_json_get_object (cs_json_get_object (account, "auth"), "accessToken")))
    check = cs_key_check_new ("no_permission", _ ("This key may not make anything. Allow it to “Make calls to Inference "
                                                  "Providers” at https://huggingface.co/settings/tokens"));
  else
    check = cs_key_check_new ("ok", _ ("The key is good."));
  check->account = cs_wire_clean_words (cs_json_get_string (account, "name", NULL));
  return check;
}
