/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where Ollama is, in all the ways that OLLAMA_HOST is written. */
#include "config.h"
#include "providers/ollama/cs-ollama-host.h"

#include "core/cs-error.h"
#include "net/cs-address.h"

static void
test_addresses (void)
{
  static const struct
  {
    const char *text;
    const char *base;
  } cases[] = {
    { NULL, "http://127.0.0.1:11434" },
    { "", "http://127.0.0.1:11434" },
    { "  ", "http://127.0.0.1:11434" },
    { "0.0.0.0", "http://127.0.0.1:11434" },
    { "0.0.0.0:11434", "http://127.0.0.1:11434" },
    { "http://0.0.0.0:8000", "http://127.0.0.1:8000" },
    { ":8000", "http://127.0.0.1:8000" },
    { "::", "http://[::1]:11434" },
    { "[::]", "http://[::1]:11434" },
    { "[::]:8000", "http://[::1]:8000" },
    { "0:0:0:0:0:0:0:0", "http://[::1]:11434" },
    { "::1", "http://[::1]:11434" },
    { "[::1]", "http://[::1]:11434" },
    { "[::1]:1234", "http://[::1]:1234" },
    { "127.0.0.1", "http://127.0.0.1:11434" },
    { "localhost:1", "http://localhost:1" },
    { "box", "http://box:11434" },
    { "box:8000", "http://box:8000" },
    { "box:8000/", "http://box:8000" },
    { "  \"box:8000\"  ", "http://box:8000" },
    { "'box'", "http://box:11434" },
    { "http://box", "http://box:80" },
    { "HTTP://box", "http://box:80" },
    { "http://box/", "http://box:80" },
    { "https://box", "https://box:443" },
    { "https://box:8443/prefix/", "https://box:8443/prefix" },
    { "http://box/prefix", "http://box:80/prefix" },
    { "box/prefix", "http://box:11434/prefix" },
    { "ollama.com", "https://ollama.com:443" },
    { "192.168.1.20", "http://192.168.1.20:11434" },
    { "192.168.1.20:99999", "http://192.168.1.20:11434" },
    { "box:port", "http://box:11434" },
    { "box:0", "http://box:11434" },
    { "box:-1", "http://box:11434" },
    { "box:", "http://box:11434" },
    { "http://box:port", "http://box:80" },
    { "http://", "http://127.0.0.1:80" },
    { "https://box:70000", "https://box:443" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *base = cs_ollama_host_to_base (cases[i].text, &error);
      g_autofree char *wanted = cs_address_check_base (cases[i].base, CS_BASE_LAN, NULL);

      g_assert_no_error (error);
      g_assert_nonnull (wanted);
      g_assert_cmpstr (base, ==, wanted);
    }
}

/* Nonsense, and addresses that nobody's own Ollama has: what is asked would be readable on the way. */
static void
test_refused (void)
{
  static const char *const cases[] = {
    "ftp://box",        "file:///etc/passwd", "http://user:word@box", "user@box", "box?x=1",     "box#x",
    "bo x",             "box\nx",             "[::1",                 "1::2::3",  "8.8.8.8",     "http://8.8.8.8:11434",
    "example.com",      "http://example.com", "box,other",            "box;x",    "http://bo\\x/", "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *base = cs_ollama_host_to_base (cases[i], &error);

      if (base != NULL)
        g_test_message ("“%s” gave “%s”", cases[i], base);
      g_assert_null (base);
      g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ollama-host/addresses", test_addresses);
  g_test_add_func ("/ollama-host/refused", test_refused);
  return g_test_run ();
}
