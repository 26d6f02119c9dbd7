/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cs-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Where the idea is written, with what helps to begin: an idea by chance, paste, and the prompts of before. Signals:
 * "changed"; "image-pasted" (GdkTexture *): the clipboard had a picture and no words; "files-pasted" (gpointer GSList *of GFile).
 */
#define CS_TYPE_PROMPT_VIEW (cs_prompt_view_get_type ())
G_DECLARE_FINAL_TYPE (CsPromptView, cs_prompt_view, CS, PROMPT_VIEW, AdwBin)

void  cs_prompt_view_set_studio      (CsPromptView *self, CsStudio *studio, CsKind kind);
void  cs_prompt_view_set_placeholder (CsPromptView *self, const char *words);
void  cs_prompt_view_set_text        (CsPromptView *self, const char *text); /* can be undone */
char *cs_prompt_view_dup_text        (CsPromptView *self);
guint cs_prompt_view_get_length      (CsPromptView *self); /* characters */
void  cs_prompt_view_focus           (CsPromptView *self);
void  cs_prompt_view_set_short       (CsPromptView *self, gboolean is_short);

G_END_DECLS
