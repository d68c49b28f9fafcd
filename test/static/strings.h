/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the build defines and a list of words cannot hold. */
#ifndef SEVLAUNCH_STATIC_STRINGS_H
#define SEVLAUNCH_STATIC_STRINGS_H

/* Mbed TLS has another one of that name beside the file that includes it. */
#define MBEDTLS_CONFIG_FILE "../core/mbedtls_config.h"
#define SEVLAUNCH_VERSION "0"

#endif
