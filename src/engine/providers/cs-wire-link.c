/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One provider's end of the wire: who it is, where it is, with which key. */
#include "config.h"
#include "providers/cs-wire-link.h"

#include "core/cs-error.h"
#include "core/cs-words.h"

/**
 * cs_wire_link_new:
 * @variable: the environment variable that may name another base address
 * @usual: the address of the provider itself
 */
CsWireLink *
cs_wire_link_new (const CsWireVendor *vendor, CsProviderContext *context, const char *variable, const char *usual)
{
  CsWireLink *self = g_new0 (CsWireLink, 1);

  self->vendor = vendor;
  self->context = cs_provider_context_ref (context);
  self->endpoint = cs_endpoint_new (variable, usual, CS_BASE_SAFE);
  self->missing = cs_wire_missing_new ();
  return self;
}

void
cs_wire_link_free (CsWireLink *self)
{
  cs_provider_context_unref (self->context);
  cs_endpoint_free (self->endpoint);
  g_hash_table_unref (self->missing);
  g_free (self);
}

const CsModel *
cs_wire_link_get_model (CsWireLink *self, const CsRequest *request)
{
  return cs_provider_context_get_model (self->context, request->model);
}

/** cs_wire_link_is_loopback: Returns: TRUE when the provider is on this computer, and its results may be too. */
gboolean
cs_wire_link_is_loopback (CsWireLink *self)
{
  return cs_endpoint_is_loopback (self->endpoint);
}

/**
 * cs_wire_link_get_key:
 * @why_not: (out) (optional) (transfer full): a sentence, when NULL is returned
 *
 * Returns: (transfer none) (nullable): the key that goes to this provider. While there is one, there is an address too.
 */
const char *
cs_wire_link_get_key (CsWireLink *self, char **why_not)
{
  return cs_endpoint_get_key (self->endpoint, self->context->keys, self->vendor->key, why_not);
}

/** cs_wire_link_error_no_key: Returns: (transfer full) (nullable): why nothing can be asked; NULL when it can. */
GError *
cs_wire_link_error_no_key (CsWireLink *self)
{
  g_autofree char *why_not = NULL;

  if (cs_wire_link_get_key (self, &why_not) != NULL)
    return NULL;
  return g_error_new_literal (CS_ERROR, CS_ERROR_NO_KEY, why_not);
}

/** cs_wire_link_lacks_picture: Returns: TRUE when @request is to go with a picture that the provider does not have yet. */
gboolean
cs_wire_link_lacks_picture (CsWireLink *self, const CsRequest *request)
{
  const CsModel *model = cs_wire_link_get_model (self, request);

  return model != NULL && model->takes_image && request->image != NULL && request->image_address == NULL;
}

/**
 * cs_wire_link_find_obstacle:
 *
 * Returns: (transfer full) (nullable): why @request cannot be submitted at all: nothing was sent then.
 */
GError *
cs_wire_link_find_obstacle (CsWireLink *self, const CsRequest *request)
{
  GError *error = cs_wire_link_error_no_key (self);

  if (error == NULL && cs_wire_link_get_model (self, request) == NULL)
    error = g_error_new (CS_ERROR, CS_ERROR_NOT_FOUND, _ ("There is no model “%s”."), request->model);
  if (error == NULL && cs_wire_link_lacks_picture (self, request))
    error = g_error_new (CS_ERROR, CS_ERROR_FAILED, _ ("The picture to begin from was not uploaded, so nothing was sent."));
  return error;
}
