/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-model.h"
#include "providers/cs-request.h"
#include "providers/cs-wire.h"

G_BEGIN_DECLS

/* A file as a part of a form. */
typedef struct
{
  GBytes *body;
  char *content_type; /* of the whole, with its boundary */
} CsReplicateForm;

const char      *cs_replicate_get_model   (const CsModel *model, const CsRequest *request); /* "owner/name" */
JsonObject      *cs_replicate_build_input (const CsModel *model, const CsRequest *request);
JsonObject      *cs_replicate_build_body  (const CsModel *model, const CsRequest *request);
CsReplicateForm *cs_replicate_form_new    (const CsWirePicture *picture);
void             cs_replicate_form_free   (CsReplicateForm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsReplicateForm, cs_replicate_form_free)

G_END_DECLS
