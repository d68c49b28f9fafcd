/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What is read from a domain's XML, in pieces of any size, and what is refused. */
#include "domain_xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

static struct domain_xml xml;

/* In pieces of `piece` bytes. */
static enum sevl_result read_pieces(const char *text, size_t piece)
{
    size_t left = strlen(text);
    domain_xml_init(&xml);
    for (; left > 0; text += piece, left -= piece) {
        if (piece > left)
            piece = left;
        if (domain_xml_take(&xml, text, piece) != SEVL_OK)
            break;
    }
    return domain_xml_finish(&xml);
}

static void assert_refused(const char *text, const char *problem)
{
    for (size_t piece = 1; piece <= strlen(text) + 1; piece++) {
        assert_int_equal(read_pieces(text, piece), SEVL_ERROR_ENCODING);
        assert_string_equal(xml.problem, problem);
    }
}

static void assert_value(enum domain_node node, uint32_t count, const char *text)
{
    assert_int_equal(xml.facts.count[node], count);
    assert_string_equal(xml.facts.value[node].text, text);
}

static const char domain[] =
    "<?xml version='1.0' encoding='UTF-8'?>\n<!-- as edited --><domain type='kvm' id=\"3\">\n"
    "<policy>9</policy><metadata><domain><launchSecurity type='x'/></domain></metadata>\n"
    "<vcpu placement='static' current='2'>4</vcpu>\n"
    "<os firmware='efi'><loader type='rom'>/usr/share/a&amp;b&#x2f;O<b>V</b>MF.fd</loader>"
    "<kernel/><initrd>i</initrd><cmdline>a &lt; <![CDATA[b>]]></cmdline></os>\r\n"
    "<cpu mode='host-passthrough' check='none'/>"
    "<launchSecurity type='sev' kernelHashes='yes'><cbitpos>47</cbitpos><policy>0x7</policy>"
    "<dhCert>AAAA</dhCert><session>BBBB</session><x><policy>1</policy></x></launchSecurity>"
    "</domain>\n<?end?><!-- and no more -->\n";

static void a_domain_is_read_in_any_pieces(void **state)
{
    (void)state;
    for (size_t piece = 1; piece <= sizeof domain; piece++) {
        assert_int_equal(read_pieces(domain, piece), SEVL_OK);
        assert_null(xml.problem);
        assert_int_equal(xml.facts.count[DOMAIN_NODE_DOMAIN], 1);
        assert_value(DOMAIN_NODE_TYPE, 1, "sev");
        assert_value(DOMAIN_NODE_HASHES, 1, "yes");
        assert_value(DOMAIN_NODE_DH_CERT, 1, "AAAA");
        assert_value(DOMAIN_NODE_SESSION, 1, "BBBB");
        assert_value(DOMAIN_NODE_POLICY, 1, "0x7");
        assert_value(DOMAIN_NODE_NVRAM, 0, "");
        assert_value(DOMAIN_NODE_LOADER, 1, "/usr/share/a&b/OMF.fd");
        assert_value(DOMAIN_NODE_KERNEL, 1, "");
        assert_value(DOMAIN_NODE_INITRD, 1, "i");
        assert_value(DOMAIN_NODE_CMDLINE, 1, "a < b>");
        assert_value(DOMAIN_NODE_VCPU, 1, "4");
        assert_value(DOMAIN_NODE_VCPU_CURRENT, 1, "2");
        assert_value(DOMAIN_NODE_CPU_MODE, 1, "host-passthrough");
    }
    assert_int_equal(domain_xml_line(&xml), 8);
}

static void elements_are_counted_and_the_last_one_is_kept(void **state)
{
    (void)state;
    assert_int_equal(read_pieces("<domain><vcpu current='1'>2</vcpu><os><loader>a</loader></os>"
                                 "<os><loader>b</loader><loader/></os><vcpu>3</vcpu></domain>",
                                 1),
                     SEVL_OK);
    assert_value(DOMAIN_NODE_LOADER, 3, "");
    assert_value(DOMAIN_NODE_VCPU, 2, "3");
    assert_value(DOMAIN_NODE_VCPU_CURRENT, 0, "");
}

/* A root of `depth` elements, the first of which is <domain>. */
static char *nested(size_t depth)
{
    char *text = calloc(1, 32 + 8 * depth);
    assert_non_null(text);
    strcat(text, "<domain>");
    for (size_t i = 1; i < depth; i++)
        strcat(text, "<a>");
    for (size_t i = 1; i < depth; i++)
        strcat(text, "</a>");
    return strcat(text, "</domain>");
}

/* The root's name and each other take a NUL more, and there is one before all of them. */
static void nesting_has_a_limit(void **state)
{
    (void)state;
    size_t deepest = 1 + (DOMAIN_STACK_SIZE - 1 - sizeof "domain") / sizeof "a";
    char *text = nested(deepest);
    assert_int_equal(read_pieces(text, 4096), SEVL_OK);
    free(text);
    text = nested(deepest + 2);
    assert_int_equal(read_pieces(text, 4096), SEVL_ERROR_ENCODING);
    assert_string_equal(xml.problem, "elements nested too deep, or names too long");
    free(text);
}

static void a_text_that_is_too_long_is_none(void **state)
{
    (void)state;
    char text[8 * DOMAIN_TEXT_MAX];
    for (int length = DOMAIN_TEXT_MAX - 1; length < 3 * DOMAIN_TEXT_MAX; length++) {
        (void)snprintf(text, sizeof text, "<domain><vcpu current='%0*d'>%0*d</vcpu></domain>",
                       length, 1, length, 1);
        assert_int_equal(read_pieces(text, 7), SEVL_OK);
        bool fits = length == DOMAIN_TEXT_MAX - 1;
        assert_int_equal(xml.facts.value[DOMAIN_NODE_VCPU].length, length);
        assert_int_equal(strlen(xml.facts.value[DOMAIN_NODE_VCPU].text), fits ? length : 0);
        assert_int_equal(strlen(xml.facts.value[DOMAIN_NODE_VCPU_CURRENT].text), fits ? length : 0);
    }
}

static void a_size_has_a_limit(void **state)
{
    (void)state;
    static char text[DOMAIN_XML_MAX + 2];
    memset(text, ' ', DOMAIN_XML_MAX);
    memcpy(text, "<domain/>", 9);
    assert_int_equal(read_pieces(text, 65536), SEVL_OK);
    text[DOMAIN_XML_MAX] = ' ';
    assert_int_equal(read_pieces(text, 65536), SEVL_ERROR_ENCODING);
    assert_string_equal(xml.problem, "more than 4194304 bytes");
}

static void what_is_no_xml_of_a_domain_is_refused(void **state)
{
    (void)state;
    static const char syntax[] = "no well-formed XML";
    static const char end[] = "XML that ends too early";
    static const char entity[] = "an entity that is not one of XML's own five";
    static const char twice[] = "an element that has an attribute twice";
    static const char type[] = "a document type";
    assert_int_equal(read_pieces("", 1), SEVL_ERROR_ENCODING);
    assert_string_equal(xml.problem, "an empty file");
    assert_refused("\n", end);
    assert_refused("<domain>", end);
    assert_refused("<domain/><!-- ", end);
    assert_refused("sev-policy: 3\n", syntax);
    assert_refused("{\"return\": {}}", syntax);
    assert_refused("<domain></domian>", syntax);
    assert_refused("<domain/><domain/>", syntax);
    assert_refused("<domain a=b/>", syntax);
    assert_refused("\xff\xfe<", syntax);
    assert_refused("<capabilities/>", "XML of something else");
    assert_refused("<domstatus><domain/></domstatus>", "XML of something else");
    assert_refused("<domain>&nbsp;</domain>", entity);
    assert_refused("<domain a='&x;'/>", entity);
    assert_refused("<domain>&#0;</domain>", entity);
    assert_refused("<domain><cpu mode='a' mode='b'/></domain>", twice);
    assert_refused("<domain><launchSecurity/><launchSecurity type='sev' type='sev'/></domain>",
                   twice);
    assert_refused("<!DOCTYPE domain><domain/>", type);
    assert_refused("<?xml version='1.0'?>\n<<!DOCTYPE d [<!ENTITY x 'y'>]><domain/>", syntax);
    assert_refused("<?xml version='1.0'?><!DOCTYPE d [<!ENTITY x 'y'>]><domain/>", type);
    assert_refused("<!-- <<!D --><domain/>", type);
}

static void what_follows_a_mistake_is_not_looked_at(void **state)
{
    (void)state;
    domain_xml_init(&xml);
    assert_int_equal(domain_xml_take(&xml, "<a></b>", 7), SEVL_ERROR_ENCODING);
    assert_int_equal(domain_xml_take(&xml, "<domain/>", 9), SEVL_ERROR_ENCODING);
    assert_int_equal(domain_xml_finish(&xml), SEVL_ERROR_ENCODING);
    assert_string_equal(xml.problem, "no well-formed XML");
    domain_xml_init(&xml);
    assert_int_equal(domain_xml_take(&xml, "<domain>\0</domain>", 18), SEVL_ERROR_ENCODING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_domain_is_read_in_any_pieces),
        cmocka_unit_test(elements_are_counted_and_the_last_one_is_kept),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(a_text_that_is_too_long_is_none),
        cmocka_unit_test(a_size_has_a_limit),
        cmocka_unit_test(what_is_no_xml_of_a_domain_is_refused),
        cmocka_unit_test(what_follows_a_mistake_is_not_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
