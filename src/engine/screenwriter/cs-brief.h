/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/cs-money.h"
#include "core/cs-vocabulary.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define CS_DURATION_MIN 5       /* seconds */
#define CS_DURATION_MAX 10
#define CS_SLIDES_MIN 1
#define CS_SLIDES_MAX 30
#define CS_LOCKED_MAX 16        /* phrases */
#define CS_NEGATIVE_PROMPT_MAX_CHARACTERS 2000
#define CS_NAME_MAX_CHARACTERS 128 /* of a provider, a model, a user, a request */
#define CS_SEED_MAX G_GINT64_CONSTANT (9007199254740991)

/* Whether the user wants sound. */
typedef enum
{
  CS_WISH_UNSAID,
  CS_WISH_YES,
  CS_WISH_NO,
} CsWish;

/* What the user asked. A plain value: fill it, then cs_brief_check() it once; it is stored with its job. */
typedef struct
{
  CsKind kind;
  char *prompt;
  CsStyle style;
  CsAspect aspect;
  int duration;           /* seconds; videos */
  CsWish sound;
  char *negative_prompt;  /* (nullable) */
  GStrv locked;           /* (nullable) phrases that the screenwriter keeps word for word */
  char *image;            /* (nullable) path of the reference image */
  gboolean has_seed;
  gint64 seed;            /* 0 .. CS_SEED_MAX */
  gboolean screenwriter;  /* rewrite the prompt first */
  char *provider;         /* (nullable) only this one */
  char *model;            /* (nullable) only this one */
  int num_slides;         /* decks */
  CsTheme theme;
  gboolean has_language;
  CsLanguage language;    /* decks; else guessed from the prompt */
  CsMoney max_cost;       /* the most this may cost whoever pays; below 0: the dearest model of the chain */
  gboolean over_budget;   /* go over the caps this once */
  char *user_id;          /* (nullable) */
  char *request_id;       /* (nullable) same id and same brief: the same job */
  char *wallet_key;       /* (nullable) hash of the wallet key that pays: cs_wallet_key_hash() */
  gboolean from_api;      /* asked for over HTTP: such jobs have a cap of their own */
  gboolean review;        /* nothing is sent to a provider before the user has read it: see cs_job_queue_agree_async() */
  int variation;          /* 0; the number of a picture in a set, so that each is another one */
} CsBrief;

CsBrief *cs_brief_new       (CsKind kind);
CsBrief *cs_brief_copy      (const CsBrief *self);
void     cs_brief_free      (CsBrief *self);
gboolean cs_brief_check     (CsBrief *self, GError **error);
char    *cs_brief_to_json   (const CsBrief *self);
CsBrief *cs_brief_from_json (const char *json, GError **error);
char    *cs_brief_hash      (const CsBrief *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsBrief, cs_brief_free)

G_END_DECLS
