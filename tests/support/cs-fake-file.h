/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/cs-request.h"

G_BEGIN_DECLS

/* What the fake provider has to give: real files, small and always the same for the same request. */
void  cs_fake_file_write         (CsRequest *request, const char *path);
void  cs_fake_file_write_picture (CsRequest *request, const char *path);
void  cs_fake_file_write_damaged (const char *path);

/* (transfer full) (nullable): the remote id of the one accepted submission of @what; NULL for none or several. */
char *cs_fake_journal_find       (const char *path, const char *provider, const char *what);

G_END_DECLS
