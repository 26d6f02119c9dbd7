/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-inhibitor.h"
#include "ui/cs-notifier.h"
#include "ui/cs-window.h"

G_BEGIN_DECLS

/* What the files of the program share: cs-application.c is asked, cs-application-studio.c opens and closes. */
struct _CsApplication
{
  AdwApplication parent_instance;

  CsStudio *studio;          /* (nullable) until the engine is open */
  CsNotifier *notifier;      /* (nullable) as long as the studio */
  CsInhibitor *inhibitor;    /* (nullable) as long as the studio */
  GError *trouble;           /* (nullable) why it could not be opened */
  GCancellable *cancellable; /* (nullable) while it is being opened */
  GPtrArray *files;          /* (element-type GFile) to be shown when it is open */
  GQueue wishes;             /* of Wish, for when it is open */
  guint slow;                /* timeout while it is being opened */
  guint look;                /* idle source */
  guint signals[2];          /* of the system: end, hang up */
  guint is_opening : 1;
  guint is_closing : 1;
  guint is_quitting : 1;     /* whatever is under way: it goes on later */
};

CsWindow *_cs_application_add_window  (CsApplication *self);
CsWindow *_cs_application_take_window (CsApplication *self); /* (transfer none): the one that was used last, or a new one */
void      _cs_application_open_studio (CsApplication *self);
void      _cs_application_quit        (CsApplication *self);
void      _cs_application_look_soon   (CsApplication *self); /* whether the program is over */
void      _cs_application_grant       (CsApplication *self); /* what was wished for before the studio was open */

G_END_DECLS
