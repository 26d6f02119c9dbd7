/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "store/cs-database.h"

G_BEGIN_DECLS

/* One billable act: a row of `usage_events`, written once, in the transaction that records the provider's last word. */
typedef struct
{
  gint64 id;
  gint64 at;            /* microseconds since the epoch */
  char *creation_id;    /* the job */
  int attempt;          /* its number; 0: the words that the job began with */
  char *user_id;        /* "" for nobody in particular */
  gint64 key_id;        /* the wallet key that pays; 0: none */
  char *key;            /* (nullable) its name, as it may be shown; only read */
  char *kind;           /* video, image, deck, text */
  char *provider;
  char *model;
  gint64 units;         /* of unit */
  char *unit;           /* second, image, video, slide, deck, text */
  CsMoney estimated;    /* what was quoted */
  CsMoney cost;         /* what the provider took */
  CsMoney sale;         /* what the key was debited; 0 without a key */
  gboolean is_unknown;  /* whether it was billed at all is not known: the cost is then the estimate */
} CsUsageEvent;

/* Which events; a plain value, zero means no filter. Texts are borrowed during the call only. */
typedef struct
{
  const char *user_id;  /* (nullable) */
  const char *key_code; /* (nullable) only this key's, with its own prices: what it was debited, not what the provider took */
  gint64 from, to;      /* microseconds: from the first, before the second; 0: open */
} CsUsageQuery;

/* How one model did. Seconds are below 0 where nothing has succeeded. */
typedef struct
{
  char *provider;
  char *model;
  gint64 runs, succeeded, failed;
  double median_s, p90_s;
  CsMoney estimated, cost;
} CsUsageModel;

/* What was used: events, oldest first, and their sums. */
typedef struct
{
  GPtrArray *events;    /* (element-type CsUsageEvent) */
  GPtrArray *models;    /* (element-type CsUsageModel) */
  CsMoney estimated, cost, sale;
} CsUsage;

/* Worker thread, inside the transaction of the caller. The same job and attempt twice is written once. */
gboolean cs_usage_insert (CsDatabase *database, const CsUsageEvent *event, GError **error);
CsUsage *cs_usage_load   (CsDatabase *database, const CsUsageQuery *query, GError **error);

CsUsageEvent *cs_usage_event_new  (void);
void          cs_usage_event_free (CsUsageEvent *self);
void          cs_usage_free       (CsUsage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsUsageEvent, cs_usage_event_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsUsage, cs_usage_free)

G_END_DECLS
