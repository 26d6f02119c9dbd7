/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "creative-studio.h"

G_BEGIN_DECLS

/* One option that a command knows; static tables of them end with a row without a name. */
typedef struct
{
  const char *name;  /* without its dashes */
  char letter;       /* its short form; 0: none */
  const char *value; /* (nullable) N_() what its value is called; NULL: it takes none */
  const char *help;  /* N_() one line */
} CsOption;

/* What was said behind the command: options by name, and words. */
typedef struct _CsArguments CsArguments;

CsArguments       *cs_arguments_parse       (const CsOption *const *tables, const char *const *argv, GError **error);
void               cs_arguments_free        (CsArguments *self);
gboolean           cs_arguments_has         (CsArguments *self, const char *name);
const char        *cs_arguments_get         (CsArguments *self, const char *name);
gboolean           cs_arguments_get_int     (CsArguments *self, const char *name, gint64 minimum, gint64 maximum, gint64 *value,
                                             GError **error);
gboolean           cs_arguments_get_money   (CsArguments *self, const char *name, CsMoney *value, GError **error);
gboolean           cs_arguments_refuse      (CsArguments *self, const char *name, const char *choices, GError **error);
guint              cs_arguments_get_n_words (CsArguments *self);
const char        *cs_arguments_get_word    (CsArguments *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsArguments, cs_arguments_free)

G_END_DECLS
