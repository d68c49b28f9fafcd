/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cli/looks.h"

#include <string.h>

#include "cli/text.h"

static bool is_within(uint8_t byte, char first, char last)
{
    return byte >= (uint8_t)first && byte <= (uint8_t)last;
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static bool is_hexadecimal_digit(uint8_t byte)
{
    return is_within(byte, '0', '9') || is_within(byte, 'a', 'f') || is_within(byte, 'A', 'F');
}

static bool is_base64_character(uint8_t byte)
{
    return is_within(byte, '0', '9') || is_within(byte, 'a', 'z') || is_within(byte, 'A', 'Z') ||
           byte == '+' || byte == '/' || byte == '=';
}

static bool has_decimal_digit(const uint8_t *bytes, size_t size)
{
    size_t digits = 0;
    for (size_t i = 0; i < size; i++)
        if (is_within(bytes[i], '0', '9'))
            digits++;
    return digits > 0;
}

static bool are_all(bool (*is_of_alphabet)(uint8_t byte), const uint8_t *bytes, size_t size)
{
    size_t wanted = 0;
    size_t others = 0;
    for (size_t i = 0; i < size; i++)
        if (is_of_alphabet(bytes[i]))
            wanted++;
        else if (!is_blank(bytes[i]))
            others++;
    return others == 0 && wanted >= LOOKS_TEXT_MIN;
}

/* Zero bytes are letters A in base64: without a decimal digit it is that. */
bool looks_hexadecimal(const void *bytes, size_t size)
{
    return are_all(is_hexadecimal_digit, bytes, size) && has_decimal_digit(bytes, size);
}

static bool looks_base64(const void *bytes, size_t size)
{
    return are_all(is_base64_character, bytes, size);
}

const char *looks_like_text(const void *bytes, size_t size)
{
    if (looks_hexadecimal(bytes, size))
        return " of hexadecimal text: decode it first";
    if (looks_base64(bytes, size))
        return " of base64 text: decode it first";
    return "";
}

void looks_head_update(struct looks_head *head, const void *data, size_t size)
{
    size_t room = LOOKS_HEAD_SIZE - head->size;
    size_t kept = size < room ? size : room;
    if (kept > 0)
        memcpy(head->bytes + head->size, data, kept);
    head->size += kept;
}

/* Numbers that kinds of files begin with: three bytes or more, which hardly stand there by chance.
 */
static const struct signature {
    const char *bytes;
    size_t size;
    const char *what;
} signatures[] = {
    {"QFI\xfb", 4, "a qcow2 image, from which 'qemu-img convert -O raw' takes what is launched"},
    {"\x1f\x8b\x08", 3, "gzip data, which gunzip unpacks"},
    {"\xfd"
     "7zXZ",
     5, "xz data, which unxz unpacks"},
    {"\x28\xb5\x2f\xfd", 4, "zstd data, which unzstd unpacks"},
    {"BZh", 3, "bzip2 data, which bunzip2 unpacks"},
    {"PK\x03\x04", 4, "a zip archive, which unzip unpacks"},
    {"!<arch>\n", 8, "a Debian package, which 'dpkg-deb -x' unpacks"},
    {"\xed\xab\xee\xdb", 4, "an RPM package, which 'rpm2cpio' unpacks"},
    {"\x7f"
     "ELF",
     4, "an ELF file, such as a program or a kernel"},
    {"IGVM", 4, "an IGVM file, which QEMU does not launch as it is"},
};

/* What a web server gives in place of a file: "<!DOCTYPE html>", "<html>", "<?xml". */
static bool begins_as_markup(const struct looks_head *head)
{
    size_t at = 0;
    while (at < head->size && is_blank(head->bytes[at]))
        at++;
    if (head->size - at < 2 || head->bytes[at] != '<')
        return false;
    uint8_t next = head->bytes[at + 1];
    return next == '!' || next == '?' || next == 'h' || next == 'H';
}

const char *looks_like_file(const struct looks_head *head)
{
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (head->size >= signatures[i].size &&
            text_begins((const char *)head->bytes, signatures[i].bytes, signatures[i].size))
            return signatures[i].what;
    return begins_as_markup(head) ? "HTML or XML, as a web server sends it in place of a file"
                                  : NULL;
}
