/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A program without a host: its own main() hashes a named region of memory, and prints the
 * digest on the machine's console.
 */
#include <sevlaunch/sha256.h>

#include "mapped.h"
#include "port.h"
#include "startup.h"

static bool digest_region(const char *name, uint8_t hash[SEVL_SHA256_SIZE])
{
    unsigned char buffer[64];
    struct mapped region;
    struct sevl_sha256 digest;
    if (mapped_open(&region, name) != NULL || sevl_sha256_init(&digest) != SEVL_OK)
        return false;
    for (;;) {
        size_t got = mapped_read(&region, buffer, sizeof buffer);
        if (got == 0)
            return sevl_sha256_finish(&digest, hash) == SEVL_OK;
        if (sevl_sha256_update(&digest, buffer, got) != SEVL_OK)
            return false;
    }
}

int main(void)
{
    uint8_t hash[SEVL_SHA256_SIZE];
    char line[2 * SEVL_SHA256_SIZE + 1];
    if (!digest_region("mem:0x21000000+0x10001", hash))
        return 1;
    for (size_t i = 0; i < sizeof hash; i++) {
        line[2 * i] = "0123456789abcdef"[hash[i] >> 4];
        line[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
    }
    line[sizeof line - 1] = '\n';
    return port_print(PORT_OUT, line, sizeof line) ? 0 : 1;
}

void machine_begin(void)
{
}

_Noreturn void machine_end(int code)
{
    char line[] = "ended with 0\n";
    line[sizeof line - 3] = (char)('0' + code);
    (void)!port_print(PORT_OUT, line, sizeof line - 1);
    machine_halt();
}
