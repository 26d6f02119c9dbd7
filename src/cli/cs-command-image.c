/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli image */
#include "config.h"
#include "cli/cs-command.h"

#include "cli/cs-brief-options.h"
#include "cli/cs-make.h"

static const CsOption *const options[] = { cs_picture_options, cs_image_options, cs_maker_options, NULL };

static gboolean
run (CsCli *cli, CsArguments *arguments, GError **error)
{
  return cs_make_from_arguments (cli, arguments, CS_KIND_IMAGE, error);
}

const CsCommand cs_command_image = {
  .name = "image",
  .words = N_ ("PROMPT"),
  .summary = N_ ("Make a picture out of an idea, or up to four"),
  .details = N_ ("PROMPT is one argument: put it between quotes; “-” reads it from the standard input."),
  .options = options,
  .min_words = 1,
  .max_words = 1,
  .missing = N_ ("Say what to show, between quotes."),
  .run = run,
};
