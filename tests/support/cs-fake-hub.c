/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hugging Face's hub: who serves a model, and whose token this is. */
#include "config.h"
#include "cs-fake-server-private.h"

#include "cs-fake-hub.h"
#include "cs-fake-json.h"

#include <string.h>

static const CsFakeMapping mappings[] = {
  { "black-forest-labs/FLUX.1-schnell", "fal-ai", "fal-ai/flux/schnell", FALSE },
  { "black-forest-labs/FLUX.1-schnell", "nscale", "black-forest-labs/FLUX.1-schnell", FALSE },
  { "black-forest-labs/FLUX.1-schnell", "hf-inference", "black-forest-labs/FLUX.1-schnell", FALSE },
  { "black-forest-labs/FLUX.1-schnell", "together", "black-forest-labs/FLUX.1-schnell", FALSE },
  { "black-forest-labs/FLUX.1-schnell", "wavespeed", "wavespeed-ai/flux-schnell", FALSE },
  { "black-forest-labs/FLUX.1-schnell", "replicate", "black-forest-labs/flux-schnell", FALSE },
  { "Wan-AI/Wan2.2-TI2V-5B", "fal-ai", "fal-ai/wan/v2.2-5b/text-to-video", TRUE },
  { "Wan-AI/Wan2.2-TI2V-5B", "replicate", "wan-video/wan-2.2-5b-fast", TRUE },
  { "Wan-AI/Wan2.2-TI2V-5B", "wavespeed", "wavespeed-ai/wan-2.2/t2v-5b", TRUE },
  { "Wan-AI/Wan2.2-TI2V-5B", "together", "Wan-AI/Wan2.2-TI2V-5B", TRUE },
  { "Wan-AI/Wan2.1-T2V-14B", "wavespeed", "wavespeed-ai/wan-2.1/t2v-480p", TRUE },
};

/** cs_fake_hub_find: Returns: (nullable): what @provider calls @provider_id. */
const CsFakeMapping *
cs_fake_hub_find (const char *provider, const char *provider_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (mappings); i++)
    if (g_str_equal (mappings[i].provider, provider) && g_strcmp0 (mappings[i].provider_id, provider_id) == 0)
      return &mappings[i];
  return NULL;
}

/* A token is not needed for what everybody may see; a bad one is refused all the same. */
static gboolean
admit (CsFakeCall *call)
{
  gboolean needed = g_str_equal (call->route->operation, "account");

  if (cs_fake_call_has_bearer (call) || (!needed && cs_fake_call_get_header (call, "Authorization") == NULL))
    return TRUE;
  cs_fake_call_refuse (call, 401, "");
  return FALSE;
}

static void
refuse (CsFakeCall *call, guint status, const char *variant)
{
  const char *text = status == 401   ? "Invalid credentials in Authorization header"
                     : status == 404 ? "Repository not found"
                                     : soup_status_get_phrase (status);

  if (status == 429)
    {
      cs_fake_call_set_header (call, "RateLimit", "\"api\";r=0;t=55");
      cs_fake_call_set_header (call, "RateLimit-Policy", "\"fixed window\";\"api\";q=500;w=300");
    }
  cs_fake_call_reply (call, status, cs_fake_json ("{'error':%s}", text));
}

static char *
format_mapping (CsFakeCall *call, const CsFakeMapping *mapping)
{
  const char *task = mapping->is_video ? "text-to-video" : "text-to-image";
  const char *status = cs_fake_call_is (call, "staging") ? "staging" : "live";

  if (cs_fake_call_is (call, "object"))
    return cs_fake_json ("%s:{'status':%s,'providerId':%s,'task':%s}", mapping->provider, status, mapping->provider_id,
                         task);
  return cs_fake_json ("{'provider':%s,'providerId':%s,'status':%s,'task':%s,'isModelAuthor':false}", mapping->provider,
                       mapping->provider_id, status, task);
}

/* The script may leave one provider, or none. */
static gboolean
is_shown (CsFakeCall *call, const CsFakeMapping *mapping, const char *model)
{
  return g_str_equal (mapping->model, model) && !cs_fake_call_is (call, "none")
         && (!cs_fake_call_is (call, "only") || g_strcmp0 (call->argument, mapping->provider) == 0);
}

static gboolean
is_known (const char *model)
{
  for (guint i = 0; i < G_N_ELEMENTS (mappings); i++)
    if (g_str_equal (mappings[i].model, model))
      return TRUE;
  return FALSE;
}

static void
reply_model (CsFakeCall *call, const char *model)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (mappings); i++)
    if (is_shown (call, &mappings[i], model))
      {
        g_autofree char *one = format_mapping (call, &mappings[i]);

        g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "", one);
      }
  if (cs_fake_call_is (call, "object"))
    cs_fake_call_reply (call, 200,
                        cs_fake_json ("{'_id':'1','id':%s,'inferenceProviderMapping':{%r}}", model, list->str));
  else
    cs_fake_call_reply (call, 200,
                        cs_fake_json ("{'_id':'1','id':%s,'inferenceProviderMapping':[%r]}", model, list->str));
}

static void
mapping (CsFakeCall *call)
{
  g_autofree char *model = g_strconcat (cs_fake_call_get_part (call, 0), "/", cs_fake_call_get_part (call, 1), NULL);

  if (!is_known (model))
    cs_fake_call_refuse (call, 404, "");
  else if (g_strcmp0 (cs_fake_call_get_query (call, "expand[]"), "inferenceProviderMapping") != 0)
    cs_fake_call_reply (call, 200, cs_fake_json ("{'_id':'1','id':%s,'pipeline_tag':'text-to-image'}", model));
  else
    reply_model (call, model);
}

static void
account (CsFakeCall *call)
{
  cs_fake_call_reply (
      call, 200,
      cs_fake_json ("{'type':'user','id':'5f','name':'ann','fullname':'Ann','email':'ann@example.org',"
                    "'emailVerified':true,'isPro':false,'canPay':true,'periodEnd':null,'billingMode':'prepaid',"
                    "'avatarUrl':'https://huggingface.co/avatars/ann.svg','orgs':[{'name':'club','type':'org'}],"
                    "'auth':{'type':'access_token','accessToken':{'displayName':'app','role':'fineGrained',"
                    "'createdAt':'2026-01-01T00:00:00.000Z','fineGrained':{'canReadGatedRepos':false,'global':[%r],"
                    "'scoped':[]}}}}",
                    cs_fake_call_is (call, "noinference") ? "" : "\"inference.serverless.write\""));
}

static const CsFakeRoute routes[] = {
  { "GET", "/api/models/*/*", "mapping", mapping },
  { "GET", "/api/whoami-v2", "account", account },
  { NULL },
};

const CsFakeVendor cs_fake_hub = { "hub", routes, admit, refuse };
