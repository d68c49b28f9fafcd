/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Does a name become the path that the shell's own commands would open? */
#include "cmocka_tests.h"
#include "path.h"

static void assert_units(const CHAR16 *units, const CHAR16 *expected)
{
    size_t i = 0;
    for (; expected[i] != 0; i++)
        assert_int_equal(units[i], expected[i]);
    assert_int_equal(units[i], 0);
}

static void assert_joined(const CHAR16 *directory, const CHAR16 *name, const CHAR16 *expected)
{
    CHAR16 path[PATH_UNITS];
    assert_true(path_join(path, directory, name));
    assert_units(path, expected);
}

static void test_mapping(void **state)
{
    (void)state;
    assert_int_equal(path_mapping(u"FS0:\\a"), 4);
    assert_int_equal(path_mapping(u"hd1a2:a"), 6);
    assert_int_equal(path_mapping(u":a"), 1);
    assert_int_equal(path_mapping(u"a"), 0);
    assert_int_equal(path_mapping(u""), 0);
    assert_int_equal(path_mapping(u"\\a:b"), 0);
    assert_int_equal(path_mapping(u"a/b:c"), 0);
}

static void test_relative(void **state)
{
    (void)state;
    assert_joined(u"", u"fw.bin", u"\\fw.bin");
    assert_joined(u"\\", u"fw.bin", u"\\fw.bin");
    assert_joined(u"\\dir", u"fw.bin", u"\\dir\\fw.bin");
    assert_joined(u"\\dir\\", u"sub/fw.bin", u"\\dir\\sub\\fw.bin");
    assert_joined(u"dir", u"a b", u"\\dir\\a b");
}

static void test_rooted(void **state)
{
    (void)state;
    assert_joined(u"\\dir", u"\\fw.bin", u"\\fw.bin");
    assert_joined(u"\\dir", u"/sub/fw.bin", u"\\sub\\fw.bin");
    assert_joined(u"\\dir", u"//sub\\/fw.bin", u"\\sub\\fw.bin");
}

static void test_dots(void **state)
{
    (void)state;
    assert_joined(u"\\dir", u"./fw.bin", u"\\dir\\fw.bin");
    assert_joined(u"\\dir\\sub", u"..\\fw.bin", u"\\dir\\fw.bin");
    assert_joined(u"\\dir", u"..\\..\\fw.bin", u"\\fw.bin");
    assert_joined(u"", u"a/../b/.", u"\\b");
    assert_joined(u"", u"..a/.b/c..", u"\\..a\\.b\\c..");
    assert_joined(u"", u".a/a.", u"\\.a\\a.");
}

static void test_root(void **state)
{
    (void)state;
    assert_joined(u"", u"", u"\\");
    assert_joined(u"\\dir", u"/", u"\\");
    assert_joined(u"\\dir", u"..", u"\\");
    assert_joined(u"\\dir", u"", u"\\dir");
}

/* A path of a backslash and `length` units. */
static bool join_long(const CHAR16 *directory, size_t length)
{
    CHAR16 name[PATH_UNITS + 1];
    CHAR16 path[PATH_UNITS];
    for (size_t i = 0; i < length; i++)
        name[i] = 'a';
    name[length] = 0;
    return path_join(path, directory, name);
}

static void test_longest(void **state)
{
    (void)state;
    assert_true(join_long(u"", PATH_UNITS - 2));
    assert_false(join_long(u"", PATH_UNITS - 1));
    assert_false(join_long(u"", PATH_UNITS));
    assert_true(join_long(u"\\d", PATH_UNITS - 4));
    assert_false(join_long(u"\\d", PATH_UNITS - 3));
}

/* As EDK2's driver for FAT reads them. */
static void test_same(void **state)
{
    (void)state;
    assert_true(path_is_same(u"\\", u"\\"));
    assert_true(path_is_same(u"\\dir\\a.b", u"\\DIR\\A.B"));
    assert_true(path_is_same(u"\\schl\x00fcssel", u"\\SCHL\x00dcSSEL"));
    assert_true(path_is_same(u"\\a", u"\\a. ."));
    assert_true(path_is_same(u"\\a \\b", u"\\a\\  b"));
    assert_false(path_is_same(u"\\a\x00f7", u"\\a\x00d7"));
    assert_false(path_is_same(u"\\a", u"\\b"));
    assert_false(path_is_same(u"\\a", u"\\ab"));
    assert_false(path_is_same(u"\\a", u"\\a\\b"));
    assert_false(path_is_same(u"\\ab", u"\\a\\b"));
    assert_false(path_is_same(u"\\a\\b", u"\\a"));
    assert_false(path_is_same(u"\\@", u"\\`"));
    assert_false(path_is_same(u"\\[", u"\\{"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mapping), cmocka_unit_test(test_relative),
        cmocka_unit_test(test_rooted),  cmocka_unit_test(test_dots),
        cmocka_unit_test(test_root),    cmocka_unit_test(test_longest),
        cmocka_unit_test(test_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
