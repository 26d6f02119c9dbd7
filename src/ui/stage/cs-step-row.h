/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* How far one step of the making is. */
typedef enum
{
  CS_STEP_WAITING,
  CS_STEP_RUNNING,
  CS_STEP_DONE,
  CS_STEP_FAILED,
} CsStepState;

/* One step of the making: what, by whom, how long, how far. */
#define CS_TYPE_STEP_ROW (cs_step_row_get_type ())
G_DECLARE_FINAL_TYPE (CsStepRow, cs_step_row, CS, STEP_ROW, GtkListBoxRow)

GtkWidget *cs_step_row_new          (void);
void       cs_step_row_set_words    (CsStepRow *self, const char *title, const char *subtitle);
void       cs_step_row_set_state    (CsStepRow *self, CsStepState state);
void       cs_step_row_set_name     (CsStepRow *self, const char *name);
void       cs_step_row_set_time     (CsStepRow *self, const char *time);
void       cs_step_row_set_progress (CsStepRow *self, double share); /* below 0: none is known */

G_END_DECLS
