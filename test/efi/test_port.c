/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Does the port keep the contract of port.h if firmware fails, in ways in which firmware
 * under QEMU never does?
 */
#include <string.h>

#include "cmocka_tests.h"
#include "firmware.h"
#include "next.h"
#include "platform.h"
#include "port.h"
#include "status.h"

static struct port_source source;
static struct port_sink sink;
static unsigned char buffer[3 << 20];

/* The arguments of app_main(), and what it is to return. */
static int app_count;
static char app_last[64];
static int app_code;

/* The program that it wants to follow, or NULL; and what it is told. */
static const char *app_next;
static bool app_loaded;
static const char *app_reason;

int app_main(int argc, const char *const argv[])
{
    app_count = argc;
    strncpy(app_last, argv[argc - 1], sizeof app_last - 1);
    if (app_next != NULL)
        app_loaded = port_load_next(&app_reason, app_next);
    return app_code;
}

static int reset_firmware(void **state)
{
    (void)state;
    platform_system = firmware_reset();
    platform_image = &firmware.image;
    app_count = 0;
    app_code = 0;
    app_next = NULL;
    app_loaded = false;
    app_reason = "";
    return 0;
}

static void assert_units(const CHAR16 *units, const CHAR16 *expected)
{
    size_t i = 0;
    for (; expected[i] != 0; i++)
        assert_int_equal(units[i], expected[i]);
    assert_int_equal(units[i], 0);
}

static void assert_opens(const char *name, const CHAR16 *path, const void *device)
{
    assert_true(port_open(&source, name));
    assert_units(firmware.path, path);
    assert_ptr_equal(firmware.device, device);
    port_close(&source);
    assert_int_equal(firmware.opened, firmware.closed);
}

static void assert_not_opened(const char *name, const char *reason)
{
    assert_false(port_open(&source, name));
    assert_string_equal(port_reason(&source), reason);
    assert_int_equal(firmware.opened, firmware.closed);
}

/* Fails now, and again in every later call. */
static void assert_not_read(const char *reason)
{
    size_t got = 1;
    assert_false(port_read(&source, buffer, sizeof buffer, &got));
    assert_int_equal(got, 0);
    assert_string_equal(port_reason(&source), reason);
    firmware.read_status = EFI_SUCCESS;
    firmware.excess = 0;
    got = 1;
    assert_false(port_read(&source, buffer, sizeof buffer, &got));
    assert_int_equal(got, 0);
    port_close(&source);
    assert_int_equal(firmware.opened, firmware.closed);
}

static void read_all(void)
{
    size_t got;
    assert_true(port_open(&source, "a"));
    assert_true(port_read(&source, buffer, sizeof buffer, &got));
    assert_int_equal(got, firmware.size);
}

static void test_reads_are_capped(void **state)
{
    size_t got;
    (void)state;
    firmware.size = firmware.size_at_end = sizeof buffer - 1;
    assert_true(port_open(&source, "a"));
    for (size_t total = 0; total < sizeof buffer - 1; total += got) {
        assert_true(port_read(&source, buffer, sizeof buffer, &got));
        assert_true(got > 0);
    }
    assert_true(port_read(&source, buffer, sizeof buffer, &got));
    assert_int_equal(got, 0);
    assert_true(port_read(&source, buffer, sizeof buffer, &got));
    assert_int_equal(got, 0);
    port_close(&source);
    assert_int_equal(firmware.largest_read, 1 << 20);
}

static void test_size(void **state)
{
    uint64_t size = 0;
    size_t got;
    (void)state;
    assert_true(port_open(&source, "a"));
    assert_true(port_size(&source, &size));
    assert_int_equal(size, firmware.size);
    assert_true(port_read(&source, buffer, 3, &got));
    assert_true(port_size(&source, &size));
    assert_int_equal(size, firmware.size - 3);
    port_close(&source);
}

static void test_file_that_grew(void **state)
{
    (void)state;
    firmware.size_at_end = 101;
    read_all();
    assert_not_read("it changed size while it was read");
    assert_true(status_of_exit(3) == EFI_ABORTED);
}

/* Bytes that were appended after it was opened are read, but make it fail. */
static void test_file_that_grew_before(void **state)
{
    size_t got;
    (void)state;
    assert_true(port_open(&source, "a"));
    firmware.size = firmware.size_at_end = 101;
    assert_true(port_read(&source, buffer, sizeof buffer, &got));
    assert_int_equal(got, 101);
    assert_not_read("it changed size while it was read");
}

static void test_file_that_shrank(void **state)
{
    (void)state;
    firmware.size_at_end = 99;
    read_all();
    assert_not_read("it changed size while it was read");
}

static void test_file_that_ends_early(void **state)
{
    (void)state;
    read_all();
    source.size = firmware.size_at_end = 101;
    assert_not_read("it changed size while it was read");
}

static void test_read_errors(void **state)
{
    (void)state;
    assert_true(port_open(&source, "a"));
    firmware.read_status = EFI_DEVICE_ERROR;
    assert_not_read("the device reported an error");
    assert_true(status_of_exit(3) == EFI_DEVICE_ERROR);
    assert_true(port_open(&source, "a"));
    firmware.read_status = 4; /* EFI_WARN_BUFFER_TOO_SMALL */
    assert_not_read("the firmware reported an error");
    assert_true(status_of_exit(3) == EFI_ABORTED);
}

static void test_read_of_too_much(void **state)
{
    (void)state;
    firmware.size = firmware.size_at_end = sizeof buffer;
    firmware.excess = 1;
    assert_true(port_open(&source, "a"));
    assert_not_read("the device reported an error");
}

static void test_open_errors(void **state)
{
    (void)state;
    firmware.open_status = EFI_NOT_FOUND;
    assert_not_opened("a", "there is no such file");
    assert_true(status_of_exit(3) == EFI_NOT_FOUND);
    firmware.open_status = EFI_SUCCESS;
    firmware.info_status = EFI_VOLUME_CORRUPTED;
    assert_not_opened("a", "the file system is damaged");
    firmware.volume_status = EFI_NO_MEDIA;
    assert_not_opened("a", "there is no medium in the device");
    reset_firmware(NULL);
    firmware.attribute = EFI_FILE_DIRECTORY;
    assert_not_opened("a", "it is a directory");
    assert_not_opened("-", "EFI has no standard input");
    reset_firmware(NULL);
    firmware.image.DeviceHandle = NULL;
    assert_not_opened("a", "the application was not loaded from a file system");
}

static void test_long_names(void **state)
{
    char name[2048];
    CHAR16 current[2048] = {0};
    (void)state;
    memset(name, 'a', sizeof name);
    for (size_t i = 0; i < 1024; i++)
        current[i] = i < 1023 ? 'a' : ':';
    name[1023] = '\0';
    assert_not_opened(name, "its path is too long");
    name[1023] = 'a';
    name[1024] = '\0';
    assert_not_opened(name, "its name is too long");
    firmware.has_shell = 1;
    firmware.current = current;
    assert_not_opened("a", "its path is too long");
}

static void test_names_without_a_shell(void **state)
{
    (void)state;
    assert_opens("a/b", u"\\a\\b", &firmware_own_device);
    assert_opens("\\a\\b", u"\\a\\b", &firmware_own_device);
    assert_opens("\xc3\xa4", u"\\\x00e4", &firmware_own_device);
    assert_not_opened("FS1:a", "there is no shell to map it to a volume");
}

static void test_names_in_a_shell(void **state)
{
    (void)state;
    firmware.has_shell = 1;
    assert_opens("a", u"\\a", &firmware_own_device);
    assert_opens("FS1:a", u"\\a", &firmware_other_device);
    firmware.current = u"FS1:\\dir";
    assert_opens("a", u"\\dir\\a", &firmware_other_device);
    assert_opens("/a", u"\\a", &firmware_other_device);
    firmware.current_1 = u"FS1:\\sub";
    assert_opens("FS1:a", u"\\sub\\a", &firmware_other_device);
    assert_opens("FS1:/a", u"\\a", &firmware_other_device);
    assert_not_opened("FS2:a", "the shell maps it to no volume");
    firmware.is_behind = 1;
    assert_not_opened("FS1:a", "the shell maps it to no volume");
}

static void assert_places(enum firmware_place old, enum firmware_place new)
{
    assert_int_equal(firmware.old, old);
    assert_int_equal(firmware.new, new);
    assert_int_equal(firmware.opened, firmware.closed);
}

static void test_commit(void **state)
{
    (void)state;
    firmware.old = FIRMWARE_GONE;
    assert_true(port_create(&sink, "dir/a", PORT_OWNER));
    assert_units(firmware.path, u"\\dir\\a.part");
    assert_true(port_write(&sink, buffer, 100));
    assert_true(port_write(&sink, buffer, 3 << 20));
    assert_true(port_commit(&sink, 1));
    assert_int_equal(firmware.written, 100 + (3 << 20));
    assert_units(firmware.renamed, u"a");
    assert_places(FIRMWARE_GONE, FIRMWARE_NAME);
}

static void test_commit_replaces(void **state)
{
    (void)state;
    assert_true(port_create(&sink, "a", PORT_OWNER));
    assert_int_equal(firmware.old, FIRMWARE_NAME);
    assert_true(port_commit(&sink, 1));
    assert_units(firmware.renamed, u"a");
    assert_places(FIRMWARE_GONE, FIRMWARE_NAME);
}

static void test_abandon(void **state)
{
    (void)state;
    assert_true(port_create(&sink, "a", PORT_OWNER));
    assert_true(port_write(&sink, buffer, 100));
    port_abandon(&sink);
    assert_places(FIRMWARE_NAME, FIRMWARE_GONE);
    assert_null(port_sink_reason(&sink));
}

static void assert_not_created(const char *name, const char *reason)
{
    assert_false(port_create(&sink, name, PORT_OWNER));
    assert_string_equal(port_sink_reason(&sink), reason);
    assert_int_equal(firmware.parts_deleted, 0);
    assert_int_equal(firmware.opened, firmware.closed);
}

static void test_create_errors(void **state)
{
    char name[1024];
    (void)state;
    memset(name, 'a', sizeof name);
    name[1018] = '\0';
    assert_not_created(name, "its path is too long");
    firmware.has_part = 1;
    assert_not_created("a", "a file of its name with .part after it is in the way");
    firmware.has_back = 1;
    assert_not_created("a", "a file of its name with .back after it is in the way");
    firmware.attribute = EFI_FILE_DIRECTORY;
    assert_not_created("a", "it is a directory");
    firmware.open_status = EFI_WRITE_PROTECTED;
    assert_not_created("a", "the volume is write-protected");
    firmware.open_status = EFI_NOT_FOUND;
    assert_not_created("a", "there is no such directory");
    assert_true(status_of_exit(3) == EFI_NOT_FOUND);
}

static void test_longest_name(void **state)
{
    char name[1024];
    (void)state;
    memset(name, 'a', sizeof name);
    name[1017] = '\0';
    assert_true(port_create(&sink, name, PORT_OWNER));
    assert_true(port_commit(&sink, 1));
    assert_int_equal(firmware.renamed[1016], 'a');
    assert_int_equal(firmware.renamed[1017], 0);
}

static void test_write_errors(void **state)
{
    (void)state;
    assert_true(port_create(&sink, "a", PORT_OWNER));
    firmware.write_status = EFI_VOLUME_FULL;
    assert_false(port_write(&sink, buffer, 100));
    assert_string_equal(port_sink_reason(&sink), "the volume is full");
    firmware.write_status = EFI_SUCCESS;
    firmware.missing = 1;
    assert_false(port_write(&sink, buffer, 100));
    assert_string_equal(port_sink_reason(&sink), "the device reported an error");
}

/* No .part file stays, and what was there before is there. */
static void assert_not_committed(const char *reason)
{
    enum firmware_place old = firmware.old;
    assert_true(port_create(&sink, "a", PORT_OWNER));
    assert_false(port_commit(&sink, 1));
    assert_string_equal(port_sink_reason(&sink), reason);
    assert_places(old, FIRMWARE_GONE);
    reset_firmware(NULL);
}

static void test_commit_errors(void **state)
{
    (void)state;
    firmware.flush_status = EFI_DEVICE_ERROR;
    assert_not_committed("the device reported an error");
    for (unsigned n = 1; n <= 2; n++) {
        firmware.failing_rename = n;
        firmware.rename_status = EFI_VOLUME_FULL;
        assert_not_committed("the volume is full");
    }
    firmware.old = FIRMWARE_GONE;
    firmware.failing_rename = 1;
    firmware.rename_status = EFI_DEVICE_ERROR;
    assert_not_committed("the device reported an error");
}

static void test_same_names(void **state)
{
    (void)state;
    assert_true(port_is_same("a", "a"));
    assert_true(port_is_same("a", "/A"));
    assert_true(port_is_same("dir/a", "dir\\x\\..\\.\\A."));
    assert_false(port_is_same("a", "b"));
    assert_false(port_is_same("a", "a/a"));
    assert_false(port_is_same("FS1:a", "FS1:a"));
    firmware.has_shell = 1;
    assert_true(port_is_same("FS1:a", "FS1:\\A"));
    assert_false(port_is_same("FS1:a", "a"));
    assert_false(port_is_same("FS2:a", "FS2:a"));
    firmware.current = u"FS1:\\dir";
    assert_true(port_is_same("FS1:\\dir\\a", "a"));
    assert_false(port_is_stream("a", PORT_OUT));
}

static void test_random(void **state)
{
    static const EFI_GUID served[] = {EFI_RNG_ALGORITHM_RAW, EFI_RNG_ALGORITHM_ARM_RNDR,
                                      EFI_RNG_ALGORITHM_SP800_90_CTR_256_GUID};
    static const EFI_GUID other = {1, 2, 3, {4}};
    char bytes[3] = "..";
    (void)state;
    assert_false(port_random(bytes, 2));
    firmware.algorithm = &other;
    assert_false(port_random(bytes, 2));
    assert_string_equal(bytes, "..");
    for (size_t i = 0; i < 3; i++) {
        strcpy(bytes, "..");
        firmware.algorithm = &served[i];
        assert_true(port_random(bytes, 2));
        assert_string_equal(bytes, "rr");
    }
}

static void assert_time(EFI_TIME time, uint64_t expected)
{
    uint64_t seconds = 9;
    firmware.time = time;
    assert_int_equal(port_time(&seconds), expected != 0);
    assert_true(seconds == expected);
}

static void test_time(void **state)
{
    (void)state;
    const EFI_TIME now = {.Year = 2026,
                          .Month = 11,
                          .Day = 26,
                          .Hour = 4,
                          .Minute = 7,
                          .Second = 53,
                          .TimeZone = EFI_UNSPECIFIED_TIMEZONE};
    assert_time(now, 1795666073);
    EFI_TIME other = now;
    other.TimeZone = 60;
    assert_time(other, 1795666073 + 3600);
    other.TimeZone = -1440;
    assert_time(other, 1795666073 - 86400);
    other = now;
    other.Year = 2024;
    other.Month = 2;
    other.Day = 29;
    assert_time(other, 1709179673);
    other.Month = 3;
    other.Day = 1;
    assert_time(other, 1709266073);
    other.Year = 2100;
    assert_time(other, UINT64_C(4107557273));
    firmware.time_status = EFI_DEVICE_ERROR;
    assert_time(now, 0);
}

static void test_time_that_is_none(void **state)
{
    (void)state;
    const EFI_TIME now = {.Year = 2026, .Month = 11, .Day = 26, .TimeZone = 1440};
    EFI_TIME wrong[13];
    for (size_t i = 0; i < 13; i++)
        wrong[i] = now;
    wrong[0].Year = 1970;
    wrong[1].Year = 10000;
    wrong[2].Month = 0;
    wrong[3].Month = 13;
    wrong[4].Day = 0;
    wrong[5].Day = 32;
    wrong[6].Hour = 24;
    wrong[7].Minute = 60;
    wrong[8].Second = 60;
    wrong[9].TimeZone = 1441;
    wrong[10].TimeZone = -1441;
    wrong[11].TimeZone = 0x7fe;
    wrong[12].Year = 0;
    for (size_t i = 0; i < 13; i++)
        assert_time(wrong[i], 0);
}

static void test_print(void **state)
{
    (void)state;
    assert_true(port_print(PORT_OUT, "a\nb\0c", 5));
    assert_units(firmware.out, u"a\r\nb\xfffd"
                               u"c");
    assert_true(port_print(PORT_ERR, "\xe2\x82", 2));
    assert_true(port_print(PORT_OUT, "d", 1));
    assert_true(port_print(PORT_ERR, "\xac\n", 2));
    assert_units(firmware.err, u"\x20ac\r\n");
    firmware.print_status = 1; /* EFI_WARN_UNKNOWN_GLYPH */
    assert_true(port_print(PORT_OUT, "a", 1));
    firmware.print_status = EFI_DEVICE_ERROR;
    assert_false(port_print(PORT_OUT, "a", 1));
}

/* Firmware has no console if the machine has no such device. */
static void test_print_without_consoles(void **state)
{
    (void)state;
    platform_system->ConOut = NULL;
    platform_system->StdErr = NULL;
    assert_false(port_print(PORT_OUT, "a", 1));
    assert_false(port_print(PORT_ERR, "a", 1));
    app_code = 1;
    assert_true(efi_main(NULL, platform_system) == EFI_SECURITY_VIOLATION);
}

static void test_print_of_much(void **state)
{
    char text[2000];
    (void)state;
    memset(text, '\n', sizeof text);
    assert_true(port_print(PORT_OUT, text, sizeof text));
    assert_int_equal(firmware.out_length, 2 * sizeof text);
}

static void test_exit(void **state)
{
    (void)state;
    (void)status_fail(&source.reason, EFI_SECURITY_VIOLATION, NULL);
    assert_true(status_of_exit(3) == EFI_ABORTED);
    (void)status_fail(&source.reason, EFI_INVALID_PARAMETER, NULL);
    assert_true(status_of_exit(3) == EFI_ABORTED);
    (void)status_fail(&source.reason, EFI_NOT_FOUND, NULL);
    assert_true(status_of_exit(0) == EFI_SUCCESS);
    assert_true(status_of_exit(1) == EFI_SECURITY_VIOLATION);
    assert_true(status_of_exit(2) == EFI_INVALID_PARAMETER);
    assert_true(status_of_exit(-1) == EFI_NOT_FOUND);
    assert_true(status_of_exit(256) == EFI_NOT_FOUND);
}

static void test_entry_by_options(void **state)
{
    CHAR16 options[] = u"-f fw.bin";
    (void)state;
    firmware.image.LoadOptions = options;
    firmware.image.LoadOptionsSize = sizeof options;
    app_code = 1;
    assert_true(efi_main(NULL, platform_system) == EFI_SECURITY_VIOLATION);
    assert_int_equal(app_count, 3);
    assert_string_equal(app_last, "fw.bin");
    assert_int_equal(firmware.watchdog_calls, 1);
}

static void test_entry_by_argv(void **state)
{
    CHAR16 options[] = u"a.efi ignored";
    CHAR16 name[] = u"a.efi";
    CHAR16 argument[] = u"a b";
    CHAR16 *argv[] = {name, argument};
    EFI_SHELL_PARAMETERS_PROTOCOL parameters = {argv, 2};
    (void)state;
    firmware.image.LoadOptions = options;
    firmware.image.LoadOptionsSize = sizeof options;
    firmware.parameters = &parameters;
    assert_true(efi_main(NULL, platform_system) == EFI_SUCCESS);
    assert_int_equal(app_count, 2);
    assert_string_equal(app_last, "a b");
}

static void test_entry_refused(void **state)
{
    CHAR16 options[] = u"-f \"fw.bin";
    (void)state;
    firmware.image.LoadOptions = options;
    firmware.image.LoadOptionsSize = sizeof options;
    assert_true(efi_main(NULL, platform_system) == EFI_INVALID_PARAMETER);
    assert_int_equal(app_count, 0);
    assert_units(firmware.err, u"ERROR: a quote in the arguments is not closed\r\n");
    platform_system->StdErr = NULL;
    assert_true(efi_main(NULL, platform_system) == EFI_INVALID_PARAMETER);
}

/* Nodes of a PCI device and a disk, and the end of the path. */
static const uint8_t device_path[] = {1, 1, 6, 0, 2, 3, 3, 5, 4, 0, 0x7f, 0xff, 4, 0};

/* What efi_main() returns when the application wants a program to follow, and `code` is its
 * exit code. */
static EFI_STATUS run_before(const char *next, int code)
{
    if (firmware.device_path == NULL)
        firmware.device_path = device_path;
    app_next = next;
    app_code = code;
    return efi_main(&app_count, platform_system);
}

static void test_next(void **state)
{
    static const CHAR16 name[] = u"\\a\\b.efi";
    static const uint8_t file[] = {4, 4, 4 + sizeof name, 0};
    static const uint8_t end[] = {0x7f, 0xff, 4, 0};
    const uint8_t *loaded = firmware.loaded;
    (void)state;
    firmware.image_status = EFI_VOLUME_FULL;
    assert_true(run_before("a/b.efi", 0) == EFI_VOLUME_FULL);
    assert_true(app_loaded);
    assert_int_equal(firmware.images_started, 1);
    assert_ptr_equal(firmware.parent, &app_count);
    assert_memory_equal(loaded, device_path, 10);
    assert_memory_equal(loaded + 10, file, sizeof file);
    assert_memory_equal(loaded + 14, name, sizeof name);
    assert_memory_equal(loaded + 14 + sizeof name, end, sizeof end);
    firmware.image_status = EFI_SUCCESS;
    assert_true(run_before("a/b.efi", 0) == EFI_SUCCESS);
    assert_int_equal(firmware.images_started, 2);
    assert_int_equal(firmware.images_unloaded, 0);
}

/* Only after 0, and only if it is loaded. */
static void test_next_not_started(void **state)
{
    (void)state;
    for (int code = -1; code <= 4; code++) {
        if (code == 0)
            continue;
        unsigned unloaded = firmware.images_unloaded;
        EFI_STATUS status = run_before("a.efi", code);
        assert_true(app_loaded);
        assert_true(status == status_of_exit(code));
        assert_int_equal(firmware.images_unloaded, unloaded + 1);
    }
    assert_true(run_before(NULL, 0) == EFI_SUCCESS);
    assert_int_equal(firmware.images_started, 0);
}

static void assert_not_loaded(const char *name, EFI_STATUS status, const char *reason)
{
    assert_true(run_before(name, 3) == status);
    assert_false(app_loaded);
    assert_string_equal(app_reason, reason);
    assert_int_equal(firmware.images_started, 0);
    assert_int_equal(firmware.images_loaded, firmware.images_unloaded);
}

static void test_next_not_loaded(void **state)
{
    (void)state;
    firmware.load_status = EFI_NOT_FOUND;
    assert_not_loaded("a", EFI_NOT_FOUND, "there is no such file");
    for (int i = 0; i < 2; i++) {
        firmware.load_status = i == 0 ? EFI_LOAD_ERROR : EFI_UNSUPPORTED;
        assert_not_loaded("a", firmware.load_status, "it is no EFI image for this machine");
    }
    firmware.load_status = EFI_ACCESS_DENIED;
    assert_not_loaded("a", EFI_ACCESS_DENIED,
                      "the firmware's policy (Secure Boot) does not allow it");
    firmware.load_status = EFI_SECURITY_VIOLATION;
    firmware.loads_refused = 1;
    assert_not_loaded("a", EFI_ABORTED, "the firmware's policy (Secure Boot) does not allow it");
    assert_int_equal(firmware.images_unloaded, 1);
    assert_not_loaded("FS1:a", EFI_NOT_FOUND, "there is no shell to map it to a volume");
}

/* An application that ends with 0 although nothing was loaded starts nothing. */
static void test_next_that_failed_is_not_started(void **state)
{
    (void)state;
    firmware.load_status = EFI_SECURITY_VIOLATION;
    firmware.loads_refused = 1;
    assert_true(run_before("a", 0) == EFI_SUCCESS);
    assert_int_equal(firmware.images_started, 0);
}

static void test_next_device_paths(void **state)
{
    static const char reason[] = "the firmware has no usable path of its device";
    static const uint8_t endless[] = {1, 1, 3, 0, 0x7f, 0xff, 4, 0};
    static uint8_t longest[4096] = {1, 1, 0, 4, [1024] = 0x7f, 0xff, 4, 0};
    (void)state;
    app_next = "a";
    app_code = 3;
    assert_true(efi_main(&app_count, platform_system) == EFI_ABORTED);
    assert_string_equal(app_reason, reason);
    firmware.device_path = endless;
    assert_not_loaded("a", EFI_ABORTED, reason);
    firmware.device_path = longest;
    assert_true(run_before("a", 0) == EFI_SUCCESS);
    assert_int_equal(firmware.images_started, 1);
    longest[3] = 13; /* 3328 bytes */
    longest[3328] = 0x7f;
    firmware.images_started = firmware.images_loaded = 0;
    assert_not_loaded("a", EFI_ABORTED, reason);
}

#define test(function) cmocka_unit_test_setup(function, reset_firmware)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(test_reads_are_capped),
        test(test_size),
        test(test_file_that_grew),
        test(test_file_that_grew_before),
        test(test_file_that_shrank),
        test(test_file_that_ends_early),
        test(test_read_errors),
        test(test_read_of_too_much),
        test(test_open_errors),
        test(test_long_names),
        test(test_names_without_a_shell),
        test(test_names_in_a_shell),
        test(test_commit),
        test(test_commit_replaces),
        test(test_abandon),
        test(test_create_errors),
        test(test_longest_name),
        test(test_write_errors),
        test(test_commit_errors),
        test(test_same_names),
        test(test_random),
        test(test_time),
        test(test_time_that_is_none),
        test(test_print),
        test(test_print_without_consoles),
        test(test_print_of_much),
        test(test_exit),
        test(test_entry_by_options),
        test(test_entry_by_argv),
        test(test_entry_refused),
        test(test_next),
        test(test_next_not_started),
        test(test_next_not_loaded),
        test(test_next_that_failed_is_not_started),
        test(test_next_device_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
