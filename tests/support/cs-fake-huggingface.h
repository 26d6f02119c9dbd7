/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-field.h"
#include "cs-fake-task.h"

G_BEGIN_DECLS

/* What those behind Hugging Face's router share. A NULL list of fields: the provider has no such thing. */
CsFakeTask *cs_fake_huggingface_take         (CsFakeCall *call, const char *provider, const char *provider_id,
                                              const CsFakeField *image, const CsFakeField *video);
CsFakeTask *cs_fake_huggingface_find         (CsFakeCall *call, guint part);
void        cs_fake_huggingface_refuse_field (CsFakeCall *call, const char *name, const char *fault);

/* The queues of fal-ai and wavespeed. */
void        cs_fake_fal_create               (CsFakeCall *call);
void        cs_fake_fal_get                  (CsFakeCall *call);
void        cs_fake_fal_get_result           (CsFakeCall *call);
void        cs_fake_fal_cancel               (CsFakeCall *call);
void        cs_fake_wavespeed_create         (CsFakeCall *call);
void        cs_fake_wavespeed_get            (CsFakeCall *call);

G_END_DECLS
