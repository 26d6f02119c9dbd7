/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-window.h"

G_BEGIN_DECLS

/*
 * Opens what somebody gave the program: addresses of creations, files of the library, pictures, Markdown. One after the other;
 * what cannot be opened is said by @window, which has its studio. @files: (element-type GFile).
 */
void cs_opener_open (CsWindow *window, GPtrArray *files);

G_END_DECLS
