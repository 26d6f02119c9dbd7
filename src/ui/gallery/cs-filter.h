/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What of the library the gallery shows. Every choice is a property, and so an action for menus and buttons: kind (empty: all),
 * favourites, time (any, today, week, month, year), provider, style (empty: any), collection (its id as text; empty: any),
 * sort (newest, oldest, price, longest), trashed; and words. Signal "changed": once for every change.
 */
#define CS_TYPE_FILTER (cs_filter_get_type ())
G_DECLARE_FINAL_TYPE (CsFilter, cs_filter, CS, FILTER, GObject)

CsFilter     *cs_filter_new           (void);
GSimpleActionGroup *cs_filter_make_actions (CsFilter *self); /* (transfer full) */
void          cs_filter_get_query     (CsFilter *self, CsLibraryQuery *query); /* its texts live until the next change */
void          cs_filter_clear         (CsFilter *self); /* shows everything again; the order stays */
gboolean      cs_filter_is_clear      (CsFilter *self);
const char   *cs_filter_get_words     (CsFilter *self);
gboolean      cs_filter_is_trashed    (CsFilter *self);

G_END_DECLS
