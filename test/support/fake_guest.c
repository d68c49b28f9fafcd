/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A guest of SEV-SNP, as Linux shows it to programs: configfs-tsm and /dev/sev-guest, played by
 * wrapping the system calls that lead to them. The environment says how it is:
 *
 *   FAKE_WAY        configfs, device, or empty: what there is
 *   FAKE_ANSWERS    a folder: REPORT_DATA-VMPL, in hexadecimal, is the report that is given to
 *                   such a request, and `table` the host's table of certificates
 *   FAKE_SIGNER     a program that is run with the folder, REPORT_DATA and VMPL, to make the report
 *                   that is not there
 *   FAKE_FAULT      N:ERRNO, the N-th of these calls fails so; N:0, it handles one byte at most;
 *                   N:-SIGNAL, that signal arrives
 *   FAKE_LOG        a file that gets a line for each of these calls, and `made` or `removed` for
 *                   an entry
 *   FAKE_TAKEN      so many entries are there already
 *   FAKE_PROVIDER   the provider, sev_guest by default
 *   FAKE_FLOOR      the lowest VMPL; empty: no file tells it
 *   FAKE_GENERATION what stands in the file `generation`, in place of the number
 *   FAKE_DISTURBED  somebody else writes to so many entries before the report is made, or, with
 *                   FAKE_LATE, after it
 *   FAKE_LOSES      the kernel does not take so many writes of the data, and says nothing
 *   FAKE_NO_TABLE   no file auxblob
 *   FAKE_STATUS, FAKE_SIZE     of the device's answer
 *   FAKE_ERROR, FAKE_FIRMWARE, FAKE_HOST    an ioctl(2) fails with this errno, and these codes
 *   FAKE_ALONE      that is so for a request with a table alone
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/sev-guest.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "require.h"

#define FOLDER "/sys/kernel/config/tsm/report"
#define DEVICE "/dev/sev-guest"
#define DATA_SIZE 64
#define TABLE_MAX 16384
#define FILES_MAX 64
#define BLOB_MAX 40000

int __real_open64(const char *path, int flags, ...);
int __real_mkdir(const char *path, mode_t mode);
int __real_rmdir(const char *path);
ssize_t __real_read(int fd, void *bytes, size_t size);
ssize_t __real_write(int fd, const void *bytes, size_t size);
int __real_close(int fd);
int __real_ioctl(int fd, unsigned long number, ...);

int __wrap_open64(const char *path, int flags, ...);
int __wrap___open64_2(const char *path, int flags);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_rmdir(const char *path);
ssize_t __wrap_read(int fd, void *bytes, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
int __wrap_close(int fd);
int __wrap_ioctl(int fd, unsigned long number, ...);

/* What an open file of the fake is: its name in the folder; NULL: it is none of the fake's. */
static const char *files[FILES_MAX];
static bool is_filled[FILES_MAX];

/* The entry of configfs; there is one at most. */
static struct {
    bool is_there;
    bool is_disturbed;
    unsigned long generation;
    unsigned vmpl;
    uint8_t pending[DATA_SIZE];
    size_t pending_size;
    uint8_t data[DATA_SIZE];
    size_t size;
} entry;

static unsigned made;  /* entries */
static unsigned taken; /* writes of data */

static const char *setting(const char *name, const char *usual)
{
    const char *value = getenv(name);
    return value == NULL ? usual : value;
}

static unsigned long number(const char *name)
{
    return strtoul(setting(name, "0"), NULL, 0);
}

static bool is_way(const char *way)
{
    return strcmp(setting("FAKE_WAY", ""), way) == 0;
}

static void note(const char *what, const char *name)
{
    FILE *log = fopen(setting("FAKE_LOG", "/dev/null"), "a");
    REQUIRE(log != NULL && fprintf(log, "%s %s\n", what, name) > 0 && fclose(log) == 0);
}

/* Counts a call. Returns true, with errno, if it is to fail; `*size` becomes 1 for a short one. */
static bool fails(const char *call, const char *what, size_t *size)
{
    static unsigned long calls;
    const char *fault = setting("FAKE_FAULT", "0:0");
    int error = atoi(strchr(fault, ':') + 1);
    note(call, what);
    if (++calls != strtoul(fault, NULL, 10))
        return false;
    if (error < 0)
        REQUIRE(raise(-error) == 0);
    if (error == 0)
        *size = *size < 1 ? *size : 1;
    errno = error;
    return error > 0;
}

static int refuse(int error)
{
    errno = error;
    return -1;
}

/* A file of the tests'. Returns its size, or -1 if there is none. */
static ssize_t load(const char *name, uint8_t bytes[BLOB_MAX])
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", setting("FAKE_ANSWERS", "."), name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return -1;
    size_t size = fread(bytes, 1, BLOB_MAX, file);
    REQUIRE(fclose(file) == 0 && size < BLOB_MAX);
    return (ssize_t)size;
}

static void sign(const char *name)
{
    char line[8192];
    (void)snprintf(line, sizeof line, "'%s' '%s' '%.128s' '%s'", getenv("FAKE_SIGNER"),
                   setting("FAKE_ANSWERS", "."), name, name + 2 * DATA_SIZE + 1);
    REQUIRE(system(line) == 0);
}

static ssize_t make_report(const uint8_t data[DATA_SIZE], unsigned vmpl, uint8_t bytes[BLOB_MAX])
{
    char name[2 * DATA_SIZE + 16];
    for (size_t i = 0; i < DATA_SIZE; i++)
        (void)sprintf(name + 2 * i, "%02x", data[i]);
    (void)sprintf(name + 2 * DATA_SIZE, "-%x", vmpl);
    ssize_t size = load(name, bytes);
    if (size >= 0 || getenv("FAKE_SIGNER") == NULL)
        return size;
    sign(name);
    return load(name, bytes);
}

/* What is in a file of the entry. Returns its size, or -1 with errno. */
static ssize_t make_text(const char *name, uint8_t bytes[BLOB_MAX])
{
    char *text = (char *)bytes;
    if (strcmp(name, "provider") == 0)
        return sprintf(text, "%s\n", setting("FAKE_PROVIDER", "sev_guest"));
    if (strcmp(name, "privlevel_floor") == 0)
        return sprintf(text, "%s\n", setting("FAKE_FLOOR", "0"));
    REQUIRE(strcmp(name, "generation") == 0);
    if (getenv("FAKE_GENERATION") != NULL)
        return sprintf(text, "%s", getenv("FAKE_GENERATION"));
    return sprintf(text, "%lu\n", entry.generation);
}

static void disturb(void)
{
    bool is_due = made <= number("FAKE_DISTURBED") && !entry.is_disturbed;
    entry.generation += is_due ? 1 : 0;
    entry.is_disturbed = entry.is_disturbed || is_due;
}

static ssize_t make_contents(const char *name, uint8_t bytes[BLOB_MAX])
{
    bool is_table = strcmp(name, "auxblob") == 0;
    if (!is_table && strcmp(name, "outblob") != 0)
        return make_text(name, bytes);
    if (entry.size != DATA_SIZE)
        return refuse(EINVAL);
    ssize_t size = is_table ? load("table", bytes) : make_report(entry.data, entry.vmpl, bytes);
    if (getenv("FAKE_LATE") != NULL)
        disturb();
    if (size < 0)
        return is_table ? 0 : refuse(EINVAL);
    return size;
}

static bool is_in_entry(const char *path)
{
    return strncmp(path, FOLDER "/", sizeof FOLDER) == 0;
}

static bool has_file(const char *name, bool is_written)
{
    static const char *const read[] = {"generation", "provider", "outblob"};
    if (is_written)
        return strcmp(name, "inblob") == 0 || strcmp(name, "privlevel") == 0;
    for (size_t i = 0; i < sizeof read / sizeof *read; i++)
        if (strcmp(name, read[i]) == 0)
            return true;
    if (strcmp(name, "privlevel_floor") == 0)
        return setting("FAKE_FLOOR", "0")[0] != '\0';
    return strcmp(name, "auxblob") == 0 && getenv("FAKE_NO_TABLE") == NULL;
}

static int begin_file(const char *name)
{
    int fd = memfd_create("fake", MFD_CLOEXEC);
    REQUIRE(fd >= 0 && fd < FILES_MAX);
    files[fd] = name;
    is_filled[fd] = false;
    return fd;
}

static int open_fake(const char *path, int flags)
{
    size_t size = 0;
    bool is_device = strcmp(path, DEVICE) == 0;
    const char *name = is_device ? DEVICE : strdup(strrchr(path, '/') + 1);
    if (fails("open", name, &size))
        return -1;
    if (is_device)
        return is_way("device") ? begin_file(name) : refuse(ENOENT);
    if (!entry.is_there || !has_file(name, (flags & O_ACCMODE) == O_WRONLY))
        return refuse(ENOENT);
    entry.pending_size = 0;
    return begin_file(name);
}

static bool is_fake(const char *path)
{
    return strcmp(path, DEVICE) == 0 || is_in_entry(path);
}

int __wrap_open64(const char *path, int flags, ...)
{
    va_list mode;
    if (is_fake(path))
        return open_fake(path, flags);
    va_start(mode, flags);
    int fd = __real_open64(path, flags, va_arg(mode, unsigned));
    va_end(mode);
    return fd;
}

int __wrap___open64_2(const char *path, int flags)
{
    return __wrap_open64(path, flags, 0);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    size_t size = 0;
    if (!is_in_entry(path))
        return __real_mkdir(path, mode);
    if (fails("mkdir", strrchr(path, '/') + 1, &size))
        return -1;
    if (!is_way("configfs"))
        return refuse(ENOENT);
    if (strtoul(strrchr(path, '-') + 1, NULL, 10) < number("FAKE_TAKEN"))
        return refuse(EEXIST);
    REQUIRE(!entry.is_there);
    memset(&entry, 0, sizeof entry);
    entry.is_there = true;
    note("made", strrchr(path, '/') + 1);
    made++;
    return 0;
}

int __wrap_rmdir(const char *path)
{
    size_t size = 0;
    if (!is_in_entry(path))
        return __real_rmdir(path);
    REQUIRE(entry.is_there);
    if (fails("rmdir", strrchr(path, '/') + 1, &size))
        return -1;
    note("removed", strrchr(path, '/') + 1);
    entry.is_there = false;
    return 0;
}

static const char *file_of(int fd)
{
    return fd >= 0 && fd < FILES_MAX ? files[fd] : NULL;
}

/* As configfs does, at the first read. Returns false with errno if there is nothing. */
static bool fill(int fd)
{
    uint8_t bytes[BLOB_MAX];
    if (is_filled[fd])
        return true;
    ssize_t size = make_contents(files[fd], bytes);
    if (size < 0)
        return false;
    is_filled[fd] = true;
    REQUIRE(__real_write(fd, bytes, (size_t)size) == size && lseek(fd, 0, SEEK_SET) == 0);
    return true;
}

ssize_t __wrap_read(int fd, void *bytes, size_t size)
{
    if (file_of(fd) == NULL)
        return __real_read(fd, bytes, size);
    if (fails("read", files[fd], &size) || !fill(fd))
        return -1;
    return __real_read(fd, bytes, size);
}

static ssize_t write_vmpl(const char *bytes, size_t size)
{
    char text[16] = "";
    REQUIRE(size < sizeof text);
    memcpy(text, bytes, size);
    entry.vmpl = (unsigned)strtoul(text, NULL, 10);
    if (entry.vmpl < number("FAKE_FLOOR") || entry.vmpl > 3)
        return refuse(EINVAL);
    entry.generation++;
    return (ssize_t)size;
}

ssize_t __wrap_write(int fd, const void *bytes, size_t size)
{
    if (file_of(fd) == NULL)
        return __real_write(fd, bytes, size);
    if (fails("write", files[fd], &size))
        return -1;
    if (strcmp(files[fd], "privlevel") == 0)
        return write_vmpl(bytes, size);
    REQUIRE(strcmp(files[fd], "inblob") == 0 && size <= DATA_SIZE - entry.pending_size);
    memcpy(entry.pending + entry.pending_size, bytes, size);
    entry.pending_size += size;
    return (ssize_t)size;
}

/* As configfs does, when the file is closed. */
static void take_data(void)
{
    if (entry.pending_size == 0 || ++taken <= number("FAKE_LOSES"))
        return;
    memcpy(entry.data, entry.pending, DATA_SIZE);
    entry.size = entry.pending_size;
    entry.generation++;
    if (getenv("FAKE_LATE") == NULL)
        disturb();
}

int __wrap_close(int fd)
{
    size_t size = 0;
    const char *file = file_of(fd);
    if (file == NULL)
        return __real_close(fd);
    bool failing = fails("close", file, &size);
    int error = errno;
    if (strcmp(file, "inblob") == 0 && !failing)
        take_data();
    files[fd] = NULL;
    REQUIRE(__real_close(fd) == 0);
    errno = error;
    return failing ? -1 : 0;
}

/* The structures of Linux's own header. */
static int answer_report(struct snp_guest_request_ioctl *message,
                         const struct snp_report_req *request)
{
    static uint8_t bytes[BLOB_MAX];
    struct snp_report_resp *answer = (void *)(uintptr_t)message->resp_data;
    ssize_t size = make_report(request->user_data, request->vmpl, bytes);
    uint32_t head[2] = {(uint32_t)number("FAKE_STATUS"), (uint32_t)size};
    for (size_t i = 0; i < sizeof request->rsvd; i++)
        REQUIRE(request->rsvd[i] == 0);
    if (size < 0)
        head[0] = 0x16;
    if (head[0] != 0)
        head[1] = 0;
    if (getenv("FAKE_SIZE") != NULL)
        head[1] = (uint32_t)number("FAKE_SIZE");
    memset(answer, 0, sizeof *answer);
    memcpy(answer->data, head, sizeof head);
    if (head[0] == 0)
        memcpy(answer->data + 32, bytes, (size_t)size);
    message->exitinfo2 = 0;
    return 0;
}

static int answer_with_table(struct snp_guest_request_ioctl *message)
{
    static uint8_t bytes[BLOB_MAX];
    struct snp_ext_report_req *request = (void *)(uintptr_t)message->req_data;
    ssize_t size = load("table", bytes);
    if (request->certs_len > TABLE_MAX || request->certs_len % 4096 != 0)
        return refuse(EINVAL);
    if (size > (ssize_t)request->certs_len) {
        message->exitinfo2 = (uint64_t)SNP_GUEST_VMM_ERR_INVALID_LEN << 32;
        return refuse(EIO);
    }
    if (size > 0)
        memcpy((void *)(uintptr_t)request->certs_address, bytes, (size_t)size);
    return answer_report(message, &request->data);
}

int __wrap_ioctl(int fd, unsigned long call, ...)
{
    va_list rest;
    size_t size = 0;
    va_start(rest, call);
    struct snp_guest_request_ioctl *message = va_arg(rest, void *);
    va_end(rest);
    REQUIRE(file_of(fd) != NULL);
    bool with_table = call == SNP_GET_EXT_REPORT;
    REQUIRE(with_table || call == SNP_GET_REPORT);
    if (fails("ioctl", with_table ? "table" : "report", &size))
        return -1;
    REQUIRE(message->msg_version == 1);
    message->exitinfo2 = 0xff;
    if (getenv("FAKE_ERROR") != NULL && (with_table || getenv("FAKE_ALONE") == NULL)) {
        message->exitinfo2 = (uint64_t)number("FAKE_HOST") << 32 |
                             strtoul(setting("FAKE_FIRMWARE", "0xff"), NULL, 0);
        return refuse((int)number("FAKE_ERROR"));
    }
    return with_table ? answer_with_table(message)
                      : answer_report(message, (void *)(uintptr_t)message->req_data);
}
