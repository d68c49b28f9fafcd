/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The reports of Linux's configfs-tsm (Documentation/ABI/testing/configfs-tsm-report): a
 * folder that is made there is an entry, and its files are what is asked and answered.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "report_way.h"

#define FOLDER "/sys/kernel/config/tsm/report"
#define PROVIDER "sev_guest"

/* Entries that others may have left; writes of others that are suffered. */
#define NAMES_MAX 16
#define TRIES_MAX 3

#define PATH_SIZE 96
#define TEXT_SIZE 64

struct entry {
    struct port_report *report;
    uint64_t generation; /* of this entry when it was made, and one more for each write */
    bool is_disturbed;   /* somebody else wrote to it */
    char path[PATH_SIZE];
};

static bool fail_part(struct entry *entry, const char *name, const char *why)
{
    char part[PATH_SIZE];
    (void)snprintf(part, sizeof part, "%s/%s", FOLDER, name);
    return report_fail(entry->report, part, why);
}

/* EBUSY: the kernel refuses more writes, for somebody made too many. */
static bool fail_part_errno(struct entry *entry, const char *name)
{
    int error = errno;
    entry->is_disturbed = error == EBUSY;
    return fail_part(entry, name, strerror(error));
}

static int open_part(const struct entry *entry, const char *name, int flags)
{
    char path[PATH_SIZE + TEXT_SIZE];
    (void)snprintf(path, sizeof path, "%s/%s", entry->path, name);
    return descriptor_open(path, flags);
}

/* What fills the room may go on after it. */
static bool read_all(int fd, uint8_t *bytes, size_t max, size_t *size)
{
    ssize_t count = 1;
    *size = 0;
    while (count > 0 && *size < max) {
        count = descriptor_read(fd, bytes + *size, max - *size);
        if (count > 0)
            *size += (size_t)count;
    }
    if (count > 0)
        errno = EFBIG;
    return count == 0;
}

static bool read_part(const struct entry *entry, const char *name, uint8_t *bytes, size_t max,
                      size_t *size)
{
    int fd = open_part(entry, name, O_RDONLY);
    if (fd < 0)
        return false;
    bool done = read_all(fd, bytes, max, size);
    int error = errno;
    (void)close(fd);
    errno = error;
    return done;
}

/* A text of one line. */
static bool read_text(const struct entry *entry, const char *name, char text[TEXT_SIZE])
{
    size_t size;
    if (!read_part(entry, name, (uint8_t *)text, TEXT_SIZE, &size))
        return false;
    text[size] = '\0';
    text[strcspn(text, "\n")] = '\0';
    return true;
}

/* It wraps, as the kernel's own counts do. */
static bool parse_count(const char *text, uint64_t *count)
{
    *count = 0;
    errno = EPROTO;
    if (*text == '\0')
        return false;
    for (; *text >= '0' && *text <= '9'; text++)
        *count = 10 * *count + (uint64_t)(*text - '0');
    return *text == '\0';
}

static bool read_count(const struct entry *entry, const char *name, uint64_t *count)
{
    char text[TEXT_SIZE];
    return read_text(entry, name, text) && parse_count(text, count);
}

/* The kernel takes binary bytes when the file is closed, and newer ones tell then of errors. */
static bool write_part(struct entry *entry, const char *name, const void *bytes, size_t size)
{
    int fd = open_part(entry, name, O_WRONLY);
    if (fd < 0)
        return fail_part_errno(entry, name);
    bool written = descriptor_write(fd, bytes, size);
    int error = errno;
    if (close(fd) == 0)
        errno = error;
    else
        written = false;
    entry->generation++;
    return written || fail_part_errno(entry, name);
}

static bool check_provider(struct entry *entry)
{
    char text[TEXT_SIZE];
    if (!read_text(entry, "provider", text))
        return fail_part_errno(entry, "provider");
    if (strcmp(text, PROVIDER) != 0)
        return fail_part(entry, "provider", "this is no guest of SEV-SNP, but one of another kind");
    return true;
}

static bool begin_generation(struct entry *entry)
{
    return read_count(entry, "generation", &entry->generation) ||
           fail_part_errno(entry, "generation");
}

/* Each write to any of its files counts one: with another count, another one wrote. */
static bool check_generation(struct entry *entry)
{
    uint64_t count;
    if (!read_count(entry, "generation", &count))
        return fail_part_errno(entry, "generation");
    entry->is_disturbed = count != entry->generation;
    return !entry->is_disturbed || fail_part(entry, "generation", "it changed meanwhile");
}

/* 0 is the kernel's own default. */
static bool write_vmpl(struct entry *entry, const struct port_report_request *request)
{
    struct port_report *report = entry->report;
    uint64_t lowest = 0;
    char text[TEXT_SIZE];
    if (!read_count(entry, "privlevel_floor", &lowest) && errno != ENOENT)
        return fail_part_errno(entry, "privlevel_floor");
    (void)snprintf(text, sizeof text, "this guest may ask for VMPL %lu or above",
                   (unsigned long)lowest);
    if (request->has_vmpl && request->vmpl < lowest)
        return fail_part(entry, "privlevel_floor", text);
    report->vmpl = request->has_vmpl ? request->vmpl : (uint32_t)lowest;
    (void)snprintf(text, sizeof text, "%lu", (unsigned long)report->vmpl);
    return report->vmpl == 0 || write_part(entry, "privlevel", text, strlen(text));
}

static bool put_request(struct entry *entry, const struct port_report_request *request)
{
    return check_provider(entry) && begin_generation(entry) && write_vmpl(entry, request) &&
           write_part(entry, "inblob", request->data, sizeof request->data) &&
           check_generation(entry);
}

static bool read_outblob(struct entry *entry)
{
    struct port_report *report = entry->report;
    return read_part(entry, "outblob", report->bytes, sizeof report->bytes, &report->size) ||
           fail_part_errno(entry, "outblob");
}

static bool read_auxblob(struct entry *entry)
{
    struct port_report *report = entry->report;
    if (read_part(entry, "auxblob", report->table, report->table_max, &report->table_size))
        return true;
    report->table_size = 0;
    return errno == ENOENT || fail_part_errno(entry, "auxblob");
}

static bool take_answer(struct entry *entry)
{
    return read_outblob(entry) && read_auxblob(entry) && check_generation(entry);
}

/* An entry that is there already is another program's, or was left by one that was killed. */
static enum way_result make_entry(struct entry *entry)
{
    int error = EEXIST;
    for (unsigned i = 0; i < NAMES_MAX && error == EEXIST; i++) {
        (void)snprintf(entry->path, sizeof entry->path, FOLDER "/sevlaunch-%ld-%u", (long)getpid(),
                       i);
        error = mkdir(entry->path, S_IRWXU) == 0 ? 0 : errno;
    }
    if (error == ENOENT || error == ENXIO)
        return WAY_ABSENT;
    if (error == 0)
        return WAY_DONE;
    (void)report_fail(entry->report, FOLDER, strerror(error));
    return WAY_FAILED;
}

/* What failed first is the reason. */
static bool remove_entry(struct entry *entry, bool done)
{
    if (rmdir(entry->path) == 0 || !done)
        return done;
    return report_fail(entry->report, entry->path, strerror(errno));
}

enum way_result report_from_configfs(struct port_report *report,
                                     const struct port_report_request *request)
{
    report->way = FOLDER;
    for (unsigned i = 0; i < TRIES_MAX; i++) {
        struct entry entry = {.report = report};
        report->reason[0] = '\0'; /* why an earlier try failed is not why the host has no table */
        enum way_result made = make_entry(&entry);
        if (made != WAY_DONE)
            return made;
        bool done = remove_entry(&entry, put_request(&entry, request) && take_answer(&entry));
        if (!entry.is_disturbed)
            return done ? WAY_DONE : WAY_FAILED;
    }
    (void)report_fail(report, FOLDER,
                      "another program wrote to the entry of this one, each of three times");
    return WAY_FAILED;
}
