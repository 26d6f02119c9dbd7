/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cs-fake-call.h"
#include "cs-fake-log.h"
#include "cs-fake-script.h"
#include "cs-fake-task.h"

G_BEGIN_DECLS

/* See cs-fake-server.h. The script and the log are for any thread, all else belongs to the server's. */
struct _CsFakeServer
{
  /* Any thread. */
  CsFakeScript *script;
  CsFakeLog *log;
  guint port;
  guint elsewhere;        /* another port, which redirects lead to */
  GSocket *closed;        /* a port that nobody listens on */
  char *certificate;      /* (nullable) the folder with the certificate: speaks TLS */

  /* The server's thread. */
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *soup;
  CsFakeTasks *tasks;
  GHashTable *pulled;        /* Ollama: name -> whether it is here, where that has changed */
  GCancellable *cancellable; /* ends the threads of raw answers */
  GPtrArray *threads;        /* (element-type GThread) */
};

extern const CsFakeVendor cs_fake_piapi;
extern const CsFakeVendor cs_fake_replicate;
extern const CsFakeVendor cs_fake_huggingface;
extern const CsFakeVendor cs_fake_hub;
extern const CsFakeVendor cs_fake_groq;
extern const CsFakeVendor cs_fake_ollama;
extern const CsFakeVendor cs_fake_files;
extern const CsFakeVendor cs_fake_elsewhere;

/* Replicate's files are a folder of their own. */
void     cs_fake_replicate_upload      (CsFakeCall *call);
void     cs_fake_replicate_get_file    (CsFakeCall *call);
void     cs_fake_replicate_delete_file (CsFakeCall *call);

/* "http://127.0.0.1:PORT" and the path behind it. */
char    *cs_fake_server_build_address (CsFakeServer *self, const char *path, ...) G_GNUC_PRINTF (2, 3);
/* Takes work: what a vendor would want money for. Written down before anything is answered. */
void     cs_fake_call_accept          (CsFakeCall *call, const char *remote_id, gint64 seed, const char *prompt);

/* Faults: TRUE when the word was one that goes before the work, and has been carried out. */
gboolean cs_fake_fault_before         (CsFakeCall *call);
/* Sends the answer, spoilt as the word says. */
void     cs_fake_fault_send           (CsFakeCall *call);
void     cs_fake_fault_reset          (CsFakeCall *call);

/* Answers that no decent server would write go through the bare connection, by a thread of their own. */
typedef enum
{
  CS_FAKE_END_CLOSE,
  CS_FAKE_END_RESET,
  CS_FAKE_END_HOLD,  /* until the other side has enough */
} CsFakeEnd;

typedef struct
{
  gsize claimed;     /* Content-Length */
  GBytes *body;      /* (transfer full) (nullable) */
  guint64 repeats;   /* how often the body is written */
  guint pause;       /* milliseconds between two bytes; 0: at once */
  gboolean is_bare;  /* not even the headers */
  CsFakeEnd end;
} CsFakeRaw;

void     cs_fake_raw_send             (CsFakeCall *call, CsFakeRaw raw);

G_END_DECLS
