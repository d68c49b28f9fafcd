/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "status.h"

static EFI_STATUS last_failure = EFI_ABORTED;

static const struct {
    EFI_STATUS status;
    const char *text;
} texts[] = {
    {EFI_NOT_FOUND, "there is no such file"},
    {EFI_ACCESS_DENIED, "access is denied"},
    {EFI_DEVICE_ERROR, "the device reported an error"},
    {EFI_WRITE_PROTECTED, "the volume is write-protected"},
    {EFI_VOLUME_FULL, "the volume is full"},
    {EFI_NO_MEDIA, "there is no medium in the device"},
    {EFI_MEDIA_CHANGED, "the medium was changed"},
    {EFI_VOLUME_CORRUPTED, "the file system is damaged"},
    {EFI_OUT_OF_RESOURCES, "out of memory"},
    {EFI_UNSUPPORTED, "the device does not support it"},
};

static const char *status_text(EFI_STATUS status)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].status == status)
            return texts[i].text;
    return "the firmware reported an error";
}

bool status_fail(const char **reason, EFI_STATUS status, const char *text)
{
    last_failure = status;
    *reason = text == NULL ? status_text(status) : text;
    return false;
}

EFI_STATUS status_of_exit(int code)
{
    if (code == 0)
        return EFI_SUCCESS;
    if (code == 1)
        return EFI_SECURITY_VIOLATION;
    if (code == 2)
        return EFI_INVALID_PARAMETER;
    if (!EFI_ERROR(last_failure) || last_failure == EFI_SECURITY_VIOLATION ||
        last_failure == EFI_INVALID_PARAMETER)
        return EFI_ABORTED;
    return last_failure;
}
