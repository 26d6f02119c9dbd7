#include "config.h"
#include "creative-studio.h"
#include "server/cs-api-server-private.h"
static CsEngine *engine; static CsApiServer *server; static GMainLoop *loop;
static void opened (GObject *s, GAsyncResult *r, gpointer u) {
  g_autoptr (GError) e = NULL; CsApiOptions o = { 0 };
  engine = cs_engine_open_finish (r, &e); if (e) g_error ("%s", e->message);
  o.port = atoi (g_getenv ("PORT")); o.token = g_getenv ("TOKEN"); o.allow_origin = g_getenv ("ORIGIN"); o.address = g_getenv ("ADDR");
  server = cs_api_server_new (engine, &o);
  if (!cs_api_server_start (server, &e)) g_error ("%s", e->message);
  g_print ("%s\n", cs_api_server_get_address (server));
}
int main (int argc, char **argv) {
  g_autoptr (GError) e = NULL;
  cs_engine_set_up_process ();
  CsPaths *p = cs_paths_new (&e);
  cs_engine_open_async (p, NULL, NULL, opened, NULL);
  loop = g_main_loop_new (NULL, FALSE); g_main_loop_run (loop);
}
