/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The providers' servers as this project understands them, on loopback, in a thread of their own: PiAPI, Replicate,
 * Hugging Face (router and hub), Groq and Ollama, each under its own path prefix of one port. They keep tasks, give out
 * files, and keep a journal that survives the death of whoever calls. Judged by the vendors' own clients.
 *
 * A script is words for an operation, one used up by each request; then the usual word, "ok", stands for all further
 * requests. A word may have an argument behind a colon, and a delay in milliseconds behind @: "429:2", "ok@50".
 * Vendors and their operations (cs-fake-server.c has the table of words):
 *   piapi        create get cancel upload account
 *   replicate    create get cancel list upload file delete account model
 *   huggingface  create get result cancel chat models
 *   hub          mapping account
 *   groq         chat models
 *   ollama       version models running show chat pull delete root
 *   files        download
 *   elsewhere    download: a foreign host (another port), where redirects lead; it must never see a key
 */
typedef struct _CsFakeServer CsFakeServer;

CsFakeServer *cs_fake_server_new            (const char *journal); /* (nullable) the file of the journal */
CsFakeServer *cs_fake_server_new_tls        (const char *journal); /* behind TLS, with a certificate nobody trusts */
void          cs_fake_server_free           (CsFakeServer *self);
guint         cs_fake_server_get_port       (CsFakeServer *self);
char         *cs_fake_server_dup_base       (CsFakeServer *self, const char *vendor); /* "http://127.0.0.1:PORT/piapi" */
char         *cs_fake_server_dup_closed_base (CsFakeServer *self, const char *vendor); /* every connection is refused */
char         *cs_fake_server_dup_certificate (CsFakeServer *self); /* (nullable) path; for clients that shall trust it */
void          cs_fake_server_set_environment (CsFakeServer *self); /* the *_BASE_URL and OLLAMA_HOST of this process */
void          cs_fake_server_script         (CsFakeServer *self, const char *vendor, const char *operation, const char *words);
void          cs_fake_server_set_usual      (CsFakeServer *self, const char *vendor, const char *operation, const char *word);
void          cs_fake_server_set_text       (CsFakeServer *self, const char *vendor, const char *text);
/* How many requests came in, and how many of them the server took as work (what would be paid). NULL matches all. */
guint         cs_fake_server_count          (CsFakeServer *self, const char *vendor, const char *operation);
guint         cs_fake_server_count_accepted (CsFakeServer *self, const char *vendor);
/* (transfer full) (nullable) the nth request of an operation, from 0: {method, path, query, headers:{}, body}; headers in lower case */
JsonObject   *cs_fake_server_dup_request    (CsFakeServer *self, const char *vendor, const char *operation, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsFakeServer, cs_fake_server_free)

G_END_DECLS
