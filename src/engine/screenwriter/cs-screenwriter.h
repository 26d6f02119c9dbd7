/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "screenwriter/cs-brief.h"
#include "screenwriter/cs-screenplay.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CS_TYPE_SCREENWRITER (cs_screenwriter_get_type ())
G_DECLARE_FINAL_TYPE (CsScreenwriter, cs_screenwriter, CS, SCREENWRITER, GObject)

CsScreenwriter *cs_screenwriter_new          (void);
void            cs_screenwriter_write_async  (CsScreenwriter *self, const CsBrief *brief, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
CsScreenplay   *cs_screenwriter_write_finish (CsScreenwriter *self, GAsyncResult *result, GError **error);

G_END_DECLS
