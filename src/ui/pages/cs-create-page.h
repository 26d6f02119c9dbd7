/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The page of videos, or of pictures: the composer, and the stage beside it. Properties: kind; can-go-back, read only: the stage
 * alone is seen, with the composer behind it. */
#define CS_TYPE_CREATE_PAGE (cs_create_page_get_type ())
G_DECLARE_FINAL_TYPE (CsCreatePage, cs_create_page, CS, CREATE_PAGE, AdwBin)

void cs_create_page_set_studio    (CsCreatePage *self, CsStudio *studio);
void cs_create_page_set_brief     (CsCreatePage *self, const CsBrief *brief);
void cs_create_page_set_image     (CsCreatePage *self, const char *path);
void cs_create_page_show_jobs     (CsCreatePage *self, GPtrArray *jobs);
void cs_create_page_show_creation (CsCreatePage *self, CsCreation *creation);
void cs_create_page_clear         (CsCreatePage *self);
void cs_create_page_focus_prompt  (CsCreatePage *self);
void cs_create_page_generate      (CsCreatePage *self);
void cs_create_page_make          (CsCreatePage *self, const CsBrief *brief, guint count); /* at the price in it */
gboolean cs_create_page_get_can_go_back (CsCreatePage *self); /* narrow, the stage is seen */
void cs_create_page_go_back       (CsCreatePage *self);

G_END_DECLS
