/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The studio without a face: opens the database, builds the services and owns their shutdown. The only object that a
 * front end makes. Main thread.
 */
#include "config.h"
#include "cs-engine.h"

#include "core/cs-error.h"
#include "core/cs-task.h"

#include <glib/gi18n-lib.h>
#include <gst/gst.h>
#include <locale.h>

struct _CsEngine
{
  GObject parent_instance;

  CsPaths *paths;
  CsStore *store;
  CsLibrary *library;
  CsProviderRegistry *registry;
  CsScreenwriter *screenwriter;
  CsPriceList *prices;
  CsJobQueue *queue;
};

G_DEFINE_FINAL_TYPE (CsEngine, cs_engine, G_TYPE_OBJECT)

static void
cs_engine_finalize (GObject *object)
{
  CsEngine *self = CS_ENGINE (object);

  g_clear_object (&self->queue);
  g_clear_object (&self->library);
  g_clear_object (&self->screenwriter);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->prices, cs_price_list_unref);
  g_clear_object (&self->store);
  g_clear_pointer (&self->paths, cs_paths_unref);

  G_OBJECT_CLASS (cs_engine_parent_class)->finalize (object);
}

static void
cs_engine_class_init (CsEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_engine_finalize;
}

static void
cs_engine_init_instance (CsEngine *self)
{
}

static void
cs_engine_init_words (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("CREATIVE_STUDIO_LOCALEDIR") != NULL ? g_getenv ("CREATIVE_STUDIO_LOCALEDIR") : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
