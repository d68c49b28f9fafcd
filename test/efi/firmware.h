/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Firmware whose files fail on demand, as no real one does. It has one file, under any
 * path that leads to it, on the volume of the application and on FS1:.
 */
#ifndef SEVLAUNCH_FIRMWARE_H
#define SEVLAUNCH_FIRMWARE_H

#include "efi.h"

/* Which of its names a file has. */
enum firmware_place { FIRMWARE_GONE, FIRMWARE_NAME, FIRMWARE_PART, FIRMWARE_BACK };

struct firmware {
    /* What the file is. */
    uint64_t size;
    uint64_t size_at_end; /* the size that it reports once it is open */
    uint64_t attribute;

    /* What goes wrong. */
    EFI_STATUS volume_status;
    EFI_STATUS open_status;
    EFI_STATUS info_status;
    EFI_STATUS read_status;
    UINTN excess;  /* bytes that a read reports beyond the request */
    UINTN missing; /* bytes that a write leaves out */
    EFI_STATUS write_status;
    EFI_STATUS flush_status;
    unsigned failing_rename; /* the n-th; 0: none */
    EFI_STATUS rename_status;
    EFI_STATUS print_status;
    EFI_STATUS load_status;
    int loads_refused; /* an image that may not be started is loaded all the same */

    /* What is there. */
    const CHAR16 *current;   /* the shell's directory, or NULL */
    const CHAR16 *current_1; /* that on FS1: */
    int has_shell;
    enum firmware_place old; /* the file */
    enum firmware_place new; /* one that is written */
    int has_part;            /* there is another file NAME.part */
    int has_back;
    const EFI_GUID *algorithm; /* the one of the random source, or NULL: there is none */
    EFI_TIME time;
    EFI_STATUS time_status;
    int is_behind;              /* FS1: is a device behind a file system */
    const uint8_t *device_path; /* of either device, or NULL */
    EFI_STATUS image_status;    /* of the next image, once it returns */
    EFI_LOADED_IMAGE_PROTOCOL image;
    EFI_SHELL_PARAMETERS_PROTOCOL *parameters;

    /* What the test saw. */
    CHAR16 path[1024]; /* the last one that was opened */
    EFI_HANDLE device; /* the volume that it was opened on */
    uint64_t position;
    UINTN largest_read;
    CHAR16 renamed[1024]; /* the last name that a file was renamed to */
    UINTN written;
    unsigned parts_deleted;
    unsigned renames;
    unsigned opened;
    unsigned closed;
    unsigned infos;
    unsigned watchdog_calls;
    uint8_t loaded[4096]; /* the device path of the next image */
    EFI_HANDLE parent;
    unsigned images_loaded;
    unsigned images_started;
    unsigned images_unloaded;
    CHAR16 out[4096];
    size_t out_length;
    CHAR16 err[4096];
    size_t err_length;
};

extern struct firmware firmware;

/* The two devices. */
extern char firmware_own_device;
extern char firmware_other_device;

/* A file of 100 bytes, on firmware without a shell. */
EFI_SYSTEM_TABLE *firmware_reset(void);

#endif
