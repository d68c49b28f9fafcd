// SPDX-License-Identifier: BSD-2-Clause-Patent
// What go-sev-guest needs for the tasks of `sevlaunch snp-verify`:
//
//	peer chain COUNT REPORT CHAIN VCEK     verifies all, so many times
//	peer report COUNT REPORT CHAIN VCEK    the same of the report alone
//
// CHAIN is ASK and ARK in PEM; VCEK is DER.
package main

import (
	"crypto/x509"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/google/go-sev-guest/abi"
	pb "github.com/google/go-sev-guest/proto/sevsnp"
	"github.com/google/go-sev-guest/verify"
	"github.com/google/go-sev-guest/verify/trust"
)

type evidence struct {
	report, chain, vcek []byte
	now                 time.Time
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(name string) []byte {
	data, err := os.ReadFile(name)
	must(err)
	return data
}

func (e *evidence) verifyChain() {
	roots := trust.AMDRootCertsProduct("Milan")
	must(roots.FromKDSCertBytes(e.chain))
	report, err := abi.ReportToProto(e.report)
	must(err)
	attestation := &pb.Attestation{Report: report, CertificateChain: &pb.CertificateChain{
		VcekCert: e.vcek, AskCert: roots.ProductCerts.Ask.Raw, ArkCert: roots.ProductCerts.Ark.Raw}}
	must(verify.SnpAttestation(attestation, &verify.Options{
		DisableCertFetching: true, Now: e.now,
		Product:      &pb.SevProduct{Name: pb.SevProduct_SEV_PRODUCT_MILAN},
		TrustedRoots: map[string][]*trust.AMDRootCerts{"Milan": {roots}}}))
}

func main() {
	count, err := strconv.Atoi(os.Args[2])
	must(err)
	e := &evidence{read(os.Args[3]), read(os.Args[4]), read(os.Args[5]),
		time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
	vcek, err := x509.ParseCertificate(e.vcek)
	must(err)
	for ; count > 0; count-- {
		if os.Args[1] == "chain" {
			e.verifyChain()
		} else {
			must(verify.SnpReportSignature(e.report, vcek))
		}
	}
}
