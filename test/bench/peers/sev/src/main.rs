// SPDX-License-Identifier: BSD-2-Clause-Patent
// What the crate sev needs for the tasks of `sevlaunch`:
//   peer digest OVMF CPUS [KERNEL INITRD CMDLINE]    prints the launch digest
//   peer chain COUNT REPORT ARK ASK VCEK             verifies all, so many times
//   peer report COUNT REPORT ARK ASK VCEK            the same of the report alone
use sev::certs::snp::{ca, Certificate, Chain, Verifiable};
use sev::firmware::guest::AttestationReport;
use sev::measurement::snp::{snp_calc_launch_digest, SnpMeasurementArgs};
use sev::measurement::vcpu_types::CpuType;
use sev::measurement::vmsa::GuestFeatures;
use sev::parser::ByteParser;
use std::error::Error;

type Outcome = Result<(), Box<dyn Error>>;

fn digest(words: &[String]) -> Outcome {
    let digest = snp_calc_launch_digest(SnpMeasurementArgs {
        vcpus: words[1].parse()?,
        vcpu_type: CpuType::EpycMilan,
        ovmf_file: words[0].clone().into(),
        guest_features: GuestFeatures(1),
        kernel_file: words.get(2).map(Into::into),
        initrd_file: words.get(3).map(Into::into),
        append: words.get(4).map(String::as_str),
        ovmf_hash_str: None,
        vmm_type: None,
    })?;
    println!("{}", digest.get_hex_ld());
    Ok(())
}

struct Evidence {
    bytes: Vec<u8>,
    ders: Vec<Vec<u8>>, // ARK, ASK, VCEK
}

impl Evidence {
    fn read(words: &[String]) -> Result<Self, Box<dyn Error>> {
        let ders = words[1..4].iter().map(std::fs::read).collect::<Result<_, _>>()?;
        Ok(Evidence { bytes: std::fs::read(&words[0])?, ders })
    }

    fn report(&self) -> Result<AttestationReport, Box<dyn Error>> {
        Ok(AttestationReport::from_bytes(&self.bytes)?)
    }

    fn verify_chain(&self) -> Outcome {
        let chain = Chain {
            ca: ca::Chain {
                ark: Certificate::from_der(&self.ders[0])?,
                ask: Certificate::from_der(&self.ders[1])?,
            },
            vek: Certificate::from_der(&self.ders[2])?,
        };
        (&chain, &self.report()?).verify()?;
        Ok(())
    }
}

fn verify(words: &[String], with_chain: bool) -> Outcome {
    let evidence = Evidence::read(&words[1..])?;
    let vek = Certificate::from_der(&evidence.ders[2])?;
    for _ in 0..words[0].parse()? {
        if with_chain {
            evidence.verify_chain()?;
        } else {
            (&vek, &evidence.report()?).verify()?;
        }
    }
    Ok(())
}

fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words[0].as_str() {
        "digest" => digest(&words[1..]),
        "chain" => verify(&words[1..], true),
        "report" => verify(&words[1..], false),
        _ => Err("no such task".into()),
    }
}
