//! What may be built into Canbao: licences, places that crates come from, and crates that come in two versions.
//!
//! The rules are `deny.toml`, in the form of cargo-deny, which says the same about them. That program is not the one
//! that runs here: it takes eight minutes of a processor to build, most of it for fetching advisories from the network,
//! where the tests are to run without one; of the rest everything is in what `cargo metadata` prints.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::command::{cargo, output};
use crate::paths;

/// The rules: those keys of `deny.toml` that are looked at. Another key of these tables would be a rule that nothing
/// holds, so it is an error.
#[derive(Deserialize)]
struct Rules {
    licenses: Licenses,
    bans: Bans,
    sources: Sources,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Licenses {
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Bans {
    multiple_versions: Always,
    wildcards: Always,
    #[serde(rename = "allow-wildcard-paths")]
    _allow_wildcard_paths: bool,
    skip: Vec<Skip>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Sources {
    unknown_registry: Always,
    unknown_git: Always,
    allow_registry: Vec<String>,
}

/// The one way in which a rule is understood here.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Always {
    Deny,
}

/// A crate that may be there beside another version of itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Skip {
    #[serde(rename = "crate")]
    name: String,
    #[serde(rename = "reason")]
    _reason: String,
}

/// What cargo says about all packages, on every platform.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    req: String,
    path: Option<String>,
}

/// Fails with everything that is against the rules.
pub fn check() -> Result<()> {
    let rules = std::fs::read_to_string(paths::root().join("deny.toml")).context("deny.toml cannot be read")?;
    let metadata = output(cargo().args(["metadata", "--locked", "--all-features", "--format-version", "1"]))?;
    let packages = serde_json::from_str::<Metadata>(&metadata)?.packages;
    let found = faults(&toml::from_str(&rules).context("deny.toml is not understood")?, &packages);
    ensure!(found.is_empty(), "against deny.toml:\n  {}", found.join("\n  "));
    println!("{} packages keep to deny.toml", packages.len());
    Ok(())
}

/// Everything against the rules, and every rule that is not needed any more.
fn faults(rules: &Rules, packages: &[Package]) -> Vec<String> {
    let Bans { multiple_versions: Always::Deny, wildcards: Always::Deny, .. } = rules.bans;
    let Sources { unknown_registry: Always::Deny, unknown_git: Always::Deny, .. } = rules.sources;
    let mut found = Vec::new();
    let mut licences = BTreeSet::new();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Package { name, version, license, source, dependencies } in packages {
        match license.as_deref().map(|text| is_allowed(text, &rules.licenses.allow, &mut licences)) {
            None => found.push(format!("{name} {version} names no licence")),
            Some(Err(error)) => found.push(format!("{name} {version} has a licence that cannot be read: {error}")),
            Some(Ok(false)) => found.push(format!("{name} {version}: {}", license.as_deref().unwrap_or_default())),
            Some(Ok(true)) => {}
        }
        let known =
            |source: &str| rules.sources.allow_registry.iter().any(|known| source == format!("registry+{known}"));
        match source {
            Some(source) if !known(source) => found.push(format!("{name} {version} comes from {source}")),
            Some(_) => {}
            None => found.extend(
                dependencies
                    .iter()
                    .filter(|needed| needed.req == "*" && needed.path.is_none())
                    .map(|needed| format!("{name} takes any version of {}", needed.name)),
            ),
        }
        versions.entry(name).or_default().push(version);
    }

    let may = |name: &str, version: &str| {
        let same = |skip: &&Skip| skip.name == name || skip.name == format!("{name}@{version}");
        rules.bans.skip.iter().any(|skip| same(&skip))
    };
    for (name, versions) in &versions {
        let left = versions.iter().filter(|version| !may(name, version)).count();
        if left > 1 {
            found.push(format!("{name} comes in the versions {}", versions.join(", ")));
        }
    }
    for skip in &rules.bans.skip {
        let name = skip.name.split('@').next().unwrap_or_default();
        let is_double = versions.get(name).is_some_and(|versions| versions.len() > 1);
        let is_there = packages.iter().any(|package| may(&package.name, &package.version) && package.name == name);
        if !is_double || !is_there {
            found.push(format!("deny.toml skips {}, which comes in one version", skip.name));
        }
    }
    found.extend(rules.licenses.allow.difference(&licences).map(|name| format!("deny.toml allows {name} for nothing")));
    found
}

/// Whether these terms leave a choice that the rules allow. Notes those licences that a package names.
fn is_allowed(terms: &str, allow: &BTreeSet<String>, named: &mut BTreeSet<String>) -> Result<bool, spdx::ParseError> {
    let expression = spdx::Expression::parse_mode(terms, spdx::ParseMode::LAX)?;
    named.extend(expression.requirements().map(|licence| licence.req.to_string()));
    Ok(expression.evaluate(|licence| allow.contains(&licence.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        toml::from_str(
            "licenses = { allow = ['MIT', 'Apache-2.0'] }
             bans = { multiple-versions = 'deny', wildcards = 'deny', allow-wildcard-paths = true,
                      skip = [{ crate = 'old@1.0.0', reason = 'leptos' }] }
             sources = { unknown-registry = 'deny', unknown-git = 'deny', allow-registry = ['https://crates'] }",
        )
        .expect("rules")
    }

    fn package(name: &str, version: &str, license: &str) -> Package {
        Package {
            name: name.to_owned(),
            version: version.to_owned(),
            license: Some(license.to_owned()),
            source: Some("registry+https://crates".to_owned()),
            dependencies: Vec::new(),
        }
    }

    /// Packages without a fault.
    fn good() -> Vec<Package> {
        vec![
            package("old", "1.0.0", "MIT"),
            package("old", "2.0.0", "Apache-2.0/GPL-3.0"),
            package("a", "1.0.0", "MIT"),
        ]
    }

    #[track_caller]
    fn check(packages: &[Package], expected: &[&str]) {
        assert_eq!(faults(&rules(), packages), expected);
    }

    #[test]
    fn what_keeps_to_the_rules_passes() {
        check(&good(), &[]);
    }

    #[test]
    fn a_licence_is_refused_unless_it_leaves_a_choice() {
        for (terms, is_fine) in
            [("MIT AND GPL-3.0-only", false), ("GPL-3.0-only", false), ("(MIT OR GPL-3.0-only) AND Apache-2.0", true)]
        {
            let mut packages = good();
            packages.push(package("b", "1.0.0", terms));
            assert_eq!(faults(&rules(), &packages).is_empty(), is_fine, "{terms}");
        }
        let mut packages = good();
        packages[2].license = None;
        check(&packages, &["a 1.0.0 names no licence"]);
    }

    #[test]
    fn another_source_is_refused() {
        let mut packages = good();
        packages[2].source = Some("git+https://crates".to_owned());
        check(&packages, &["a 1.0.0 comes from git+https://crates"]);
    }

    #[test]
    fn two_versions_are_refused_and_so_is_a_rule_for_nothing() {
        let mut packages = good();
        packages.push(package("a", "2.0.0", "MIT"));
        check(&packages, &["a comes in the versions 1.0.0, 2.0.0"]);
        packages = good();
        packages.remove(0);
        check(&packages, &["deny.toml skips old@1.0.0, which comes in one version"]);
        packages.remove(0);
        check(
            &packages,
            &["deny.toml skips old@1.0.0, which comes in one version", "deny.toml allows Apache-2.0 for nothing"],
        );
    }

    #[test]
    fn our_own_packages_say_which_version_they_need() {
        let needs = |req: &str, path: Option<&str>| Dependency {
            name: "a".to_owned(),
            req: req.to_owned(),
            path: path.map(str::to_owned),
        };
        let mut packages = good();
        packages[2].source = None;
        packages[2].dependencies = vec![needs("*", Some("crates/a")), needs("^1", None)];
        check(&packages, &[]);
        packages[2].dependencies = vec![needs("*", None)];
        check(&packages, &["a takes any version of a"]);
    }
}
