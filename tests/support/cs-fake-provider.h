/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-provider.h"

G_BEGIN_DECLS

/*
 * A provider that plays what it is told, and keeps a journal of what its server accepted, which survives the death of
 * the process. Not local and not repeatable, and able to look for what was lost, unless told otherwise.
 *
 * A script is words for an operation, one used up by each call; then the usual word stands for all further calls. A word
 * may have an argument, and a delay in milliseconds: "limit:2", "accept@50".
 *
 *   prepare same (usual), address (gives back a request that was uploaded), offline, unavailable, limit, refuse, silent,
 *           stoppable (goes on until its cancellable ends it)
 *   submit  accept (usual), answer, notsent, nokey, refuse, limit[:SECONDS], uncertain (the server never saw it),
 *           lost (the server took it, the answer was cut), silent (the server took it, the answer comes with
 *           cs_fake_provider_speak() or never),
 *           empty (accepted without an id), twin:ID (accepted under an id that is used already)
 *   poll    ok (usual), run[:PROGRESS], dear (more than the hold), fail[:no|yes|unknown], mute (failed without a word),
 *           cancelled[:no|yes|unknown], gone (unreachable), silent, stoppable (goes on until its cancellable ends it)
 *   cancel  cancelled (usual), run (goes on), gone
 *   find    none (usual), real (what the journal knows of this request, if it is one and is not bound), twin:ID, error
 *   fetch   ok (usual), expired, offline, damaged, wrong (not what was asked for), full (disk), nonsense
 */
#define CS_TYPE_FAKE_PROVIDER (cs_fake_provider_get_type ())
G_DECLARE_FINAL_TYPE (CsFakeProvider, cs_fake_provider, CS, FAKE_PROVIDER, GObject)

CsFakeProvider *cs_fake_provider_new             (const char *id, const char *journal);
void            cs_fake_provider_script          (CsFakeProvider *self, const char *operation, const char *words);
void            cs_fake_provider_set_home        (CsFakeProvider *self, gboolean is_local, gboolean is_repeatable);
void            cs_fake_provider_set_can_find    (CsFakeProvider *self, gboolean can_find);
char           *cs_fake_provider_dup_bound       (CsFakeProvider *self);
void            cs_fake_provider_set_polls_per_minute (CsFakeProvider *self, int polls);
void            cs_fake_provider_set_available   (CsFakeProvider *self, gboolean is_available);
void            cs_fake_provider_set_max_running (CsFakeProvider *self, int max_running);
void            cs_fake_provider_set_interval    (CsFakeProvider *self, gint64 microseconds);
void            cs_fake_provider_speak           (CsFakeProvider *self);

/* Who did what: operation is prepare, submit (accepted ones only), poll, cancel, find or fetch; what is the work file's name
 * without its ending, "JOB-1". NULL matches all. */
void            cs_fake_journal_write            (const char *path, const char *provider, const char *operation,
                                                  const char *what, const char *remote_id);
guint           cs_fake_journal_count            (const char *path, const char *provider, const char *operation, const char *what);

G_END_DECLS
