# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Which instructions and calls of a run of SEV-SNP are tried: all, but of loops that do the same
for each byte, bit or word a first turn and a sample of the others."""
import random

# These have such loops.
LOOPS = {"memset", "memcpy", "wipe_used_stack", "startup_run", "sevl_limbs_read",
         "sevl_limbs_write", "sevl_ecdsa_p384_verify", "sevl_rsa_pss_verify", "verify_hash.isra.0",
         "sha512_put_uint64_be", "read_certificate", "examine_request", "key_form_read",
         "sevl_mbedtls_platform_zeroize", "sevl_snp_report_read", "sevl_mbedtls_sha512_starts",
         "sevl_mbedtls_sha512_finish", "hash_equal"}
# These are called in such loops.
CALLED_OFTEN = {"sevl_limbs_bit", "sevl_rsa_sha384"}
ONE_OF_TURNS = 32
ARITHMETIC = "inner arithmetic"  # all its functions: the first turn alone, whatever is given


class Choice:
    def __init__(self, every):
        self.every, self.random, self.taken = every, random.Random(384), {}

    def enter(self, function):
        """The function begins."""
        if function not in CALLED_OFTEN:
            self.taken[function] = set()

    def takes(self, function, place):
        """Whether an instruction of a function is tried, or what it calls."""
        taken = self.taken.setdefault(function, set())
        is_new = place not in taken
        taken.add(place)
        if is_new or function == ARITHMETIC:
            return is_new
        has_turns = function in LOOPS or function in CALLED_OFTEN
        return self.every or not has_turns or self.random.randrange(ONE_OF_TURNS) == 0
