/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-stand-in.h"

#include <string.h>

#define KEY "sk-stand-in-0123456789abcdef"

/* The first engine of a process has the keys that were there when it began; those after it read them anew. */
static void
pass_first_engine (void)
{
  static gboolean is_passed;

  if (!is_passed)
    ui_close (ui_open ());
  is_passed = TRUE;
}

static void
set_environment (CsFakeServer *server, const char *keys)
{
  static const char *const names[] = { "PIAPI_KEY", "REPLICATE_API_TOKEN", "HF_API_TOKEN", "GROQ_API_KEY" };
  g_autofree char *closed = cs_fake_server_dup_closed_base (server, "ollama");

  cs_fake_server_set_environment (server);
  if (strchr (keys, 'o') == NULL)
    g_setenv ("OLLAMA_HOST", closed, TRUE);
  g_setenv ("CREATIVE_STUDIO_POLL_MS", "20", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strchr (keys, "prhg"[i]) != NULL)
      g_setenv (names[i], KEY, TRUE);
    else
      g_unsetenv (names[i]);
}

UiStandIn *
ui_stand_in_open (const char *keys)
{
  UiStandIn *self = g_new0 (UiStandIn, 1);

  pass_first_engine ();
  self->server = cs_fake_server_new (NULL);
  set_environment (self->server, keys);
  self->fixture = ui_open ();
  return self;
}

void
ui_stand_in_close (UiStandIn *self)
{
  ui_close (self->fixture);
  cs_fake_server_free (self->server);
  g_free (self);
}
