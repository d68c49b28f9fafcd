/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The random source of a command that a test can foretell: the bytes of the file that
 * SEVLAUNCH_FIXED_RANDOM names, one after another. It fails at the file's end, and without a
 * file. test/cli/test_sev_session.py shows that no command that is shipped has it.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

bool __wrap_port_random(void *bytes, size_t size);

bool __wrap_port_random(void *bytes, size_t size)
{
    static FILE *file;
    const char *path = getenv("SEVLAUNCH_FIXED_RANDOM");
    if (file == NULL && path != NULL) {
        file = fopen(path, "rb");
        if (file != NULL)
            (void)setvbuf(file, NULL, _IONBF, 0); /* which test/wipe would find */
    }
    return file != NULL && fread(bytes, 1, size, file) == size;
}
