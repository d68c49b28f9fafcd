/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Keys on the curve P-384 (NIST SP 800-186, section 3.2.1.4). */
#ifndef SEVLAUNCH_PUBLIC_P384_H
#define SEVLAUNCH_PUBLIC_P384_H

/* A public key: x then y, most significant byte first. */
enum { SEVL_P384_KEY_SIZE = 96 };

#endif
