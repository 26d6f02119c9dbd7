/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-walk.h"

/* What is found is said together, at the end. */
typedef struct
{
  GtkWidget *window;
  GString *faults;
  gboolean is_mirrored;
} Walk;

/* Time runs from left to right in every language, and what is drawn of it. */
static const char *const left_to_right[] = { "CsPlayerControls", "CsFilmstrip", "CsBarChart", "CsFormatPicker", "CsSlideCard", "CsSlideStrip", NULL };

static void G_GNUC_PRINTF (3, 4)
add_fault (Walk *walk, GtkWidget *widget, const char *format, ...)
{
  va_list arguments;
  g_autofree char *words = NULL;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_string_append_printf (walk->faults, "  %s", G_OBJECT_TYPE_NAME (widget));
  for (GtkWidget *at = gtk_widget_get_parent (widget); at != NULL && at != walk->window; at = gtk_widget_get_parent (at))
    if (g_str_has_prefix (G_OBJECT_TYPE_NAME (at), "Cs"))
      g_string_append_printf (walk->faults, " in %s", G_OBJECT_TYPE_NAME (at));
  g_string_append_printf (walk->faults, ": %s\n", words);
}

static gboolean
is_ours (GtkWidget *widget)
{
  return g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Cs");
}

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Roles */

static void
check_role (Walk *walk, GtkWidget *widget)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  if (is_ours (widget) && gtk_widget_get_focusable (widget)
      && (role == GTK_ACCESSIBLE_ROLE_WIDGET || role == GTK_ACCESSIBLE_ROLE_GENERIC || role == GTK_ACCESSIBLE_ROLE_NONE
          || role == GTK_ACCESSIBLE_ROLE_PRESENTATION))
    add_fault (walk, widget, "takes the keyboard and does not say what it is");
}

static gboolean
is_of_role (GtkWidget *widget, GtkAccessibleRole role)
{
  return gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == role;
}

/* Inside a control the control's own name says it; and what only decorates says so. */
static void
check_picture (Walk *walk, GtkWidget *widget)
{
  if (!is_of_role (widget, GTK_ACCESSIBLE_ROLE_IMG) || !(GTK_IS_PICTURE (widget) || is_ours (widget)))
    return;
  for (GtkWidget *at = gtk_widget_get_parent (widget); at != NULL; at = gtk_widget_get_parent (at))
    if (GTK_IS_BUTTON (at) || is_of_role (at, GTK_ACCESSIBLE_ROLE_PRESENTATION)
        || g_str_equal (G_OBJECT_TYPE_NAME (at), "GtkListItemWidget"))
      return;
  if (!has_name (widget))
    add_fault (walk, widget, "a picture without words");
}

/* Places */

static gboolean
scrolls_sideways (GtkWidget *widget)
{
  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    {
      GtkPolicyType horizontal = GTK_POLICY_NEVER;

      if (GTK_IS_SCROLLED_WINDOW (at))
        gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (at), &horizontal, NULL);
      if (horizontal != GTK_POLICY_NEVER)
        return TRUE;
    }
  return FALSE;
}

static void
check_words (Walk *walk, GtkWidget *widget)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_native (widget));
  graphene_rect_t bounds;
  int width, height;

  if (!GTK_IS_LABEL (widget) || gtk_label_get_text (GTK_LABEL (widget))[0] == '\0'
      || gtk_label_get_ellipsize (GTK_LABEL (widget)) != PANGO_ELLIPSIZE_NONE)
    return;
  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (widget)), &width, &height);
  if (gtk_widget_get_width (widget) < width || gtk_widget_get_height (widget) < height)
    add_fault (walk, widget, "“%s” needs %d × %d and has %d × %d", gtk_label_get_text (GTK_LABEL (widget)), width, height,
               gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  if (scrolls_sideways (widget) || !gtk_widget_compute_bounds (widget, root, &bounds))
    return;
  if (bounds.origin.x < -1 || bounds.origin.x + bounds.size.width > gtk_widget_get_width (root) + 1)
    add_fault (walk, widget, "“%s” is cut at the side", gtk_label_get_text (GTK_LABEL (widget)));
}

static gboolean
is_left_to_right (GtkWidget *widget)
{
  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    if (g_strv_contains (left_to_right, G_OBJECT_TYPE_NAME (at)))
      return TRUE;
  return FALSE;
}

static void
check_direction (Walk *walk, GtkWidget *widget)
{
  if (walk->is_mirrored && gtk_widget_get_direction (widget) != GTK_TEXT_DIR_RTL && !is_left_to_right (widget))
    add_fault (walk, widget, "is not mirrored");
}

static void
check (Walk *walk, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  check_role (walk, widget);
  check_picture (walk, widget);
  check_words (walk, widget);
  check_direction (walk, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check (walk, child);
}

void
ui_walk_check (GtkWidget *window, const char *what)
{
  g_autoptr (GString) faults = g_string_new (NULL);
  Walk walk = { window, faults, gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL };

  ui_check_names (window);
  check (&walk, window);
  if (faults->len > 0)
    g_error ("%s:\n%s", what, faults->str);
}
