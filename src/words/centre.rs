//! Where countries stand on a map, from `data/gazetteer/centres.tsv`.

use super::Country;
use std::collections::HashMap;
use std::sync::LazyLock;

static CENTRES: LazyLock<HashMap<Country, (f64, f64)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/gazetteer/centres.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let country = Country::parse(cells.next()?)?;
        Some((country, (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?)))
    })
    .collect()
});

/// The middle of a country: degrees of latitude and longitude, north and east positive.
pub fn centre(country: Country) -> Option<(f64, f64)> {
    CENTRES.get(&country).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::countries;

    #[test]
    fn every_country_has_its_place() {
        for name in countries().entries() {
            let (latitude, longitude) = centre(name.country).expect(name.name);
            assert!(latitude.abs() <= 90.0 && longitude.abs() <= 180.0);
        }
    }
}
