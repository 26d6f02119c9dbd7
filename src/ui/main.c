/* SPDX-License-Identifier: GPL-3.0-or-later */
/* creative-studio: the studio in a window. */
#include "config.h"
#include "ui/cs-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (CsApplication) application = NULL;

  cs_engine_set_up_process ();
  application = cs_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
