/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio-cli: the studio from a shell. */
#include "config.h"
#include "cli/cs-cli.h"

#include "creative-studio.h"

int
main (int argc, char **argv)
{
  cs_engine_set_up_process ();
  return cs_cli_main (argv);
}
