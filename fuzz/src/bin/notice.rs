//! libFuzzer at the door [`canbao_fuzz::notice`].
#![cfg_attr(feature = "libfuzzer", no_main)]

#[cfg(feature = "libfuzzer")]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| canbao_fuzz::notice(bytes));

#[cfg(not(feature = "libfuzzer"))]
fn main() {
    canbao_fuzz::replay(canbao_fuzz::notice);
}
