//! What a message has no room for is told to staff, by name, with how much shorter its address would have to be.

mod common;

use canbao_material::amounts::Amounts;
use canbao_material::{Address, Material};
use common::{address, days, programs};
use std::collections::BTreeSet;

/// What there is to be told of, with what it begins with in the message.
const PARTS: [(&str, &str); 2] = [("缴费渠道", "缴费："), ("另外要交的", "另外交")];

/// An address of this length.
fn long(length: usize) -> Address {
    let address = address().as_str()[..length].to_owned();
    Address::new(&address).expect("an address")
}

#[test]
fn what_did_not_fit_is_told_and_a_shorter_address_makes_the_room_it_says() {
    let (mut told, mut gained) = (0, 0);
    for program in programs() {
        let amounts = Amounts::of(&program).expect("sound");
        for on in days(&program, &amounts) {
            let with = |address: &Address| {
                let material = Material::new(&program, &amounts, on, address).expect("the year is not over");
                (material.message(), material.message_gaps().unwrap_or_default())
            };
            // As long as no address is.
            let (all, _) = with(&long(12));
            let (message, gaps) = with(&address());
            let case = format!("{} on {on}: {gaps:?} of {message:?}", program.id());
            let missing = gaps.split('。').next().unwrap_or_default();
            for (name, begin) in PARTS.into_iter().filter(|(_, begin)| all.contains(begin)) {
                assert_eq!(missing.contains(name), !message.contains(begin), "{case}");
            }
            told += usize::from(!gaps.is_empty());

            let Some((_, less)) = gaps.split_once("网址再短") else { continue };
            let (less, names) = less.split_once("个字符，就放得下").expect("how much shorter");
            let less: usize = less.parse().expect("a number");
            let missing_at = |less: usize| -> BTreeSet<String> {
                let (message, gaps) = with(&long(Address::MOST - less));
                assert!(message.chars().count() <= 200, "{case}");
                let missing = gaps.split_once("没有放全的是：").map_or("", |(_, rest)| rest);
                let missing = missing.split('。').next().unwrap_or_default();
                missing.split('、').filter(|name| !name.is_empty()).map(str::to_owned).collect()
            };
            let now = missing_at(0);
            let gone: BTreeSet<String> = now.difference(&missing_at(less)).cloned().collect();
            let named: BTreeSet<String> = names.trim_end_matches('。').split('、').map(str::to_owned).collect();
            assert_eq!(gone, named, "{case}");
            for at in 0..=less {
                let still = missing_at(at);
                assert_eq!(still != now && still.is_subset(&now), at == less, "{case} {at}");
            }
            gained += 1;
        }
    }
    assert!(told > 5 && gained > 5, "{told} {gained}");
}
