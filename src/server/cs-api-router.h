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

/* As soon as the headers have come: finds the row; or answers 404, 405, OPTIONS, and a body that is too large or no JSON. */
const CsApiRoute *cs_api_router_find     (CsApiCall *call); /* (nullable): it has answered */
/* When the body has come too: reads it and calls the handler; or answers 400. */
void              cs_api_router_dispatch (CsApiCall *call, const CsApiRoute *route);

G_END_DECLS
