/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-server.h"
#include "ui-support.h"

G_BEGIN_DECLS

/* A studio whose providers are stand-ins on this computer, reached over HTTP. */
typedef struct
{
  CsFakeServer *server;
  UiFixture *fixture;
} UiStandIn;

UiStandIn *ui_stand_in_open  (const char *keys); /* whose keys are there: p(iapi), r(eplicate), h(ugging face), g(roq); o: Ollama runs */
void       ui_stand_in_close (UiStandIn *self);

G_END_DECLS
