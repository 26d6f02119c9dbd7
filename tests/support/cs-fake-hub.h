/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who serves a model of the hub, and by what name. */
typedef struct
{
  const char *model;
  const char *provider;
  const char *provider_id;
  gboolean is_video;
} CsFakeMapping;

const CsFakeMapping *cs_fake_hub_find (const char *provider, const char *provider_id);

G_END_DECLS
