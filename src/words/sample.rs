//! The collection that opens on a first run.

/// The files of `data/sample/`: their names and what is in them.
pub const SAMPLE: &[(&str, &str)] = &[
    ("berita.json", include_str!("../../data/sample/berita.json")),
    ("dispatches.jsonl", include_str!("../../data/sample/dispatches.jsonl")),
    ("clinic-boat.txt", include_str!("../../data/sample/clinic-boat.txt")),
    ("feri-sape.txt", include_str!("../../data/sample/feri-sape.txt")),
    ("gempa-sumbawa.txt", include_str!("../../data/sample/gempa-sumbawa.txt")),
    ("sack-of-letters.txt", include_str!("../../data/sample/sack-of-letters.txt")),
    ("tabrakan-malaka.txt", include_str!("../../data/sample/tabrakan-malaka.txt")),
    ("wonsan-lawatan.txt", include_str!("../../data/sample/wonsan-lawatan.txt")),
    ("ferry-fog.md", include_str!("../../data/sample/ferry-fog.md")),
    ("karang-cenderawasih.md", include_str!("../../data/sample/karang-cenderawasih.md")),
];
