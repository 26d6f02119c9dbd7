/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One step of the making. Main thread. */
#include "config.h"
#include "ui/stage/cs-step-row.h"

#include "creative-studio.h"

struct _CsStepRow
{
  GtkListBoxRow parent_instance;

  /* Template widgets */
  GtkStack *sign;
  GtkSpinner *spinner;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *time;
  GtkProgressBar *bar;

  int state; /* CsStepState; -1: none yet */
};

G_DEFINE_FINAL_TYPE (CsStepRow, cs_step_row, GTK_TYPE_LIST_BOX_ROW)

static void
cs_step_row_class_init (CsStepRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-step-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CsStepRow, sign);
  gtk_widget_class_bind_template_child (widget_class, CsStepRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, CsStepRow, title);
  gtk_widget_class_bind_template_child (widget_class, CsStepRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CsStepRow, time);
  gtk_widget_class_bind_template_child (widget_class, CsStepRow, bar);
}

static void
cs_step_row_init (CsStepRow *self)
{
  self->state = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cs_step_row_new (void)
{
  return g_object_new (CS_TYPE_STEP_ROW, NULL);
}

/** cs_step_row_set_words: @subtitle: (nullable): who does it, and what he says. */
void
cs_step_row_set_words (CsStepRow *self, const char *title, const char *subtitle)
{
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle != NULL && *subtitle != '\0');
}

static const char *
describe_state (CsStepState state)
{
  switch (state)
    {
    case CS_STEP_RUNNING:
      return _ ("under way");
    case CS_STEP_DONE:
      return _ ("done");
    case CS_STEP_FAILED:
      return _ ("failed");
    case CS_STEP_WAITING:
    default:
      return _ ("to come");
    }
}

void
cs_step_row_set_state (CsStepRow *self, CsStepState state)
{
  static const char *const signs[] = { "waiting", "running", "done", "failed" };

  gtk_stack_set_visible_child_name (self->sign, signs[state]);
  gtk_spinner_set_spinning (self->spinner, state == CS_STEP_RUNNING);
  if (state == CS_STEP_RUNNING)
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "heading");
  if (state == CS_STEP_WAITING)
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "dim-label");
  gtk_widget_set_css_classes (GTK_WIDGET (self->subtitle),
                              (const char *[]){ "caption", state == CS_STEP_FAILED ? "error" : "dim-label", NULL });
  if (self->state == (int) state)
    return;
  self->state = (int) state;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (self->title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, describe_state (state), -1);
}

/** cs_step_row_set_name: @name: what is read aloud for it: it says more than the title, and less often another thing. */
void
cs_step_row_set_name (CsStepRow *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
cs_step_row_set_time (CsStepRow *self, const char *time)
{
  gtk_label_set_text (self->time, time);
}

/** cs_step_row_set_progress: @share: 0 to 1; below 0: none is known, and no bar is shown. */
void
cs_step_row_set_progress (CsStepRow *self, double share)
{
  gtk_widget_set_visible (GTK_WIDGET (self->bar), share >= 0);
  if (share >= 0)
    gtk_progress_bar_set_fraction (self->bar, MIN (share, 1));
}
