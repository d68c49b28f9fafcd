/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Does the POSIX port handle system calls that fail, do less than requested, or are
 * interrupted? They are wrapped, so that a test can make one of them do so.
 */
#define _XOPEN_SOURCE 700
#define _FILE_OFFSET_BITS 64
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* After the headers that it needs. */
#include <cmocka.h>

#include "port.h"

enum call { FSYNC, CLOSE, RENAME, LINK, WRITE, READ, RANDOM, STAT, TIME, CALLS };

/* The n-th call of each kind, from 1, fails with `error`; 0: none does. */
static struct {
    unsigned made[CALLS];
    unsigned failing[CALLS];
    int error;
    bool is_for_ever; /* from then on */
    size_t size;      /* bytes that this call of WRITE, READ or RANDOM handles, if `error` is 0 */
    int signal;       /* that arrives in that call */
    unsigned waits;   /* calls of poll() */
    int64_t modified; /* is added to that status */
    int64_t changed;
    long system; /* the type that the file system reports; 0: its real one */
} faults;

static bool fails(enum call call)
{
    unsigned failing = faults.failing[call];
    bool now = ++faults.made[call] == failing ||
               (faults.is_for_ever && failing > 0 && faults.made[call] > failing);
    if (now && faults.signal != 0)
        (void)raise(faults.signal);
    errno = faults.error;
    return now;
}

int __wrap_fsync(int fd);
int __real_fsync(int fd);
int __wrap_close(int fd);
int __real_close(int fd);
int __wrap_rename(const char *from, const char *to);
int __real_rename(const char *from, const char *to);
int __wrap_link(const char *from, const char *to);
int __real_link(const char *from, const char *to);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
ssize_t __real_write(int fd, const void *bytes, size_t size);
ssize_t __wrap_read(int fd, void *bytes, size_t size);
ssize_t __real_read(int fd, void *bytes, size_t size);
ssize_t __wrap_getrandom(void *bytes, size_t size, unsigned flags);
ssize_t __real_getrandom(void *bytes, size_t size, unsigned flags);
int __wrap_clock_gettime(clockid_t clock, struct timespec *time);
int __real_clock_gettime(clockid_t clock, struct timespec *time);
int __wrap_poll(struct pollfd *waiting, nfds_t count, int timeout);
int __real_poll(struct pollfd *waiting, nfds_t count, int timeout);
int __wrap_fstat64(int fd, struct stat *status);
int __real_fstat64(int fd, struct stat *status);
int __wrap_fstatfs64(int fd, struct statfs *system);
int __real_fstatfs64(int fd, struct statfs *system);

int __wrap_fsync(int fd)
{
    return fails(FSYNC) && faults.error != 0 ? -1 : __real_fsync(fd);
}

/* Closes even on failure, as Linux does. */
int __wrap_close(int fd)
{
    bool failing = fails(CLOSE);
    int result = __real_close(fd);
    errno = failing ? faults.error : errno;
    return failing ? -1 : result;
}

int __wrap_rename(const char *from, const char *to)
{
    return fails(RENAME) ? -1 : __real_rename(from, to);
}

int __wrap_link(const char *from, const char *to)
{
    return fails(LINK) ? -1 : __real_link(from, to);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t size)
{
    if (!fails(WRITE))
        return __real_write(fd, bytes, size);
    return faults.error != 0 ? -1 : __real_write(fd, bytes, faults.size);
}

ssize_t __wrap_read(int fd, void *bytes, size_t size)
{
    if (!fails(READ))
        return __real_read(fd, bytes, size);
    return faults.error != 0 ? -1 : __real_read(fd, bytes, faults.size);
}

/* One that does not fail by an error is that of a clock that was never set. */
int __wrap_clock_gettime(clockid_t clock, struct timespec *time)
{
    if (!fails(TIME))
        return __real_clock_gettime(clock, time);
    *time = (struct timespec){0};
    return faults.error != 0 ? -1 : 0;
}

ssize_t __wrap_getrandom(void *bytes, size_t size, unsigned flags)
{
    if (!fails(RANDOM))
        return __real_getrandom(bytes, size, flags);
    return faults.error != 0 ? -1 : __real_getrandom(bytes, faults.size, flags);
}

int __wrap_poll(struct pollfd *waiting, nfds_t count, int timeout)
{
    faults.waits++;
    return __real_poll(waiting, count, timeout);
}

int __wrap_fstat64(int fd, struct stat *status)
{
    int result = __real_fstat64(fd, status);
    if (fails(STAT)) {
        status->st_mtim.tv_nsec += faults.modified;
        status->st_ctim.tv_nsec += faults.changed;
    }
    return result;
}

int __wrap_fstatfs64(int fd, struct statfs *system)
{
    int result = __real_fstatfs64(fd, system);
    if (faults.system != 0)
        system->f_type = faults.system;
    return result;
}

/* Never called: the port's entry is not linked. */
int app_main(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    return 3;
}

static char folder[] = "/tmp/sevlaunch-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL || chdir(folder) != 0 ? -1 : 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return chdir("/") + rmdir(folder);
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static int reset_faults(void **state)
{
    (void)state;
    memset(&faults, 0, sizeof faults);
    put("header", "old header");
    return 0;
}

/* Any other file should have been removed. */
static int remove_files(void **state)
{
    int entries = 0;
    (void)state;
    memset(&faults, 0, sizeof faults);
    (void)unlink("header");
    (void)unlink("payload");
    DIR *opened = opendir(".");
    assert_non_null(opened);
    for (const struct dirent *entry; (entry = readdir(opened)) != NULL;)
        entries += entry->d_name[0] != '.';
    (void)closedir(opened);
    return entries == 0 ? 0 : -1;
}

static void assert_holds(const char *name, const char *text)
{
    char bytes[64] = {0};
    int fd = open(name, O_RDONLY);
    assert_true(fd >= 0);
    assert_true(__real_read(fd, bytes, sizeof bytes - 1) >= 0);
    assert_string_equal(bytes, text);
    assert_int_equal(__real_close(fd), 0);
}

static bool write_both(struct port_sink sinks[2])
{
    assert_true(port_create(&sinks[0], "header", PORT_OWNER));
    assert_true(port_create(&sinks[1], "payload", PORT_OWNER));
    assert_true(port_write(&sinks[0], "new header", 10));
    assert_true(port_write(&sinks[1], "new payload", 11));
    return port_commit(sinks, 2);
}

static void assert_as_before(void)
{
    assert_holds("header", "old header");
    assert_int_equal(access("payload", F_OK), -1);
}

static void assert_new(void)
{
    assert_holds("header", "new header");
    assert_holds("payload", "new payload");
}

/* Which of two files failed, and why. */
static void assert_fails(enum call call, unsigned n, int error, int failed)
{
    struct port_sink sinks[2];
    faults.failing[call] = faults.made[call] + n;
    faults.error = error;
    assert_false(write_both(sinks));
    assert_string_equal(port_sink_reason(&sinks[failed]), strerror(error));
    assert_null(port_sink_reason(&sinks[1 - failed]));
    assert_as_before();
    faults.failing[call] = 0;
}

static void test_both_appear(void **state)
{
    struct port_sink sinks[2];
    (void)state;
    assert_true(write_both(sinks));
    assert_null(port_sink_reason(&sinks[0]));
    assert_null(port_sink_reason(&sinks[1]));
    assert_new();
    assert_int_equal(faults.made[FSYNC], 4); /* of two files, and of the folder of each */
}

static void test_sync_fails(void **state)
{
    (void)state;
    assert_fails(FSYNC, 1, EIO, 0);
    assert_fails(FSYNC, 2, EIO, 1);
    assert_fails(FSYNC, 3, EIO, 0);
    assert_fails(FSYNC, 4, EIO, 1);
}

/* Only for a folder EINVAL is no failure: a file system can have nothing to do for it. */
static void test_sync_is_not_there(void **state)
{
    struct port_sink sinks[2];
    (void)state;
    assert_fails(FSYNC, 1, EINVAL, 0);
    faults.failing[FSYNC] = faults.made[FSYNC] + 3;
    assert_true(write_both(sinks));
    assert_new();
}

static void test_sync_is_interrupted(void **state)
{
    struct port_sink sinks[2];
    (void)state;
    faults.failing[FSYNC] = 1;
    faults.error = EINTR;
    assert_true(write_both(sinks));
    assert_int_equal(faults.made[FSYNC], 5);
    assert_new();
}

/* No second close: another file may have the descriptor by then. */
static void test_close_fails(void **state)
{
    (void)state;
    assert_fails(CLOSE, 1, EIO, 0);
    assert_fails(CLOSE, 2, EDQUOT, 1);
    assert_fails(CLOSE, 1, EINTR, 0);
}

static void test_rename_fails(void **state)
{
    (void)state;
    assert_fails(RENAME, 1, EIO, 0);
    assert_fails(RENAME, 2, EACCES, 1);
}

/* On a disk without links, the old file is renamed; if that fails, too, nothing is. */
static void test_link_fails(void **state)
{
    struct port_sink sinks[2];
    (void)state;
    assert_fails(LINK, 1, EEXIST, 0);
    faults.failing[LINK] = faults.made[LINK] + 1;
    faults.error = EPERM;
    assert_fails(RENAME, 1, EPERM, 0);
    for (unsigned n = 2; n <= 3; n++) {
        faults.failing[LINK] = faults.made[LINK] + 1;
        assert_fails(RENAME, n, EPERM, n == 2 ? 0 : 1);
    }
    faults.failing[LINK] = faults.made[LINK] + 1;
    assert_true(write_both(sinks));
    assert_new();
}

/* The old file is not lost, and the new one does not stay without its other half. */
static void test_old_file_that_does_not_come_back(void **state)
{
    struct port_sink sinks[2];
    char old[sizeof sinks[0].temporary];
    (void)state;
    faults.failing[RENAME] = 2;
    faults.is_for_ever = true;
    faults.error = EIO;
    assert_false(write_both(sinks));
    memcpy(old, sinks[0].temporary, sizeof old);
    old[strlen("header")] = '~';
    assert_holds(old, "old header");
    assert_int_equal(unlink(old), 0);
    assert_int_equal(access("header", F_OK), -1);
}

/* As on a disk that takes two names for one. */
static void test_second_file_in_place_of_the_first(void **state)
{
    struct port_sink sinks[2];
    (void)state;
    assert_true(port_create(&sinks[0], "header", PORT_OWNER));
    assert_true(port_create(&sinks[1], "./header", PORT_OWNER));
    assert_false(port_commit(sinks, 2));
    assert_string_equal(port_sink_reason(&sinks[0]), strerror(EEXIST));
    assert_as_before();
}

static void test_short_write(void **state)
{
    struct port_sink sinks[2];
    (void)state;
    faults.failing[WRITE] = 1;
    faults.size = 3;
    assert_true(write_both(sinks));
    assert_new();
}

/* Otherwise it would never end. */
static void test_write_of_nothing(void **state)
{
    struct port_sink sink;
    (void)state;
    faults.failing[WRITE] = 1;
    faults.is_for_ever = true;
    assert_false(port_print(PORT_OUT, "x", 1));
    assert_true(port_create(&sink, "header", PORT_OWNER));
    assert_false(port_write(&sink, "new", 3));
    assert_string_equal(port_sink_reason(&sink), strerror(EIO));
    port_abandon(&sink);
    assert_as_before();
}

/* With and without a wait. */
static void assert_written_after(int error, unsigned waits)
{
    struct port_sink sinks[2];
    faults.failing[WRITE] = faults.made[WRITE] + 1;
    faults.error = error;
    faults.waits = 0;
    assert_true(write_both(sinks));
    assert_int_equal(faults.waits, waits);
    assert_new();
    faults.failing[WRITE] = faults.made[WRITE] + 1;
    assert_true(port_print(PORT_OUT, "", 0));
    assert_true(port_print(PORT_OUT, "\n", 1));
    assert_int_equal(faults.waits, 2 * waits);
}

static void test_write_is_interrupted(void **state)
{
    (void)state;
    assert_written_after(EINTR, 0);
    assert_written_after(EAGAIN, 1);
}

static void test_write_fails(void **state)
{
    struct port_sink sink;
    (void)state;
    assert_true(port_create(&sink, "header", PORT_OWNER));
    faults.failing[WRITE] = 1;
    faults.error = ENOSPC;
    assert_false(port_write(&sink, "new", 3));
    assert_string_equal(port_sink_reason(&sink), strerror(ENOSPC));
    port_abandon(&sink);
    assert_as_before();
}

static bool read_header(struct port_source *source, char bytes[64])
{
    size_t total = 0;
    size_t got;
    if (!port_open(source, "header"))
        return false;
    do {
        if (!port_read(source, bytes + total, 63 - total, &got)) {
            port_close(source);
            return false;
        }
        total += got;
    } while (got > 0);
    bytes[total] = '\0';
    port_close(source);
    return true;
}

static void assert_read(void)
{
    struct port_source source;
    char bytes[64];
    assert_true(read_header(&source, bytes));
    assert_string_equal(bytes, "old header");
}

static void assert_not_read(const char *reason)
{
    struct port_source source;
    char bytes[64];
    assert_false(read_header(&source, bytes));
    assert_string_equal(port_reason(&source), reason);
}

static void test_read(void **state)
{
    (void)state;
    faults.failing[READ] = 1;
    faults.size = 3;
    assert_read();
    for (int i = 0; i < 2; i++) {
        faults.failing[READ] = faults.made[READ] + 1;
        faults.error = i == 0 ? EINTR : EAGAIN;
        assert_read();
        assert_int_equal(faults.waits, i);
    }
    faults.failing[READ] = faults.made[READ] + 1;
    faults.error = EIO;
    assert_not_read(strerror(EIO));
}

/* Except for files whose size tells nothing about the content. */
static void test_end_that_comes_early(void **state)
{
    static const long systems[] = {0x62656572, 0x62656570}; /* sysfs, configfs */
    struct port_source source;
    char bytes[64];
    (void)state;
    faults.failing[READ] = 2;
    assert_read();
    faults.failing[READ] = faults.made[READ] + 1; /* of 0 bytes */
    assert_not_read("it ended before its size");
    for (size_t i = 0; i < 2; i++) {
        faults.system = systems[i];
        faults.failing[READ] = faults.made[READ] + 1;
        assert_true(read_header(&source, bytes));
        assert_string_equal(bytes, "");
    }
}

static void assert_size(const char *name, bool is_known, uint64_t expected)
{
    struct port_source source;
    uint64_t size = 99;
    assert_true(port_open(&source, name));
    assert_int_equal(port_size(&source, &size), is_known);
    assert_int_equal(size, expected);
    port_close(&source);
}

/* What is left to read of a file; nothing is said of what is none. */
static void test_size(void **state)
{
    struct port_source source;
    char bytes[3];
    uint64_t size;
    size_t got;
    (void)state;
    assert_size("header", true, 10);
    assert_size("/dev/null", false, 0);
    assert_true(port_open(&source, "header"));
    assert_true(port_read(&source, bytes, sizeof bytes, &got));
    assert_true(port_size(&source, &size));
    assert_int_equal(size, 7);
    port_close(&source);
    faults.system = 0x62656572; /* sysfs */
    assert_size("header", false, 0);
}

/* Each of the two times is enough. */
static void test_times(void **state)
{
    (void)state;
    faults.failing[STAT] = 2;
    faults.modified = 1;
    assert_not_read("it changed while it was read");
    faults.failing[STAT] = faults.made[STAT] + 2;
    faults.modified = 0;
    faults.changed = 1;
    assert_not_read("it changed while it was read");
    assert_read();
}

static bool is_filled(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0)
            return true;
    return false;
}

/* A short answer is no end: the rest is filled, too. */
static void test_random(void **state)
{
    unsigned char bytes[64] = {0};
    (void)state;
    faults.failing[RANDOM] = 1;
    faults.size = 5;
    assert_true(port_random(bytes, sizeof bytes));
    for (size_t i = 0; i < sizeof bytes; i += 16)
        assert_true(is_filled(bytes + i, 16));
    faults.failing[RANDOM] = faults.made[RANDOM] + 1;
    faults.error = EINTR;
    assert_true(port_random(bytes, sizeof bytes));
    faults.failing[RANDOM] = faults.made[RANDOM] + 1;
    faults.error = ENOSYS;
    assert_false(port_random(bytes, sizeof bytes));
    faults.failing[RANDOM] = faults.made[RANDOM] + 1;
    faults.is_for_ever = true;
    faults.error = 0;
    faults.size = 0;
    assert_false(port_random(bytes, sizeof bytes));
}

static void test_clock(void **state)
{
    (void)state;
    uint64_t seconds = 0;
    assert_true(port_time(&seconds));
    assert_true(seconds > UINT64_C(1767225600));
    for (int error = 0; error <= EPERM; error += EPERM) {
        seconds = 9;
        faults.failing[TIME] = faults.made[TIME] + 1;
        faults.error = error;
        assert_false(port_time(&seconds));
        assert_true(seconds == 0);
    }
}

static void write_with_signal(enum call call, unsigned n, int number)
{
    struct port_sink sinks[2];
    faults.failing[call] = n;
    faults.error = EINTR;
    faults.signal = number;
    _exit(write_both(sinks) ? 0 : 3);
}

/* Returns the signal that ends a child which gets it in that call; 0 if it continues. */
static int signal_of(enum call call, unsigned n, int number, bool is_ignored)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (is_ignored)
            (void)signal(number, SIG_IGN);
        write_with_signal(call, n, number);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status))
        return WTERMSIG(status);
    assert_int_equal(WEXITSTATUS(status), 0);
    return 0;
}

/* It ends the process. Before a file has appeared, none stays; after that, both do. */
static void test_signals(void **state)
{
    static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(signal_of(WRITE, 2, numbers[i], false), numbers[i]);
        assert_int_equal(signal_of(FSYNC, 2, numbers[i], false), numbers[i]);
        assert_as_before();
        assert_int_equal(signal_of(FSYNC, 3, numbers[i], false), numbers[i]);
        assert_new();
        assert_int_equal(unlink("payload"), 0);
        put("header", "old header");
    }
}

static void test_signals_that_are_ignored(void **state)
{
    (void)state;
    assert_int_equal(signal_of(FSYNC, 2, SIGHUP, true), 0);
    assert_new();
}

#define test(function) cmocka_unit_test_setup_teardown(function, reset_faults, remove_files)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_both_appear),
        test(test_sync_fails),
        test(test_sync_is_not_there),
        test(test_sync_is_interrupted),
        test(test_close_fails),
        test(test_rename_fails),
        test(test_link_fails),
        test(test_old_file_that_does_not_come_back),
        test(test_second_file_in_place_of_the_first),
        test(test_short_write),
        test(test_write_of_nothing),
        test(test_write_is_interrupted),
        test(test_write_fails),
        test(test_read),
        test(test_end_that_comes_early),
        test(test_size),
        test(test_times),
        test(test_random),
        test(test_clock),
        test(test_signals),
        test(test_signals_that_are_ignored),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
