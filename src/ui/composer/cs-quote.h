/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

G_BEGIN_DECLS

/* Why something cannot be made now, though it was asked for well. */
typedef enum
{
  CS_QUOTE_GOOD,
  CS_QUOTE_QUEUED,      /* there is no network: it can be asked for, and begins by itself later */
  CS_QUOTE_UNUSABLE,    /* nobody can make it: `error` says why, and who would */
  CS_QUOTE_OVER_BUDGET, /* a cap stands in the way: `cap` and `error` name it */
  CS_QUOTE_NO_CREDIT,   /* the wallet key that pays has too little: `error` says how much */
} CsQuoteState;

/* The cap that stands in the way. */
typedef enum
{
  CS_CAP_NONE,
  CS_CAP_JOB,
  CS_CAP_DAY,
  CS_CAP_MONTH,
} CsCap;

/* What one button press would cost, and by whom; a plain value. */
typedef struct
{
  CsQuoteState state;
  const CsModel *model;   /* (nullable) who makes it; of the registry */
  CsMoney cost;           /* micro-USD that whoever pays pays for one */
  CsMoney words;          /* what rewriting the prompt may take, of all of them */
  CsMoney total;          /* all that may be paid: the price on the button */
  CsMoney credit;         /* what the wallet key that pays has; below 0: none pays, or it is not known yet */
  CsCap cap;              /* of %CS_QUOTE_OVER_BUDGET */
  CsMoney after;          /* likewise: what would be spent against it */
  GStrv notes;            /* what will not be as it was asked */
  GError *error;          /* (nullable) */
} CsQuote;

CsQuote *cs_quote_new           (CsStudio *studio, const CsBrief *brief, guint count, const CsBudget *budget); /* budget: (nullable) */
void     cs_quote_consider      (CsQuote *self, CsStudio *studio, const CsWalletKey *key, gboolean is_offline); /* key: (nullable) */
void     cs_quote_free          (CsQuote *self);
gboolean cs_quote_can_make      (const CsQuote *self);

/* In words */
char    *cs_quote_make_label    (const CsQuote *self, CsKind kind, guint count);
char    *cs_quote_make_spoken   (const CsQuote *self, CsKind kind, guint count);
char    *cs_quote_make_line     (const CsQuote *self, CsStudio *studio, const CsBudget *budget);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsQuote, cs_quote_free)

G_END_DECLS
