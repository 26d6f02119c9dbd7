/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-provider.h"
#include "cs-fake-writer.h"
#include "cs-test.h"

#include "jobs/cs-job-queue.h"
#include "jobs/cs-job-runner.h"
#include "jobs/cs-job-store.h"
#include "library/cs-library.h"

G_BEGIN_DECLS

/* The prices of the models of the three fake providers. */
#define CS_FAKE_PRICE_ONE 20000   /* one/image */
#define CS_FAKE_PRICE_TWO 50000   /* two/image: dearer */
#define CS_FAKE_PRICE_THREE 10000 /* three/image: cheaper */
#define CS_FAKE_SALE_THREE 12000  /* three/image: what a wallet key is debited; of all others what they cost */

/*
 * A whole studio in one folder, over fake providers: "one", "two" and "three", each with an image model of that name
 * ("one/image"), "one/video" by the second, "one/blind" (a video without a seed), and "home", which is local and
 * repeatable and free ("home/image", "home/deck"). "writer" has a language model ("writer/words") and is not available
 * until it is told to be: it rewrites prompts and writes decks, for money. The real "sketch/image" is there too. Several
 * studios may be open on the same folder, in one process or in several.
 */
typedef struct
{
  CsPaths *paths;
  CsStore *store;
  CsLibrary *library;
  CsProviderRegistry *registry;
  CsScreenwriter *screenwriter;
  CsPriceList *prices;
  CsJobQueue *queue;
  CsFakeProvider *one;
  CsFakeProvider *two;
  CsFakeProvider *three;
  CsFakeProvider *home;
  CsFakeWriter *writer;
  char *journal;
} CsFakeStudio;

CsFakeStudio *cs_fake_studio_open     (const char *folder);
CsFakeStudio *cs_fake_studio_open_priced (const char *folder, const char *price_list);
void          cs_fake_studio_close    (CsFakeStudio *self);
void          cs_fake_studio_abandon  (CsFakeStudio *self);

/* (transfer full): all that this program ships with, without a single key. */
CsProviderRegistry *cs_fake_registry_new (void);

CsBrief      *cs_fake_brief           (const char *prompt, const char *model);
CsJob        *cs_fake_studio_add      (CsFakeStudio *self, CsBrief *brief);
GPtrArray    *cs_fake_studio_try_add  (CsFakeStudio *self, GPtrArray *briefs, GError **error);
GPtrArray    *cs_fake_studio_resume   (CsFakeStudio *self, const char *id);
gboolean      cs_fake_studio_cancel   (CsFakeStudio *self, const char *id, GError **error);
gboolean      cs_fake_studio_decide   (CsFakeStudio *self, const char *id, CsDecision decision, GError **error);
CsJobFacts   *cs_fake_studio_load     (CsFakeStudio *self, const char *id);
gint64        cs_fake_studio_query    (CsFakeStudio *self, const char *sql);
void          cs_fake_studio_exec     (CsFakeStudio *self, const char *sql);

void          cs_fake_wait_state      (CsJob *job, CsJobState state);
void          cs_fake_wait_waiting    (CsJob *job, CsWaiting waiting);
void          cs_fake_wait_idle       (CsFakeStudio *self);
void          cs_fake_settle          (guint milliseconds);
guint         cs_fake_count_files     (const char *folder);

G_END_DECLS
