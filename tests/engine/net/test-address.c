/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "core/cs-error.h"
#include "net/cs-address.h"

#include <string.h>

/* What somebody writes, and what becomes of it: NULL where it is refused. */
typedef struct
{
  const char *text;
  const char *safe;
  const char *lan;
} Base;

static const Base bases[] = {
  { "https://api.piapi.ai", "https://api.piapi.ai", "https://api.piapi.ai" },
  { "https://api.piapi.ai/", "https://api.piapi.ai", "https://api.piapi.ai" },
  { "  https://API.PiAPI.ai//\n", "https://api.piapi.ai", "https://api.piapi.ai" },
  { "https://example.com:8443/a/b/", "https://example.com:8443/a/b", "https://example.com:8443/a/b" },
  { "HTTPS://example.com/A", "https://example.com/A", "https://example.com/A" },
  { "https://10.0.0.1", "https://10.0.0.1", "https://10.0.0.1" },
  { "https://[2606:4700::1]:1/x", "https://[2606:4700::1]:1/x", "https://[2606:4700::1]:1/x" },
  { "http://127.0.0.1:11434", "http://127.0.0.1:11434", "http://127.0.0.1:11434" },
  { "http://127.8.9.10:1/", "http://127.8.9.10:1", "http://127.8.9.10:1" },
  { "http://localhost:11434/", "http://localhost:11434", "http://localhost:11434" },
  { "http://LOCALHOST.:1", "http://localhost:1", "http://localhost:1" },
  { "http://ollama.localhost:1", "http://ollama.localhost:1", "http://ollama.localhost:1" },
  { "http://[::1]:11434", "http://[::1]:11434", "http://[::1]:11434" },
  { "http://192.168.1.7:11434", NULL, "http://192.168.1.7:11434" },
  { "http://10.1.2.3", NULL, "http://10.1.2.3" },
  { "http://172.16.0.1", NULL, "http://172.16.0.1" },
  { "http://169.254.1.1", NULL, "http://169.254.1.1" },
  { "http://[fe80::1]", NULL, "http://[fe80::1]" },
  { "http://[fd00::1]:80", NULL, "http://[fd00::1]" },
  { "http://nas:11434", NULL, "http://nas:11434" },
  { "http://nas.local:11434", NULL, "http://nas.local:11434" },
  { "http://172.32.0.1", NULL, NULL },
  { "http://8.8.8.8", NULL, NULL },
  { "http://[2606:4700::1]", NULL, NULL },
  { "http://example.com", NULL, NULL },
  { "http://127.0.0.1.example.com", NULL, NULL },
  { "http://localhost.example.com", NULL, NULL },
  { "http://notlocalhost.com", NULL, NULL },
  { "http://127.1", NULL, NULL },
  { "http://2130706433", NULL, NULL },
  { "http://0x7f000001", NULL, NULL },
  { "https://2130706433", NULL, NULL },
  { "https://0177.0.0.1", NULL, NULL },
  { "https://me:secret@example.com", NULL, NULL },
  { "https://me@example.com", NULL, NULL },
  { "http://127.0.0.1@example.com", NULL, NULL },
  { "https://example.com@", NULL, NULL },
  { "https://example.com/?key=1", NULL, NULL },
  { "https://example.com?", NULL, NULL },
  { "https://example.com/#x", NULL, NULL },
  { "https://exam ple.com", NULL, NULL },
  { "https://example.com\\@127.0.0.1", NULL, NULL },
  { "https://example.com/a\nb", NULL, NULL },
  { "https://example.com%2f@127.0.0.1", NULL, NULL },
  { "https://127.0.0.1%00.example.com", NULL, NULL },
  { "https://example..com", NULL, NULL },
  { "https://.example.com", NULL, NULL },
  { "https://example.com:0", NULL, NULL },
  { "https://example.com:99999", NULL, NULL },
  { "https://example.com:x", NULL, NULL },
  { "https://", NULL, NULL },
  { "https:///path", NULL, NULL },
  { "https:example.com", NULL, NULL },
  { "example.com", NULL, NULL },
  { "127.0.0.1:11434", NULL, NULL },
  { "ftp://example.com", NULL, NULL },
  { "file:///etc/passwd", NULL, NULL },
  { "javascript:alert(1)", NULL, NULL },
  { "http+unix://localhost", NULL, NULL },
  { "", NULL, NULL },
  { NULL, NULL, NULL },
};

static void
assert_base (const char *text, CsBaseRule rule, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = cs_address_check_base (text, rule, &error);

  g_test_message ("base %s", text != NULL ? text : "(null)");
  g_assert_cmpstr (base, ==, expected);
  if (expected != NULL)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_error (error, CS_ERROR, CS_ERROR_INVALID_VALUE);
  g_assert_null (strstr (error->message, "secret"));
}

static void
test_base (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      assert_base (bases[i].text, CS_BASE_SAFE, bases[i].safe);
      assert_base (bases[i].text, CS_BASE_LAN, bases[i].lan);
    }
}

/* What was accepted is accepted again, unchanged. */
static void
test_base_is_stable (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    if (bases[i].lan != NULL)
      assert_base (bases[i].lan, CS_BASE_LAN, bases[i].lan);
}

/* An address of a result: whether it may be fetched, and whether that is so for a provider on this computer. */
typedef struct
{
  const char *address;
  gboolean is_allowed;
  gboolean is_allowed_at_home;
} Output;

static const Output outputs[] = {
  { "https://replicate.delivery/a/b.png?sig=1#x", TRUE, TRUE },
  { "https://example.com:8443/a", TRUE, TRUE },
  { "https://example.com./a", TRUE, TRUE },
  { "https://8.8.8.8/a", TRUE, TRUE },
  { "https://[2606:4700::1]/a", TRUE, TRUE },
  { "https://[::ffff:8.8.8.8]/a", TRUE, TRUE },
  { "http://127.0.0.1:1/a", FALSE, TRUE },
  { "https://127.0.0.1:1/a", FALSE, TRUE },
  { "http://localhost:1/a", FALSE, TRUE },
  { "https://localhost/a", FALSE, TRUE },
  { "http://[::1]:1/a", FALSE, TRUE },
  { "https://a.localhost/a", FALSE, TRUE },
  { "http://example.com/a", FALSE, FALSE },
  { "http://8.8.8.8/a", FALSE, FALSE },
  { "https://10.0.0.1/a", FALSE, FALSE },
  { "https://192.168.1.1/a", FALSE, FALSE },
  { "https://169.254.169.254/latest/meta-data", FALSE, FALSE },
  { "https://0.0.0.0/", FALSE, FALSE },
  { "https://[::]/", FALSE, FALSE },
  { "https://[fe80::1]/", FALSE, FALSE },
  { "https://[fe80::1%25eth0]/", FALSE, FALSE },
  { "https://[::ffff:127.0.0.1]/", FALSE, FALSE },
  { "https://[::ffff:10.0.0.1]/", FALSE, FALSE },
  { "https://[64:ff9b::a00:1]/", FALSE, FALSE },
  { "https://[2002:a00:1::]/", FALSE, FALSE },
  { "https://127.1/", FALSE, FALSE },
  { "https://0x7f.1/", FALSE, FALSE },
  { "https://2130706433/", FALSE, FALSE },
  { "https://0177.0.0.1/", FALSE, FALSE },
  { "https://router/", FALSE, FALSE },
  { "https://nas.local/", FALSE, FALSE },
  { "https://metadata.google.internal/", FALSE, FALSE },
  { "https://me@example.com/", FALSE, FALSE },
  { "https://me:pw@127.0.0.1/", FALSE, FALSE },
  { "https://example.com@127.0.0.1/", FALSE, FALSE },
  { "https://example.com\\.evil/", FALSE, FALSE },
  { "https://example.com /", FALSE, FALSE },
  { "file:///etc/passwd", FALSE, FALSE },
  { "file://localhost/etc/passwd", FALSE, FALSE },
  { "data:image/png;base64,AAAA", FALSE, FALSE },
  { "ftp://example.com/a", FALSE, FALSE },
  { "gopher://127.0.0.1/", FALSE, FALSE },
  { "//example.com/a", FALSE, FALSE },
  { "/a/b", FALSE, FALSE },
  { "https://", FALSE, FALSE },
  { "", FALSE, FALSE },
  { NULL, FALSE, FALSE },
};

static void
assert_output (const Output *output, gboolean at_home, gboolean expected)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("output %s", output->address != NULL ? output->address : "(null)");
  g_assert_cmpint (cs_address_check_output (output->address, at_home, &error), ==, expected);
  if (expected)
    g_assert_no_error (error);
  else
    g_assert_error (error, CS_ERROR, CS_ERROR_BAD_RESPONSE);
}

static void
test_output (void)
{
  g_autofree char *long_path = g_strnfill (9000, 'a');
  g_autofree char *too_long = g_strconcat ("https://example.com/", long_path, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      assert_output (&outputs[i], FALSE, outputs[i].is_allowed);
      assert_output (&outputs[i], TRUE, outputs[i].is_allowed_at_home);
    }
  g_assert_false (cs_address_check_output (too_long, TRUE, NULL));
}

static const struct
{
  const char *address;
  gboolean is_public;
} hosts[] = {
  { "1.1.1.1", TRUE },          { "8.8.8.8", TRUE },           { "9.255.255.255", TRUE },     { "11.0.0.0", TRUE },
  { "100.63.255.255", TRUE },   { "100.128.0.0", TRUE },       { "126.255.255.255", TRUE },   { "128.0.0.0", TRUE },
  { "169.253.255.255", TRUE },  { "169.255.0.0", TRUE },       { "172.15.255.255", TRUE },    { "172.32.0.0", TRUE },
  { "192.0.1.0", TRUE },        { "192.0.3.0", TRUE },         { "192.167.255.255", TRUE },   { "192.169.0.0", TRUE },
  { "198.17.255.255", TRUE },   { "198.20.0.0", TRUE },        { "198.51.99.255", TRUE },     { "198.51.101.0", TRUE },
  { "203.0.112.255", TRUE },    { "203.0.114.0", TRUE },       { "223.255.255.255", TRUE },   { "0.0.0.0", FALSE },
  { "0.255.255.255", FALSE },   { "10.0.0.0", FALSE },         { "10.255.255.255", FALSE },   { "100.64.0.0", FALSE },
  { "100.127.255.255", FALSE }, { "127.0.0.1", FALSE },        { "127.255.255.255", FALSE },  { "169.254.169.254", FALSE },
  { "172.16.0.0", FALSE },      { "172.31.255.255", FALSE },   { "192.0.0.1", FALSE },        { "192.0.2.1", FALSE },
  { "192.168.0.0", FALSE },     { "192.168.255.255", FALSE },  { "198.18.0.0", FALSE },       { "198.19.255.255", FALSE },
  { "198.51.100.1", FALSE },    { "203.0.113.1", FALSE },      { "224.0.0.1", FALSE },        { "239.255.255.255", FALSE },
  { "240.0.0.1", FALSE },       { "255.255.255.255", FALSE },  { "2606:4700::1111", TRUE },   { "2a00:1450::1", TRUE },
  { "2001:200::1", TRUE },      { "2001:db7:ffff::", TRUE },   { "2001:db9::", TRUE },        { "::ffff:8.8.8.8", TRUE },
  { "64:ff9b::808:808", TRUE }, { "2002:808:808::1", TRUE },   { "::", FALSE },               { "::1", FALSE },
  { "::8.8.8.8", FALSE },       { "::ffff:127.0.0.1", FALSE }, { "::ffff:192.168.1.1", FALSE }, { "64:ff9b::7f00:1", FALSE },
  { "64:ff9b:1::808:808", FALSE }, { "2002:7f00:1::1", FALSE }, { "2002:c0a8:101::", FALSE }, { "fc00::1", FALSE },
  { "fdff::1", FALSE },         { "fe80::1", FALSE },          { "febf::1", FALSE },          { "fec0::1", FALSE },
  { "ff02::1", FALSE },         { "2001:db8::1", FALSE },      { "2001::1", FALSE },          { "2001:10::1", FALSE },
  { "100::1", FALSE },          { "3fff::1", FALSE },          { "4000::1", FALSE },
};

static void
test_public (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (hosts[i].address);

      g_test_message ("host %s", hosts[i].address);
      g_assert_nonnull (address);
      g_assert_cmpint (cs_address_is_public (address), ==, hosts[i].is_public);
    }
}

static void
assert_join (const char *base, const char *path, const char *expected)
{
  g_autofree char *address = cs_address_join (base, path);

  g_assert_cmpstr (address, ==, expected);
}

static void
test_join (void)
{
  assert_join ("https://a.b", "v1/x", "https://a.b/v1/x");
  assert_join ("https://a.b", "/v1/x", "https://a.b/v1/x");
  assert_join ("https://a.b/p/", "/v1/x?y=1", "https://a.b/p/v1/x?y=1");
  assert_join ("https://a.b/p", "", "https://a.b/p/");
}

static void
assert_host (const char *address, const char *expected)
{
  g_autofree char *host = cs_address_dup_host (address);

  g_assert_cmpstr (host, ==, expected);
}

static void
test_host (void)
{
  assert_host ("https://User:pw@API.example.com:8/secret?key=1", "api.example.com");
  assert_host ("http://[::1]:1/", "::1");
  assert_host ("https://exämple.com/", "xn--exmple-cua.com");
  assert_host ("https://evil\u202e.com/", "?");
  assert_host ("nonsense", "?");
  assert_host ("", "?");
  assert_host (NULL, "?");
}

static void
test_loopback (void)
{
  g_assert_true (cs_address_is_loopback ("http://127.0.0.1:1/x"));
  g_assert_true (cs_address_is_loopback ("https://localhost"));
  g_assert_true (cs_address_is_loopback ("http://[::1]/"));
  g_assert_true (cs_address_is_loopback ("http://[0:0:0:0:0:0:0:1]/"));
  g_assert_false (cs_address_is_loopback ("http://127.0.0.1.example.com"));
  g_assert_false (cs_address_is_loopback ("http://localhost.example.com"));
  g_assert_false (cs_address_is_loopback ("http://128.0.0.1"));
  g_assert_false (cs_address_is_loopback ("http://[::2]/"));
  g_assert_false (cs_address_is_loopback ("localhost"));
  g_assert_false (cs_address_is_loopback (NULL));
}

static void
test_valid (void)
{
  g_assert_false (cs_address_is_valid ("http://example.com/a b"));
  g_assert_true (cs_address_is_valid ("http://example.com/a%20b?x#y"));
  g_assert_true (cs_address_is_valid ("https://[::1]:8/"));
  g_assert_false (cs_address_is_valid ("ftp://example.com/"));
  g_assert_false (cs_address_is_valid ("https://exa mple.com/"));
  g_assert_false (cs_address_is_valid ("https://exa%20mple.com/"));
  g_assert_false (cs_address_is_valid ("http://127.1/"));
  g_assert_false (cs_address_is_valid (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/address/base", test_base);
  g_test_add_func ("/net/address/base-is-stable", test_base_is_stable);
  g_test_add_func ("/net/address/output", test_output);
  g_test_add_func ("/net/address/public", test_public);
  g_test_add_func ("/net/address/join", test_join);
  g_test_add_func ("/net/address/host", test_host);
  g_test_add_func ("/net/address/valid", test_valid);
  g_test_add_func ("/net/address/loopback", test_loopback);
  return g_test_run ();
}
