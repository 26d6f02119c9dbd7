/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-support.h"

#include "ui/composer/cs-composer.h"
#include "ui/pages/cs-create-page.h"

G_BEGIN_DECLS

/* A create page in a window, as the tests of the composer drive it. */

static inline CsCreatePage *
page_show (UiFixture *fixture, CsKind kind, int width, int height)
{
  CsCreatePage *page = g_object_new (CS_TYPE_CREATE_PAGE, "kind", kind, NULL);

  cs_create_page_set_studio (page, fixture->studio);
  ui_show (fixture, GTK_WIDGET (page), width, height);
  return page;
}

static inline CsComposer *
page_composer (CsCreatePage *page)
{
  return CS_COMPOSER (ui_find (GTK_WIDGET (page), CS_TYPE_COMPOSER, NULL));
}

/* By the id of the template: in the composer, or else on the stage. */
static inline GtkWidget *
page_find (CsCreatePage *page, GType type, const char *name)
{
  GtkWidget *widget = ui_find (GTK_WIDGET (page_composer (page)), type, name);

  if (widget == NULL)
    widget = ui_find (GTK_WIDGET (page), type, name);

  if (widget == NULL)
    g_error ("There is no %s “%s”", g_type_name (type), name);
  return widget;
}

static inline gboolean
page_has_label_cb (gpointer user_data)
{
  const gpointer *wanted = user_data;
  GtkWidget *label = ui_find (wanted[0], GTK_TYPE_LABEL, wanted[1]);

  return label != NULL && gtk_widget_get_mapped (label);
}

/* Until a label that is seen says just this. */
static inline void
page_wait_label (CsCreatePage *page, const char *words)
{
  gconstpointer wanted[] = { page, words };

  g_test_message ("Waiting for “%s”", words);
  ui_wait (page_has_label_cb, wanted);
}

static inline void
page_choose_model (CsCreatePage *page, const char *model)
{
  g_autoptr (CsBrief) brief = cs_composer_dup_brief (page_composer (page));

  g_free (brief->model);
  brief->model = g_strdup (model);
  cs_composer_set_brief (page_composer (page), brief);
}

G_END_DECLS
