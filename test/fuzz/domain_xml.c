/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A domain's XML is read as the same in one piece, and in pieces of a size that its first byte
 * says. What is looked at is below what it belongs to, and a text is whole or empty.
 */
#include "domain_xml.h"

#include "fuzz.h"

static enum sevl_result read_xml(struct domain_xml *xml, const uint8_t *data, size_t size,
                                 size_t piece)
{
    domain_xml_init(xml);
    for (size_t i = 0; i < size; i += piece) {
        size_t count = size - i < piece ? size - i : piece;
        uint8_t *bytes = copy(data + i, count);
        enum sevl_result result = domain_xml_take(xml, bytes, count);
        free(bytes);
        REQUIRE((result == SEVL_OK) == (xml->problem == NULL));
    }
    return domain_xml_finish(xml);
}

static void check_texts(const struct domain_facts *facts)
{
    for (int i = 0; i < DOMAIN_NODES; i++) {
        const struct domain_text *value = &facts->value[i];
        REQUIRE(memchr(value->text, '\0', sizeof value->text) != NULL);
        REQUIRE(strlen(value->text) == (value->length < sizeof value->text ? value->length : 0));
    }
}

static bool is_below(const struct domain_facts *facts, enum domain_node node,
                     enum domain_node parent)
{
    return facts->count[node] == 0 || facts->count[parent] > 0;
}

static void check_facts(const struct domain_facts *facts)
{
    REQUIRE(facts->count[DOMAIN_NODE_DOMAIN] == 1);
    REQUIRE(is_below(facts, DOMAIN_NODE_SESSION, DOMAIN_NODE_SECURITY));
    REQUIRE(is_below(facts, DOMAIN_NODE_TYPE, DOMAIN_NODE_SECURITY));
    REQUIRE(is_below(facts, DOMAIN_NODE_LOADER, DOMAIN_NODE_OS));
    REQUIRE(facts->count[DOMAIN_NODE_TYPE] <= 1 && facts->count[DOMAIN_NODE_HASHES] <= 1);
    REQUIRE(facts->count[DOMAIN_NODE_VCPU_CURRENT] <= 1);
    check_texts(facts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct domain_xml whole;
    static struct domain_xml pieces;
    size_t piece = size == 0 ? 1 : 1 + data[0] % 61;
    enum sevl_result result = read_xml(&whole, data, size, size + 1);
    REQUIRE(read_xml(&pieces, data, size, piece) == result);
    REQUIRE((result == SEVL_OK) == (whole.problem == NULL));
    REQUIRE(whole.problem == pieces.problem);
    REQUIRE(memcmp(&whole.facts, &pieces.facts, sizeof whole.facts) == 0);
    if (result == SEVL_OK)
        check_facts(&whole.facts);
    return 0;
}
