/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that were made together. All of them are seen at once, as large as there is room for. Main thread. */
#include "config.h"
#include "ui/stage/cs-picture-set.h"

#include "ui/gallery/cs-creation-content.h"
#include "ui/widgets/cs-creation-words.h"
#include "ui/widgets/cs-thumbnail.h"

#define LEAST_HEIGHT 120

struct _CsPictureSet
{
  AdwBin parent_instance;

  GtkFlowBox *box; /* of the child */

  /* Owned */
  CsStudio *studio; /* (nullable) */
  GPtrArray *items; /* (nullable) (element-type GObject) */
};

enum
{
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CsPictureSet, cs_picture_set, ADW_TYPE_BIN)

static void
selection_cb (CsPictureSet *self)
{
  if (self->items != NULL)
    g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
activated_cb (CsPictureSet *self, GtkFlowBoxChild *child)
{
  gpointer item = g_ptr_array_index (self->items, gtk_flow_box_child_get_index (child));

  if (CS_IS_CREATION (item))
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, item);
}

/* A copy of it, wherever it is dropped. */
static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, CsPictureSet *self)
{
  CsCreation *creation = g_object_get_data (G_OBJECT (source), "creation");

  return cs_creation_content_new (self->studio, creation);
}

static void
add_drag (CsPictureSet *self, GtkWidget *widget, CsCreation *creation)
{
  GtkDragSource *source = gtk_drag_source_new ();

  g_object_set_data_full (G_OBJECT (source), "creation", g_object_ref (creation), g_object_unref);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));
}

static GtkWidget *
make_tick (void)
{
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_widget_add_css_class (tick, "set-tick");
  gtk_widget_set_halign (tick, GTK_ALIGN_END);
  gtk_widget_set_valign (tick, GTK_ALIGN_START);
  return tick;
}

/* In a frame of its own shape, so that the ring is around the picture, and nothing of it is cut. */
static GtkWidget *
make_picture (CsPictureSet *self, CsCreation *creation)
{
  const CsCreationFacts *facts = cs_creation_get_facts (creation);
  g_autofree char *path = cs_library_dup_file_path (cs_engine_get_library (cs_studio_get_engine (self->studio)), creation);
  float ratio = facts->width > 0 && facts->height > 0 ? (float) facts->width / (float) facts->height : 1;
  GtkWidget *frame = gtk_aspect_frame_new (0.5f, 0.5f, ratio, FALSE);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *thumbnail = cs_thumbnail_new ();

  cs_thumbnail_set_path (CS_THUMBNAIL (thumbnail), path);
  gtk_widget_add_css_class (thumbnail, "large");
  gtk_widget_set_hexpand (thumbnail, TRUE);
  gtk_widget_set_vexpand (thumbnail, TRUE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), thumbnail);
  if (self->items->len > 1)
    gtk_overlay_add_overlay (GTK_OVERLAY (overlay), make_tick ());
  gtk_aspect_frame_set_child (GTK_ASPECT_FRAME (frame), overlay);
  add_drag (self, overlay, creation);
  return frame;
}

static GtkWidget *
make_reason (CsJob *job)
{
  const CsJobFacts *facts = cs_job_get_facts (job);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (facts->error_message != NULL ? facts->error_message : _ ("It failed."));

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 32);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), 4);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  return box;
}

static void
add_item (CsPictureSet *self, gpointer item)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  g_autofree char *words = CS_IS_CREATION (item) ? cs_creation_make_description (cs_creation_get_facts (item)) : NULL;

  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), words != NULL ? make_picture (self, item) : make_reason (item));
  if (words == NULL)
    gtk_widget_add_css_class (child, "failed-cell");
  gtk_widget_set_size_request (child, -1, LEAST_HEIGHT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : _ ("A picture that was not made"), -1);
  gtk_flow_box_append (self->box, child);
}

static void
clear (CsPictureSet *self)
{
  GtkFlowBoxChild *child;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  while ((child = gtk_flow_box_get_child_at_index (self->box, 0)) != NULL)
    gtk_flow_box_remove (self->box, GTK_WIDGET (child));
}

static gboolean
cs_picture_set_grab_focus (GtkWidget *widget)
{
  g_autoptr (GPtrArray) chosen = cs_picture_set_list_chosen (CS_PICTURE_SET (widget));
  int place = chosen->len > 0 ? (int) GPOINTER_TO_UINT (chosen->pdata[0]) : 0;
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (CS_PICTURE_SET (widget)->box, place);

  return child != NULL && gtk_widget_grab_focus (GTK_WIDGET (child));
}

static void
cs_picture_set_dispose (GObject *object)
{
  CsPictureSet *self = CS_PICTURE_SET (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (cs_picture_set_parent_class)->dispose (object);
}

static void
cs_picture_set_class_init (CsPictureSetClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cs_picture_set_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = cs_picture_set_grab_focus;
  signals[SIGNAL_SELECTION_CHANGED]
      = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CS_TYPE_CREATION);
}

static void
cs_picture_set_init (CsPictureSet *self)
{
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_homogeneous (self->box, TRUE);
  gtk_flow_box_set_activate_on_single_click (self->box, FALSE);
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_MULTIPLE);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "picture-set");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pictures"), -1);
  g_signal_connect_object (self->box, "selected-children-changed", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->box, "child-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/** cs_picture_set_show: @items: (element-type GObject): each a CsCreation, or the CsJob that should have made one. */
void
cs_picture_set_show (CsPictureSet *self, CsStudio *studio, GPtrArray *items)
{
  guint columns = items->len > 1 ? 2 : 1;

  g_set_object (&self->studio, studio);
  clear (self);
  gtk_flow_box_set_min_children_per_line (self->box, columns);
  gtk_flow_box_set_max_children_per_line (self->box, columns);
  self->items = g_ptr_array_ref (items);
  for (guint i = 0; i < items->len; i++)
    add_item (self, items->pdata[i]);
}

/** cs_picture_set_list_chosen: Returns: (transfer full) (element-type guint): the places of those that are chosen, in order. */
GPtrArray *
cs_picture_set_list_chosen (CsPictureSet *self)
{
  GPtrArray *chosen = g_ptr_array_new ();
  GtkFlowBoxChild *child;

  for (int i = 0; (child = gtk_flow_box_get_child_at_index (self->box, i)) != NULL; i++)
    if (gtk_flow_box_child_is_selected (child))
      g_ptr_array_add (chosen, GUINT_TO_POINTER (i));
  return chosen;
}

void
cs_picture_set_choose (CsPictureSet *self, guint place)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->box, (int) place);

  gtk_flow_box_unselect_all (self->box);
  if (child != NULL)
    gtk_flow_box_select_child (self->box, child);
}
