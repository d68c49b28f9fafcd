/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "info_entry.h"

#include "base/json_reader.h"
#include "crypto/constant_time.h"

/* "sevmeasurement" is the longest name; a NUL follows it. */
#define FIELD_NAME_MAX 15
#define MEASUREMENT_BASE64_LENGTH 64

/* As names compare: without "sev", dashes and underscores, in small letters. */
static const char field_names[FIELD_OTHER][12] = {"apimajor",    "apiminor", "buildid", "policy",
                                                  "measurement", "data",     "type",    "snppolicy",
                                                  "enabled",     "loadersha"};

static struct sevl_launch_info_part part_of(const struct info_reader *reader, struct sevl_text text)
{
    return (struct sevl_launch_info_part){(size_t)(text.start - reader->text), text.length};
}

void sevl_info_set_problem(struct info_reader *reader, enum sevl_launch_info_fault fault,
                           const struct info_entry *entry)
{
    struct sevl_launch_info_problem *problem = reader->problem;
    problem->fault = fault;
    problem->line = sevl_line_of(reader->text, entry->name.start);
    problem->name = part_of(reader, entry->name);
    problem->value = part_of(reader, entry->value);
}

static bool refuse_entry(struct info_reader *reader, enum sevl_launch_info_fault fault,
                         const struct info_entry *entry)
{
    sevl_info_set_problem(reader, fault, entry);
    return false;
}

static bool begins_hexadecimal(struct sevl_text text)
{
    return text.length > 2 && text.start[0] == '0' &&
           (text.start[1] == 'x' || text.start[1] == 'X');
}

static bool parse_number(struct sevl_text text, uint32_t max, uint32_t *number)
{
    bool is_hexadecimal = begins_hexadecimal(text);
    uint32_t base = is_hexadecimal ? 16 : 10;
    uint64_t value = 0;
    for (size_t i = is_hexadecimal ? 2 : 0; i < text.length; i++) {
        int digit = sevl_hex_digit(text.start[i]);
        if (digit < 0 || (uint32_t)digit >= base)
            return false;
        value = base * value + (uint32_t)digit;
        if (value > max)
            return false;
    }
    *number = (uint32_t)value;
    return text.length > 0;
}

static bool set_byte(struct info_reader *reader, const struct info_entry *entry, bool *has,
                     uint8_t *byte)
{
    uint32_t number;
    if (!parse_number(entry->value, UINT8_MAX, &number))
        return refuse_entry(reader, SEVL_INFO_BYTE, entry);
    if (*has && *byte != number)
        return refuse_entry(reader, SEVL_INFO_CONFLICT, entry);
    *has = true;
    *byte = (uint8_t)number;
    return true;
}

static bool set_policy(struct info_reader *reader, const struct info_entry *entry)
{
    struct sevl_launch_info *info = reader->info;
    uint32_t number;
    if (!parse_number(entry->value, UINT32_MAX, &number))
        return refuse_entry(reader, SEVL_INFO_UINT32, entry);
    if (info->has_policy && info->evidence.launch.policy != number)
        return refuse_entry(reader, SEVL_INFO_CONFLICT, entry);
    info->has_policy = true;
    info->evidence.launch.policy = number;
    return true;
}

/* JSON may escape any of its characters: many encoders escape the slash. */
static bool decode_measurement(struct sevl_text text, struct sevl_measurement *measurement)
{
    char base64[MEASUREMENT_BASE64_LENGTH];
    size_t used = 0;
    while (text.length > 0) {
        int c = sevl_json_character(&text);
        if (c < 0 || c > 0x7f)
            return false;
        if (sevl_is_blank((char)c))
            continue;
        if (used == sizeof base64)
            return false;
        base64[used++] = (char)c;
    }
    return sevl_measurement_from_base64(measurement, base64, used) == SEVL_OK;
}

static bool is_same_measurement(const struct sevl_measurement *a, const struct sevl_measurement *b)
{
    return sevl_constant_time_equal((const uint8_t *)a, (const uint8_t *)b, sizeof *a);
}

static bool set_measurement(struct info_reader *reader, const struct info_entry *entry)
{
    struct sevl_launch_info *info = reader->info;
    struct sevl_measurement measurement;
    if (!decode_measurement(entry->value, &measurement))
        return refuse_entry(reader, SEVL_INFO_MEASUREMENT, entry);
    if (info->has_measurement && !is_same_measurement(&measurement, &info->evidence.measurement))
        return refuse_entry(reader, SEVL_INFO_CONFLICT, entry);
    info->has_measurement = true;
    info->evidence.measurement = measurement;
    return true;
}

/* A name that is too long, or not ASCII, is none. */
static void normalize_name(struct sevl_text text, char name[FIELD_NAME_MAX])
{
    size_t length = 0;
    while (text.length > 0) {
        int c = sevl_json_character(&text);
        if (c == '-' || c == '_')
            continue;
        if (c <= 0 || c > 0x7f || length == FIELD_NAME_MAX - 1) {
            length = 0;
            break;
        }
        name[length++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    name[length] = '\0';
}

static bool is_same_name(const char *a, const char *b)
{
    while (*a == *b && *a != '\0') {
        a++;
        b++;
    }
    return *a == *b;
}

enum info_field sevl_info_field_of(struct sevl_text text, bool needs_prefix)
{
    char name[FIELD_NAME_MAX];
    normalize_name(text, name);
    bool has_prefix = name[0] == 's' && name[1] == 'e' && name[2] == 'v';
    if (needs_prefix && !has_prefix)
        return FIELD_OTHER;
    const char *start = has_prefix ? name + 3 : name;
    for (int field = 0; field < FIELD_OTHER; field++)
        if (is_same_name(start, field_names[field]))
            return (enum info_field)field;
    return FIELD_OTHER;
}

bool sevl_info_set_field(struct info_reader *reader, enum info_field field,
                         const struct info_entry *entry)
{
    struct sevl_launch_info *info = reader->info;
    struct sevl_launch *launch = &info->evidence.launch;
    switch (field) {
    case FIELD_API_MAJOR:
        return set_byte(reader, entry, &info->has_api_major, &launch->api_major);
    case FIELD_API_MINOR:
        return set_byte(reader, entry, &info->has_api_minor, &launch->api_minor);
    case FIELD_BUILD_ID:
        return set_byte(reader, entry, &info->has_build, &launch->build);
    case FIELD_POLICY:
        return set_policy(reader, entry);
    case FIELD_MEASUREMENT:
    case FIELD_DATA:
        return set_measurement(reader, entry);
    case FIELD_SNP_POLICY:
        return refuse_entry(reader, SEVL_INFO_SNP, entry);
    case FIELD_TYPE:
        if (sevl_json_equal(entry->value, "sev-snp"))
            return refuse_entry(reader, SEVL_INFO_SNP, entry);
        return true;
    default:
        return true;
    }
}
