//! libFuzzer at the door [`canbao_fuzz::packed`].
#![cfg_attr(feature = "libfuzzer", no_main)]

#[cfg(feature = "libfuzzer")]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| canbao_fuzz::packed(bytes));

#[cfg(not(feature = "libfuzzer"))]
fn main() {
    canbao_fuzz::replay(canbao_fuzz::packed);
}
