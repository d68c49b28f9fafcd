/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Mbed TLS includes it, and asserts nothing as it is configured here. */
