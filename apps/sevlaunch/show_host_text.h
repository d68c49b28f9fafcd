/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a host's tools print of its platform, in a file that is shown. */
#ifndef SEVLAUNCH_SHOW_HOST_TEXT_H
#define SEVLAUNCH_SHOW_HOST_TEXT_H

#include <sevlaunch/sev/certificate.h>

#include "show_file.h"

struct show_host_text {
    struct show_file *file;
    size_t size; /* of certificates, or of a report, in the file's `work` */
    bool has_chip_id;
    uint8_t chip_id[SEVL_SEV_CHIP_ID_SIZE];
};

/*
 * Puts what a text of a host's names, decoded, into the file's `work`; what is no such text as
 * show_decode() does. Returns how many bytes there are then: 0 if a value is not in its form.
 */
size_t show_host_text_read(struct show_host_text *text, struct show_file *file);

#endif
