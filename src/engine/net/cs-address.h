/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which addresses may be called (design, section 7). Pure but for the DNS that others do; any thread. */

/* Which hosts a base address may name. */
typedef enum
{
  CS_BASE_SAFE, /* https anywhere, http to loopback only */
  CS_BASE_LAN,  /* as SAFE, and http on the local network: for a server that knows no key */
} CsBaseRule;

char    *cs_address_check_base   (const char *text, CsBaseRule rule, GError **error);
char    *cs_address_join         (const char *base, const char *path);
gboolean cs_address_is_valid     (const char *address);
gboolean cs_address_is_loopback  (const char *address);
gboolean cs_address_is_public    (GInetAddress *address);
gboolean cs_address_check_output (const char *address, gboolean allow_loopback, GError **error);
char    *cs_address_dup_host     (const char *address);

G_END_DECLS
