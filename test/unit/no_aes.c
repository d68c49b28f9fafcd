/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* For a test that is to see a CPU without AES instructions. */
int __wrap_sevl_mbedtls_aesni_has_support(unsigned feature);

int __wrap_sevl_mbedtls_aesni_has_support(unsigned feature)
{
    (void)feature;
    return 0;
}
