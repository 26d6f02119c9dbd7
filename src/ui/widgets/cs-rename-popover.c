/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry for another name. Main thread. */
#include "config.h"
#include "ui/widgets/cs-rename-popover.h"

struct _CsRenamePopover
{
  GtkPopover parent_instance;

  /* Template widgets */
  GtkEntry *entry;
  GtkWidget *button;
};

enum
{
  SIGNAL_RENAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsRenamePopover, cs_rename_popover, GTK_TYPE_POPOVER)

static char *
dup_name (CsRenamePopover *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static void
changed_cb (CsRenamePopover *self)
{
  g_autofree char *name = dup_name (self);

  gtk_widget_set_sensitive (self->button, name[0] != '\0');
}

static void
rename_cb (CsRenamePopover *self)
{
  g_autofree char *name = dup_name (self);

  if (name[0] == '\0')
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_RENAMED], 0, name);
}

static void
cs_rename_popover_class_init (CsRenamePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_RENAMED] = g_signal_new ("renamed", CS_TYPE_RENAME_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/dz/iafactory/CreativeStudio/ui/cs-rename-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CsRenamePopover, entry);
  gtk_widget_class_bind_template_child (widget_class, CsRenamePopover, button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rename_cb);
}

static void
cs_rename_popover_init (CsRenamePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** cs_rename_popover_ask: @name: as it is called now. Opens; the signal tells the new name, unless it is closed before. */
void
cs_rename_popover_ask (CsRenamePopover *self, const char *name)
{
  g_return_if_fail (CS_IS_RENAME_POPOVER (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
