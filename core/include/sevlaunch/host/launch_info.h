/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a host reports of a launch, in the words of its tools: the output of
 * `virsh domlaunchsecinfo`; replies to QEMU's QMP commands query-sev and
 * query-sev-launch-measure, or the session that they came in; and JSON of the same values
 * by the names that libvirt's API, its language bindings or KubeVirt give them. See
 * sevlaunch.h for the conventions.
 *
 * Nothing of it need be believed: the measurement proves itself, and every other
 * value goes into the message that it authenticates. An owner who cares which
 * version of the SEV firmware runs, or which policy holds, must look at the values.
 */
#ifndef SEVLAUNCH_LAUNCH_INFO_H
#define SEVLAUNCH_LAUNCH_INFO_H

#include <stdbool.h>

#include "../sev/measurement.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sevl_launch_info {
    bool has_measurement;
    bool has_api_major;
    bool has_api_minor;
    bool has_build;
    bool has_policy;
    struct sevl_evidence evidence; /* the parts that were there, else zeros */
};

/* Absent values are zeros. */
static inline bool sevl_launch_info_is_valid(const struct sevl_launch_info *info)
{
    const struct sevl_launch *launch = &info->evidence.launch;
    return (info->has_api_major || launch->api_major == 0) &&
           (info->has_api_minor || launch->api_minor == 0) &&
           (info->has_build || launch->build == 0) && (info->has_policy || launch->policy == 0);
}

enum sevl_launch_info_fault {
    SEVL_INFO_NO_FAULT,
    SEVL_INFO_NONE,        /* none of the values is there */
    SEVL_INFO_UTF16,       /* the text is in UTF-16 */
    SEVL_INFO_CUT,         /* a JSON object has no end */
    SEVL_INFO_NOT_JSON,    /* a brace does not begin a JSON object, or ends none */
    SEVL_INFO_BYTE,        /* the value is no number from 0 to 255 */
    SEVL_INFO_UINT32,      /* the value is no number of 32 bits */
    SEVL_INFO_MEASUREMENT, /* the value is not base64 of 48 bytes */
    SEVL_INFO_CONFLICT,    /* the value is there before, and differs */
    SEVL_INFO_SNP,         /* the guest is one of SEV-SNP, which has no launch measurement */
    SEVL_INFO_DISABLED,    /* the guest runs without SEV */
    SEVL_INFO_HOST_ERROR   /* an error of QEMU or virsh */
};

/* `length` characters, `offset` from the start of the text. */
struct sevl_launch_info_part {
    size_t offset;
    size_t length;
};

/* What is wrong with a text, and where. */
struct sevl_launch_info_problem {
    enum sevl_launch_info_fault fault;
    size_t line; /* counted from 1; 0 with SEVL_INFO_NO_FAULT, _NONE and _UTF16 */
    /*
     * The name of the value that is wrong and the value, both as they are written, with
     * JSON's escapes. There is no name with SEVL_INFO_HOST_ERROR, where the value is what
     * the host says; nor with SEVL_INFO_NOT_JSON and _CUT, where it is up to 40 characters
     * from where the text is wrong, or where the object begins. At least one character is
     * between a name and its value.
     */
    struct sevl_launch_info_part name;
    struct sevl_launch_info_part value;
};

/*
 * Reads `length` characters, which need no NUL at their end: lines of "name: value", and JSON
 * objects (RFC 8259) that begin on a line of their own or after another object. Other lines,
 * members and objects are skipped, such as the prompts of a copied terminal and events of
 * QMP; so is a byte order mark.
 *
 * In lines a name begins with "sev", which JSON may leave out. Its case, dashes and
 * underscores do not matter: "sev-api-major", "apiMajor" and "SEVAPIMajor" are the same.
 * JSON has values as members of an outermost object, of an object in an outermost array, or
 * of the object that is the "return" of one of these. A value does not count if a member of
 * its name and "Set" is false, as in libvirt-go's "SEVPolicySet". In an object with a
 * "loaderSHA", which is KubeVirt's, a number that is absent is 0. Numbers are decimal, or
 * hexadecimal after "0x". A value may be there again if it is the same.
 *
 * Returns SEVL_OK when there was at least one of the values: `*problem` is then
 * SEVL_INFO_NO_FAULT, or SEVL_INFO_HOST_ERROR with the first error of the host, which may
 * be why a value is absent. Otherwise `*info` is zero, and this returns
 *   SEVL_ERROR_ABSENT with SEVL_INFO_NONE, _SNP, _DISABLED or _HOST_ERROR;
 *   SEVL_ERROR_DUPLICATE with SEVL_INFO_CONFLICT;
 *   SEVL_ERROR_ENCODING with the others.
 */
SEVL_CHECK enum sevl_result sevl_launch_info_read(struct sevl_launch_info *info,
                                                  struct sevl_launch_info_problem *problem,
                                                  const char *text, size_t length);

#ifdef __cplusplus
}
#endif

#endif
