/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The certificates of a platform as files, and the words that make a session with it. */
#ifndef SEVLAUNCH_PLATFORM_FILES_OF_TESTS_H
#define SEVLAUNCH_PLATFORM_FILES_OF_TESTS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/text.h"
#include "known_platform.h"
#include "support.h"

#define PIN "--ark-fingerprint="
static char pin[sizeof PIN + 2 * SEVL_SHA384_SIZE] = PIN;

#define SESSION                                                                               \
    "sev-session", "--chain=pdh", "--chain=pek", "--chain=oca", "--chain=cek", "--chain=ask", \
        "--chain=ark", "--policy=5"

static char platform_folder[] = "/tmp/sevlaunch-XXXXXX";

static void write_piece(const char *name, const struct piece *piece)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(piece->bytes, 1, piece->size, file), piece->size);
    assert_int_equal(fclose(file), 0);
}

/* A folder of their own. */
static int make_platform(void **state)
{
    const struct known_platform *platform = &platforms[1]; /* whose keys of RSA are short */
    (void)state;
    if (mkdtemp(platform_folder) == NULL || chdir(platform_folder) != 0)
        return -1;
    write_piece("pdh", &platform->pdh);
    write_piece("pek", &platform->pek);
    write_piece("oca", &platform->oca);
    write_piece("cek", &platform->cek);
    write_piece("ask", &platform->ask);
    write_piece("ark", &platform->ark);
    text_from_bytes(pin + sizeof PIN - 1, platform->ark_pin.sha384, SEVL_SHA384_SIZE);
    return 0;
}

static int remove_platform(void **state)
{
    static const char *const names[] = {"pdh",         "pek",        "oca",
                                        "cek",         "ask",        "ark",
                                        "vm_godh.b64", "vm_tek.bin", "vm_session.b64",
                                        "vm_tik.bin",  "tk"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)unlink(names[i]);
    return chdir("/") == 0 ? rmdir(platform_folder) : -1;
}

#endif
