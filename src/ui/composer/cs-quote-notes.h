/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/composer/cs-quote.h"

G_BEGIN_DECLS

/* What a model may not make as it was asked. */
typedef enum
{
  CS_NOTE_FORMAT,
  CS_NOTE_DURATION,
  CS_NOTE_SOUND,
  CS_NOTE_IMAGE,
  CS_N_NOTES
} CsNote;

/* Every one of them on its own, for the row that it is about; cs_job_chain_list_notes() has them all in one list. */
char          *cs_quote_make_note (const CsQuote *self, const CsBrief *brief, CsNote note); /* (nullable): as it was asked */
const CsModel *cs_quote_find_cure (const CsQuote *self, CsStudio *studio, const CsBrief *brief); /* (nullable) who makes it right */
char          *cs_quote_make_cure (const CsQuote *self, CsStudio *studio, const CsBrief *brief, const CsModel *cure, CsNote note);

G_END_DECLS
