//! Reading notices from TOML.
