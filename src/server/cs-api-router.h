/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

typedef void (*CsApiHandler) (CsApiCall *call);

/* One row of the table of routes. */
typedef struct
{
  const char *method;   /* GET (which answers HEAD too), POST, DELETE */
  const char *path;     /* behind /api/studio/; {id} stands for one part */
  CsApiHandler handler;
  gboolean takes_body;  /* a JSON object */
} CsApiRoute;

extern const CsApiRoute cs_api_routes[]; /* cs-api-routes.c; ends with a row without a method */

/* Finds the row, reads the body, and calls the handler; or answers 404, 405, 400, 415, 413. */
void cs_api_router_dispatch (CsApiCall *call, const char *path);

G_END_DECLS
