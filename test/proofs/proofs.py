# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The proofs: the parts of each, and the functions of the product that it proves.

A change in one of these functions, macros and tables must make the proof fail.
"""
import dataclasses


@dataclasses.dataclass
class Proof:
    file: str  # of the product, which the harness includes
    parts: tuple  # of the file: what is proved
    unwind: int  # of every loop but those in `loops`
    cases: int = 1  # proved one by one, as CASE
    sources: tuple = ()  # of the product, beside the harness
    mbedtls: tuple = ()
    wraps: bool = False  # unsigned overflow and truncation are on purpose: Mbed TLS's base64
    loops: dict = dataclasses.field(default_factory=dict)
    replaced: tuple = ()  # static functions that the harness defines instead of the file's own
    sizes: dict = dataclasses.field(default_factory=dict)  # macro -> value that is small enough
    # What is made smaller without a macro: a text that the file has once, and its replacement.
    smaller: tuple = ()


PROOFS = {
    "guid_from_text": Proof("guid.c", ("text_offsets", "has_dashes",
        "sevl_guid_from_text"), 41),
    "guid_equal": Proof("guid.c", ("sevl_guid_equal",), 17),
    "hmac": Proof("hmac.c", ("INNER_PAD", "OUTER_PAD", "start_with_padded_key", "sevl_hmac_start",
        "sevl_hmac_finish", "sevl_hmac_prepare", "hash_after_pad", "sevl_hmac_prepared"), 65),
    "measurement_verify": Proof("measurement.c", ("MEASURE_TAG", "sevl_measurement_message",
        "sevl_measurement_compute", "set_unequal", "sevl_measurement_verify_once",
        "sevl_measurement_verify"), 65, mbedtls=("constant_time.c",)),
    "sha256_stream": Proof("sha256.c", ("set_sha256_state", "sevl_sha256_init", "sevl_sha256_update",
        "finish_in_own_frame", "sevl_sha256_finish", "sevl_sha256_wipe"), 33,
        loops={"update_in_chunks.0": 3}),
    "sha256_chunks": Proof("sha256.c", ("UPDATE_MAX", "update_in_chunks"), 7,
        loops={"sevl_sha256_is_valid.0": 28}),
    "aes128_ctr": Proof("aes_ctr.c", ("encrypt_in_own_frame", "sevl_aes128_ctr"), 17),
    "constant_time_equal": Proof("constant_time.c", ("sevl_constant_time_equal",), 34, mbedtls=("constant_time.c",)),
    "base64_decode": Proof("base64.c", ("sevl_base64_decode",), 10, cases=9,
        mbedtls=("base64.c", "constant_time.c"), wraps=True,
        loops={"mbedtls_base64_decode.0": 1}),
    "base64_encode": Proof("base64.c", ("sevl_base64_encode",), 8,
        mbedtls=("base64.c", "constant_time.c"), wraps=True,
        loops={"mbedtls_base64_decode.0": 1}),
    "measurement_from_base64": Proof("measurement.c", ("strip_blanks",
        "sevl_measurement_from_base64"), 69, cases=7),
    "ovmf_tail_update": Proof("ovmf.c", ("sevl_ovmf_tail_update",), 18, cases=17,
        sizes={"SEVL_OVMF_TAIL_SIZE": 8}),
    "ovmf_entries": Proof("ovmf.c", ("take_last_entry", "find_entries"), 2,
        sizes={"SEVL_OVMF_TAIL_SIZE": 128}),
    "ovmf_footer_read": Proof("ovmf.c", ("read_area", "read_entry", "read_entries",
        "sevl_ovmf_footer_read"), 17, sizes={"SEVL_OVMF_TAIL_SIZE": 128}),
    "kernel_hashes_table": Proof("kernel_hashes.c", ("ENTRY_HEADER_SIZE", "ENTRY_SIZE", "TABLE_LENGTH",
        "hashes_table_guid", "cmdline_guid", "initrd_guid", "kernel_guid", "put_table_header",
        "put_hash_entry", "sevl_kernel_hashes_table"), 17),
    "vmsa_build": Proof("vmsa.c", ("field", "put_field", "put_start", "put_qemu", "put_own_rdx", "put_ec2",
        "put_gce", "put_krun", "put_dialect", "sevl_vmsa_build"), 15, cases=3, sources=("cpu_types.c",)),
    "secret_begin": Proof("secret.c", ("SECRET_HEADER_SIZE", "put_secret_header",
        "sevl_secret_begin"), 5),
    "secret_add": Proof("secret.c", ("has_secret", "padded_size", "sevl_secret_add"), 6, cases=15,
        loops={"memcpy.0": 97}),
    "secret_seal": Proof("secret.c", ("pad_table", "start_message", "authenticate",
        "encrypt_and_authenticate", "sevl_secret_seal"), 65, cases=5),
    "cmdline": Proof("cmdline.c", ("keep_cmdline", "sevl_cmdline_init", "append_to_head",
        "shorten_tail", "append_to_tail", "sevl_cmdline_update", "sevl_cmdline_hash"), 33,
        sizes={"SEVL_CMDLINE_TAIL_SIZE": 1, "SEVL_CMDLINE_BLANKS_MAX": 0},
        loops={"append_to_tail.0": 3, "sevl_cmdline_update.0": 3, "find_closing_mark.0": 2}),
    "sev_launch_digest": Proof("launch_digest.c", ("sevl_sev_launch_digest_start", "append_built",
        "sevl_sev_launch_digest_append_cpu0", "sevl_sev_launch_digest_append_others",
        "sevl_sev_launch_digest"), 9, cases=25, loops={"sevl_sha256_finish.0": 33, "sevl_sha256_is_valid.0": 28},
        sizes={"SEVL_VMSA_SIZE": 4}),
    "search": Proof("search.c", ("sevl_search_guest", "sevl_search_trial",
        "sevl_search_has_other_es", "sevl_search_is_over", "sevl_search_spend",
        "report_findings", "sevl_try_alone", "try_build", "sevl_try_builds",
        "sevl_trial_swap_keys", "is_left_out", "try_with_swapped_keys", "sevl_try_assumption",
        "sevl_search_hash_guest", "sevl_try_guest", "sevl_try_guest_with"), 6,
        loops={"memcpy.0": 97}, smaller=(("build <= UINT8_MAX", "build <= 1"),)),
    "diagnose": Proof("diagnose.c", ("PREPARE_BLOCKS", "has_kernel", "is_cut_page",
        "may_have_store", "has_cpus", "has_built_cpus", "has_qemu_cpus", "has_other_cpus",
        "has_qemu_pairs", "has_pass_with_others", "note_group", "try_group", "try_mistakes",
        "try_with_others", "run_search", "end_search", "sevl_diagnose"), 22),
    "diagnose_launch": Proof("diagnose_launch.c", ("sevl_try_keys", "sevl_try_other_builds",
        "hash_other_es", "try_policy", "sevl_try_policies", "sevl_try_es", "reread_byte",
        "try_bytes", "try_policy_base", "sevl_try_policy_bases"), 9, cases=5,
        replaced=("reread",), smaller=(
        ("bit < 32; bit++)\n        for", "bit < 3; bit++)\n        for"),
        ("bit < 32; bit++)\n        if", "bit < 3; bit++)\n        if"))),
    "diagnose_reread": Proof("diagnose_launch.c", ("reread",), 6, cases=2),
    "diagnose_versions": Proof("diagnose_versions.c", ("try_version", "try_minors", "try_majors",
        "sevl_try_versions", "sevl_try_versions_and_builds"), 5, cases=2,
        smaller=(("minor <= UINT8_MAX", "minor <= 1"),)),
    "diagnose_kernel": Proof("diagnose_kernel.c", ("CMDLINE_BLOCKS", "sevl_try_kernel_unmeasured",
        "sevl_try_kernel_exchanged", "hash_bytes", "sevl_try_no_initrd", "try_cmdline",
        "variant_value", "try_variant", "try_unquoted", "try_cuts", "try_blanks", "try_endings",
        "try_nuls", "try_no_cmdline", "sevl_try_cmdlines"), 5, cases=4,
        sizes={"SEVL_CMDLINE_TAIL_SIZE": 1, "SEVL_CMDLINE_BLANKS_MAX": 1}),
    "diagnose_firmware": Proof("diagnose_firmware.c", ("append_zeros", "sevl_try_padding",
        "sevl_try_firmware_code"), 6, cases=2, sizes={"SEVL_PAGE_SIZE": 256}),
    "diagnose_cpus": Proof("diagnose_cpus.c", ("try_features", "try_vmm", "sevl_try_vmms",
        "sevl_try_sev_features", "set_other_fpu", "sevl_try_fpu", "known_signature",
        "sevl_try_signatures", "try_count", "try_counts", "sevl_try_cpu_counts",
        "try_state_counts", "try_signature_pairs", "sevl_try_cpu_pairs"), 5, cases=6,
        sizes={"SEVL_CPUS_MAX": 3, "SEVL_CPU_TYPES": 1, "SEVL_SILICON_COUNT": 1,
        "SEVL_DIAGNOSE_CPUS_MAX": 2}),
    "input": Proof("input.c", ("stream_source", "cli_stream", "read_counting", "read_source",
        "open_and_read", "cli_read_exactly"), 22, cases=6, sources=("text.c",),
        loops={"stream_source.0": 8, "read_counting.0": 8, "port_read.0": 7, "take.0": 7},
        smaller=(("return size < 65536 ? 65536 : size;", "return size + 1;"),)),
    "utf8": Proof("console.c", ("flush_line", "add_char", "length_after", "is_ill_formed",
        "visible_length", "add_visibly"), 9, cases=6,
        sources=("text.c",)),
    "launch_info_lines": Proof("launch_info.c", ("read_lines", "sevl_launch_info_read"), 7,
        cases=6, replaced=("read_line", "read_json")),
    "launch_info_line": Proof("launch_info.c", ("trim", "read_decimal", "read_line"), 12, cases=14),
    "launch_info_set": Proof("launch_info.c", ("text_is", "set_byte", "set_policy",
        "set_measurement", "set_info_value"), 12),
    "launch_info_json": Proof("launch_info.c", ("read_json",), 5, cases=4, replaced=("set_info_value",),
        sizes={"TOKENS_MAX": 2}),
    "launch_info_tokens": Proof("launch_info.c", ("token_text", "is_name", "read_json"), 8,
        replaced=("set_info_value",), sizes={"TOKENS_MAX": 4}),
    "text": Proof("text.c", ("text_to_number", "text_to_bytes", "text_from_bytes"), 22, cases=26),
    "purpose": Proof("purpose.c", ("asks_for_verdict", "prints_expected", "is_alone", "purpose_of",
        "purpose_check"), 42, sources=("options.c",)),
    "options": Proof("parse.c", ("can_be", "find_name", "find_start", "find_long", "find_letter",
        "find_option", "is_value", "set_flag", "add_repeated", "take_value", "set_option_value",
        "fail_mistake", "cli_parse"), 7, cases=13, sources=("options.c", "text.c"),
        loops={"find_name.0": 43, "find_start.0": 43, "find_letter.0": 43, "fail_mistake.0": 43,
        "cli_error_of.0": 88, "read_words.0": 3, "set_bundled_flags.0": 4}),
}
