/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a provider is, and whether its key may go there. */
#include "config.h"
#include "providers/cs-endpoint.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

struct _CsEndpoint
{
  char *base;       /* (nullable) without a slash at its end */
  char *trouble;    /* (nullable) why there is none */
  gboolean is_usual;
  gboolean is_loopback;
};

/**
 * cs_endpoint_new:
 * @variable: the environment variable that may name another base address
 * @usual: the address of the provider itself
 *
 * Returns: (transfer full): the endpoint as the environment stands now.
 */
CsEndpoint *
cs_endpoint_new (const char *variable, const char *usual, CsBaseRule rule)
{
  CsEndpoint *self = g_new0 (CsEndpoint, 1);
  const char *text = g_getenv (variable);
  gboolean is_named = text != NULL && *text != '\0';
  g_autoptr (GError) error = NULL;

  self->base = cs_address_check_base (is_named ? text : usual, rule, &error);
  if (self->base == NULL)
    {
      /* translators: 1: the name of an environment variable, 2: a sentence */
      self->trouble = g_strdup_printf (_ ("%1$s cannot be used: %2$s"), variable, error->message);
      return self;
    }
  self->is_usual = !is_named || g_str_equal (self->base, usual);
  self->is_loopback = cs_address_is_loopback (self->base);
  return self;
}

void
cs_endpoint_free (CsEndpoint *self)
{
  g_free (self->base);
  g_free (self->trouble);
  g_free (self);
}

/** cs_endpoint_is_usual: Returns: TRUE when it is the provider's own address. */
gboolean
cs_endpoint_is_usual (CsEndpoint *self)
{
  return self->is_usual;
}

gboolean
cs_endpoint_is_loopback (CsEndpoint *self)
{
  return self->is_loopback;
}

const char *
cs_endpoint_get_base (CsEndpoint *self)
{
  return self->base;
}

const char *
cs_endpoint_get_trouble (CsEndpoint *self)
{
  return self->trouble;
}

/**
 * cs_endpoint_build:
 * @format: the path, with its slash, as for printf(): what goes in was checked or escaped by the caller
 *
 * Returns: (transfer full): a whole address. Not to be called where there is trouble.
 */
char *
cs_endpoint_build (CsEndpoint *self, const char *format, ...)
{
  g_autofree char *path = NULL;
  va_list args;

  g_return_val_if_fail (self->base != NULL, NULL);

  va_start (args, format);
  path = g_strdup_vprintf (format, args);
  va_end (args);
  return g_strconcat (self->base, path, NULL);
}

/**
 * cs_endpoint_get_key:
 * @why_not: (out) (optional) (transfer full): a sentence, when NULL is returned
 *
 * Returns: (transfer none) (nullable): the key, when there is one and it may be sent to this endpoint.
 */
const char *
cs_endpoint_get_key (CsEndpoint *self, CsKeys *keys, CsKeyName name, char **why_not)
{
  CsKeySource source;
  const char *key = cs_keys_get (keys, name, &source);
  g_autofree char *reason = NULL;

  if (self->base == NULL)
    reason = g_strdup (self->trouble);
  else if (key == NULL)
    reason = cs_keys_explain_missing (keys, name);
  else if (source != CS_KEY_SOURCE_ENVIRONMENT && !self->is_usual && !self->is_loopback)
    /* translators: the name of a key */
    reason = g_strdup_printf (_ ("The %s of your keyring is sent to its provider only. For another address, put a key into "
                                 "the environment too."),
                              cs_key_name_to_string (name));
  else
    return key;
  if (why_not != NULL)
    *why_not = g_steal_pointer (&reason);
  return NULL;
}
