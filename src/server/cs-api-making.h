/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/cs-api-call.h"

G_BEGIN_DECLS

typedef struct _CsApiMaking CsApiMaking;

/* Answers the call of @making, whose job has come as far as was waited for, or has not in time. */
typedef void (*CsApiMadeFunc) (CsApiMaking *making);

/* One call to make something, from its body to its job; counted by nobody, it ends with the call. */
struct _CsApiMaking
{
  CsApiCall *call;
  CsApiMadeFunc made;
  gboolean until_done;  /* the caller waits for the creation itself */
  CsBrief *brief;
  char *key_code;       /* (nullable) */
  char *image;          /* (nullable) as it was asked for */
  GStrv ignored;        /* (nullable) fields that nobody reads */
  const CsModel *model; /* (nullable) who would make it first */
  CsJob *job;           /* (nullable) until it is queued */
  gint64 deadline;      /* monotonic; 0: not begun */
  GError *refusal;      /* (nullable) what is going to be said, once that can be said */
  const char *field;    /* (nullable) of the refusal */
};

void            cs_api_make (CsApiCall *call, CsKind kind, gboolean until_done, CsApiMadeFunc made);

/* For those who answer */
const CsModel  *cs_api_making_get_model (CsApiMaking *self); /* (nullable) who took it, or would */
void            cs_api_making_add_ignored (CsApiMaking *self, JsonObject *answer);
void            cs_api_making_fail      (CsApiMaking *self, const GError *error); /* of the engine */
void            cs_api_making_free      (CsApiMaking *self);

/* For tests: seconds that are waited for acceptance, and for a deck. */
void            cs_api_making_set_patience (double until_taken, double until_done);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsApiMaking, cs_api_making_free)

G_END_DECLS
