/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The reports of Linux's /dev/sev-guest (Documentation/virt/coco/sev-guest.rst). The
 * structures are those of <linux/sev-guest.h>, which not every C library has.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "descriptor.h"
#include "report_way.h"

#define DEVICE "/dev/sev-guest"
#define MESSAGE_VERSION 1

/* A table is asked for with whole pages, 4 at most. */
#define TABLE_PAGE 4096
#define TABLE_MAX 16384

struct report_asked {
    uint8_t data[PORT_REPORT_DATA_SIZE];
    uint32_t vmpl;
    uint8_t reserved[28];
};

struct table_asked {
    struct report_asked report;
    _Alignas(8) uint64_t address;
    uint32_t size;
};

/* MSG_REPORT_RSP (AMD 56860, table "MSG_REPORT_RSP"). */
struct report_answer {
    uint32_t status;
    uint32_t size;
    uint8_t reserved[24];
    uint8_t bytes[4000 - 32];
};

struct message {
    uint8_t version;
    _Alignas(8) uint64_t request;
    uint64_t answer;
    uint32_t firmware_error;
    uint32_t host_error;
};

_Static_assert(sizeof(struct report_asked) == 96, "as Linux has it");
_Static_assert(sizeof(struct table_asked) == 112, "as Linux has it");
_Static_assert(sizeof(struct report_answer) == 4000, "as Linux has it");
_Static_assert(sizeof(struct message) == 32, "as Linux has it");

/* ioctl(2) takes an int, as POSIX has it, or an unsigned long. */
#define NUMBER(n)                                          \
    _Generic(&ioctl, int (*)(int, int, ...)                \
             : (int)_IOWR('S', n, struct message), default \
             : _IOWR('S', n, struct message))

/* What the driver begins with, and what other drivers of AMD's have: no firmware was called. */
#define FIRMWARE_UNCALLED 0xff
#define FIRMWARE_NONE UINT32_MAX

/* GHCB 2.03, section 4.1.8.1. */
#define HOST_TABLE_IS_LONGER 1
#define HOST_IS_BUSY 2

#define STATUS_PARAMETER 0x16
#define STATUS_KEY 0x27

static bool fail_device(struct port_report *report, const char *why)
{
    return report_fail(report, DEVICE, why);
}

static bool fail_status(struct port_report *report, uint32_t status)
{
    char text[128];
    const char *meaning = "";
    if (status == STATUS_PARAMETER)
        meaning = ", a parameter: most often, a VMPL that this guest may not ask for";
    if (status == STATUS_KEY)
        meaning = ", a key: none of this guest can sign its report";
    (void)snprintf(text, sizeof text, "the firmware refused the request with status 0x%lx%s",
                   (unsigned long)status, meaning);
    return fail_device(report, text);
}

static bool is_of_firmware(uint32_t error)
{
    return error != 0 && error != FIRMWARE_UNCALLED && error != FIRMWARE_NONE;
}

/* `error` is that of ioctl(2). The driver says ENOTTY when it gave up the guest's key. */
static bool fail_message(struct port_report *report, const struct message *message, int error)
{
    if (is_of_firmware(message->firmware_error))
        return fail_status(report, message->firmware_error);
    if (message->host_error == HOST_IS_BUSY)
        return fail_device(report, "the host is busy: try again later");
    if (message->host_error == HOST_TABLE_IS_LONGER)
        return fail_device(report, "the host's certificates are longer than there is room for");
    if (error == ENOTTY)
        return fail_device(report, "the driver takes no request: the guest has no key for messages "
                                   "to the firmware, or none any more");
    return fail_device(report, strerror(error));
}

static bool send_message(int fd, bool with_table, struct message *message)
{
    int result;
    do {
        result = with_table ? ioctl(fd, NUMBER(2), message) : ioctl(fd, NUMBER(0), message);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

/* `asked` is a struct table_asked if there is to be a table, else a struct report_asked. */
static bool exchange(struct port_report *report, int fd, bool with_table, const void *asked)
{
    struct report_answer answer = {.status = 0};
    struct message message = {.version = MESSAGE_VERSION,
                              .request = (uintptr_t)asked,
                              .answer = (uintptr_t)&answer};
    if (!send_message(fd, with_table, &message))
        return fail_message(report, &message, errno);
    if (answer.status != 0)
        return fail_status(report, answer.status);
    if (answer.size > sizeof answer.bytes)
        return fail_device(report, "the answer is longer than there is room for");
    memcpy(report->bytes, answer.bytes, answer.size);
    report->size = answer.size;
    return true;
}

#define ENTRY_SIZE 24
#define ENTRY_OFFSET 16
#define ENTRY_LENGTH 20

static uint32_t get_number(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static bool is_last(const uint8_t *entry)
{
    uint8_t any = 0;
    for (size_t i = 0; i < ENTRY_SIZE; i++)
        any |= entry[i];
    return any == 0;
}

/*
 * How much of the pages the table takes: up to the end of its last certificate. All of them if
 * that is not within; 0 if it has no entry.
 */
static size_t measure_table(const uint8_t *table, size_t max)
{
    size_t size = 0;
    for (size_t at = 0; at + ENTRY_SIZE <= max; at += ENTRY_SIZE) {
        const uint8_t *entry = table + at;
        if (is_last(entry))
            return size > 0 && size < at + ENTRY_SIZE ? at + ENTRY_SIZE : size;
        uint64_t end =
            (uint64_t)get_number(entry + ENTRY_OFFSET) + get_number(entry + ENTRY_LENGTH);
        if (end > max)
            return max;
        if (end > size)
            size = (size_t)end;
    }
    return max;
}

static bool ask_with_table(struct port_report *report, int fd, const struct report_asked *asked)
{
    size_t max = report->table_max < TABLE_MAX ? report->table_max : TABLE_MAX;
    struct table_asked with_table = {.report = *asked,
                                     .address = (uintptr_t)report->table,
                                     .size = (uint32_t)(max - max % TABLE_PAGE)};
    memset(report->table, 0, with_table.size);
    if (!exchange(report, fd, true, &with_table))
        return false;
    report->table_size = measure_table(report->table, with_table.size);
    return true;
}

enum way_result report_from_device(struct port_report *report,
                                   const struct port_report_request *request)
{
    struct report_asked asked = {.vmpl = request->has_vmpl ? request->vmpl : 0};
    int fd = descriptor_open(DEVICE, O_RDWR);
    if (fd < 0 && (errno == ENOENT || errno == ENXIO || errno == ENODEV))
        return WAY_ABSENT;
    report->way = DEVICE;
    report->vmpl = asked.vmpl;
    if (fd < 0) {
        (void)fail_device(report, strerror(errno));
        return WAY_FAILED;
    }
    memcpy(asked.data, request->data, sizeof asked.data);
    bool done = ask_with_table(report, fd, &asked) || exchange(report, fd, false, &asked);
    (void)close(fd);
    return done ? WAY_DONE : WAY_FAILED;
}
