/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cs-arguments.h"
#include "cli/cs-cli.h"

G_BEGIN_DECLS

#define CS_ANY_WORDS G_MAXUINT

/* One command, or one of its sub-commands; static. */
typedef struct _CsCommand CsCommand;
struct _CsCommand
{
  const char *name;
  const char *words;               /* (nullable) N_() what its words are called in the help */
  const char *summary;             /* N_() one line */
  const char *details;             /* (nullable) N_() more for its help */
  const CsOption *const *options;  /* (nullable) tables, NULL-terminated */
  guint min_words, max_words;
  const char *missing;             /* (nullable) N_() the sentence when there are too few words */
  gboolean (*run) (CsCli *cli, CsArguments *arguments, GError **error); /* (nullable) when there are only sub-commands */
  const CsCommand *const *commands; /* (nullable) sub-commands, NULL-terminated */
};

extern const CsCommand cs_command_video;
extern const CsCommand cs_command_image;
extern const CsCommand cs_command_deck;
extern const CsCommand cs_command_write;
extern const CsCommand cs_command_demo;
extern const CsCommand cs_command_jobs;
extern const CsCommand cs_command_library;
extern const CsCommand cs_command_pricing;
extern const CsCommand cs_command_usage;
extern const CsCommand cs_command_budget;
extern const CsCommand cs_command_wallet;
extern const CsCommand cs_command_keys;
extern const CsCommand cs_command_serve;

gboolean cs_command_run_line (CsCli *cli, const char *const *argv, GError **error);

G_END_DECLS
