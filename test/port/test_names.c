/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Are two names of one file recognised by their texts alone? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* After the headers that it needs. */
#include <cmocka.h>

#include "../../port/freestanding/names.h"

static void assert_same(const char *name, const char *other)
{
    assert_true(names_are_same(name, other));
    assert_true(names_are_same(other, name));
}

static void assert_differ(const char *name, const char *other)
{
    assert_false(names_are_same(name, other));
    assert_false(names_are_same(other, name));
}

static void test_same(void **state)
{
    (void)state;
    assert_same("", "");
    assert_same("a", "a");
    assert_same("a/b", "a//b");
    assert_same("a/b", "./a/./b");
    assert_same("a/b/", "a/b");
    assert_same("b", "a/../b");
    assert_same("b", "a/c/../../b");
    assert_same("../b", "../a/../b");
    assert_same("/a/b", "//a/c/../b");
    assert_same("..", "../.");
    assert_same("/a", "/../a");
}

static void test_differ(void **state)
{
    (void)state;
    assert_differ("a", "b");
    assert_differ("a", "A");
    assert_differ("a", "");
    assert_differ("a", "ab");
    assert_differ("a", "/a");
    assert_differ("a/b", "ab");
    assert_differ("a", "../a");
    assert_differ("a", ".a");
    assert_differ("a", "...");
    assert_differ("a/..", "..");
    assert_differ("../a", "../../a");
    assert_differ("a/b", "b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
