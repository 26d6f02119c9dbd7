/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-support.h"

G_BEGIN_DECLS

/*
 * Looks at everything that is seen in a window, and fails on what somebody could not use: a control without a name, a
 * picture that says something and has no words, a thing of ours that takes the keyboard and does not say what it is, words
 * that are cut, and, in a language that is written from right to left, what is not mirrored.
 */
void ui_walk_check (GtkWidget *window, const char *what); /* what: for the message, as "page: gallery" */

G_END_DECLS
