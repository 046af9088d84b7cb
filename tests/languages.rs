//! Languages as data: passages with inline gold for each lexicon, a language made up on the spot, and quotation marks
//! and country names far beyond the lexicons.
//!
//! The passages stand in `tests/languages`, one file or more a language, written for petik; persons, outlets and offices are
//! invented. The notation is that of `score::markup`; a line of `====` parts the passages. Of names only those of
//! persons and countries are all marked.

use crate::properties::fits;
use crate::score::markup::parse;
use crate::score::{Annotated, Figure, Record, Tally, golds};
use petik::annotate::{annotate, annotate_with};
use petik::article::{Article, Kind};
use petik::words::{Language, Lexicon};
use proptest::prelude::*;
use std::path::Path;
use std::time::{Duration, Instant};

/// The passages of a language.
fn passages(code: &str) -> Vec<Record> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/languages/{code}.gold"));
    let text = std::fs::read_to_string(path).unwrap();
    let passages: Vec<Record> = text
        .split("====\n")
        .map(|passage| parse(passage).unwrap_or_else(|what| panic!("{code}: {what}")))
        .collect();
    let lang = code.get(..2).unwrap();
    assert!(passages.len() >= 8 && passages.iter().all(|passage| passage.lang == lang), "{code}");
    passages
}

/// What each language reaches on its passages, in hundredths. These only rise.
const FIGURES: [Figure; 7] = [
    Figure::Quotes,
    Figure::QuoteKinds,
    Figure::Speakers,
    Figure::SpeakersGiven,
    Figure::NamesOf(Kind::Person),
    Figure::NamesOf(Kind::Country),
    Figure::Codes,
];
///
/// The files with a number were labelled before they were first measured; then quotations of `de-2` had an exact F1 of
/// 97.0, and of those whose speaker is given 84.4 had that one, in `de-3` 96.6 and 73.7; in the other five languages the
/// quotations reached 92.3 to 98.1, the speakers 92.0 to 100.
const FLOORS: [(&str, [f64; 7]); 13] = [
    ("de", [98.5, 98.5, 96.5, 99.0, 99.0, 100.0, 100.0]),
    ("fr", [98.5, 98.5, 96.5, 99.0, 99.0, 100.0, 100.0]),
    ("es", [98.5, 98.5, 96.5, 99.0, 99.0, 100.0, 100.0]),
    ("pt", [98.5, 98.5, 96.5, 99.0, 99.0, 100.0, 100.0]),
    ("nl", [98.5, 98.5, 96.5, 99.0, 99.0, 100.0, 100.0]),
    ("ms", [98.5, 98.5, 96.5, 99.0, 99.0, 100.0, 100.0]),
    ("de-2", [99.0, 99.5, 97.0, 98.5, 97.5, 100.0, 100.0]),
    ("de-3", [97.5, 97.0, 86.0, 99.5, 96.0, 100.0, 100.0]),
    ("fr-2", [99.5, 96.0, 96.0, 99.5, 99.5, 100.0, 100.0]),
    ("es-2", [99.5, 96.0, 99.5, 99.5, 99.5, 100.0, 100.0]),
    ("pt-2", [99.5, 96.0, 95.5, 99.5, 99.5, 100.0, 100.0]),
    ("nl-2", [99.5, 99.5, 99.5, 99.5, 92.5, 100.0, 100.0]),
    ("ms-2", [99.5, 99.5, 99.5, 99.5, 97.0, 100.0, 100.0]),
];

#[test]
fn each_language_holds_its_floors() {
    for (code, floors) in FLOORS {
        let mut tally = Tally::default();
        for passage in &passages(code) {
            tally.add(passage, &Annotated::afresh(passage).unwrap());
        }
        println!("{code}\n{}{}", tally.table(), tally.failures(30));
        for (figure, floor) in FIGURES.iter().zip(floors) {
            let value = 100.0 * figure.of(&tally).unwrap();
            let name = figure.name().trim();
            assert!(value >= floor, "{code}, {name}: {value:.2} is under {floor}\n{}", tally.failures(30));
        }
    }
}

#[test]
fn the_language_of_each_passage_is_detected() {
    for (code, _) in FLOORS {
        for passage in passages(code) {
            let found = annotate(&Article::new(&passage.title, &passage.body));
            assert_eq!(found.language.as_str(), passage.lang, "{}", passage.id);
        }
    }
    for record in golds().unwrap() {
        let found = annotate(&Article::new(&record.title, &record.body));
        assert_eq!(found.language.as_str(), record.lang, "{}", record.id);
    }
}

#[test]
fn malay_read_as_indonesian_loses_little() {
    let mut tally = Tally::default();
    for passage in &mut passages("ms") {
        passage.lang = "id".to_owned();
        tally.add(passage, &Annotated::afresh(passage).unwrap());
    }
    println!("{}{}", tally.table(), tally.failures(30));
    for (figure, floor) in [(Figure::Quotes, 95.0), (Figure::Speakers, 75.0), (Figure::SpeakersGiven, 85.0)] {
        let value = 100.0 * figure.of(&tally).unwrap();
        assert!(
            value >= floor,
            "{}: {value:.2} is under {floor}\n{}",
            figure.name().trim(),
            tally.failures(30)
        );
    }
}

/// A language of four words and a mark or two, which petik has never heard of.
const MADE_UP: &str = r#"
language = "qaa"
drops_subject = true
elisions = ["vo"]
role_endings = ["pelor"]
role_endings_female = ["pelora"]
speech = ["drim"]
speech_roots = ["sola"]
suffix_pronouns = ["-na"]
female = ["-na"]
relay = ["uz"]
honorifics = ["Gosp"]
works = ["kniba"]
stopwords = ["tu", "uz"]
"#;

#[test]
fn a_language_is_added_by_data_alone() {
    let lexicon = Lexicon::parse(MADE_UP).unwrap();
    let mut article = Article::new(
        "Tu marek",
        "«Tu marek ne stoji», drim vodopelora Mira Zelun. «Tu vetar tihi», sola-na.\n\
         Gosp Orven drim: «Marek stoji!» Uz Zelun, «marek plovi dobro i daleko».\n\
         Tu kniba «Veliko More» ne drim.",
    );
    let found = annotate_with(&article, &lexicon);
    assert_eq!(found.language.as_str(), "qaa");
    let said: Vec<String> = found
        .quotes
        .iter()
        .map(|quote| {
            let speaker = quote.speaker.map_or("nobody", |speaker| found.entities[speaker].name.as_str());
            format!("{} {speaker}", quote.parts[0].of(&article.body))
        })
        .collect();
    assert_eq!(
        said,
        [
            "«Tu marek ne stoji» Mira Zelun",
            "«Tu vetar tihi» Mira Zelun",
            "«Marek stoji!» Orven",
            "«marek plovi dobro i daleko» Mira Zelun",
        ]
    );
    assert_eq!(found.entities[0].role.as_deref(), Some("vodopelora"));
    // Without the words there is no relay, and no office.
    article.language = Language::parse("qaa");
    let found = annotate(&article);
    assert!(found.quotes[3].speaker.is_none() && found.entities[0].role.is_none());
}

/// Language; a text with something said between the marks of the language (CLDR's delimiters, or those its papers use)
/// and a country by its name in CLDR; what is said; the country.
const TEXTS: &[(&str, &str, &str, &str)] = &[
    (
        "af",
        "“Niemand hier wag vir ’n wonderwerk,” het die burgemeester gesê. Noorweë bly stil.",
        "“Niemand hier wag vir ’n wonderwerk,”",
        "NO",
    ),
    ("ar", "قال العمدة: «لا أحد هنا ينتظر معجزة». النرويج صامتة.", "«لا أحد هنا ينتظر معجزة»", "NO"),
    (
        "az",
        "“Burada heç kim möcüzə gözləmir”, bələdiyyə sədri dedi. Norveç susur.",
        "“Burada heç kim möcüzə gözləmir”",
        "NO",
    ),
    ("bg", "„Никой тук не чака чудо“, каза кметът. Норвегия мълчи.", "„Никой тук не чака чудо“", "NO"),
    (
        "bn",
        "“এখানে কেউ অলৌকিক কিছুর অপেক্ষায় নেই,” মেয়র বললেন। নরওয়ে চুপ।",
        "“এখানে কেউ অলৌকিক কিছুর অপেক্ষায় নেই,”",
        "NO",
    ),
    (
        "ca",
        "«Ningú no espera cap miracle», va dir l’alcaldessa. L’Argentina calla.",
        "«Ningú no espera cap miracle»",
        "AR",
    ),
    (
        "cs",
        "„Nikdo tu nečeká na zázrak,“ řekla starostka. Norsko mlčí.",
        "„Nikdo tu nečeká na zázrak,“",
        "NO",
    ),
    (
        "da",
        "»Ingen her venter på et mirakel,« sagde borgmesteren. Norges regering er tavs.",
        "»Ingen her venter på et mirakel,«",
        "NO",
    ),
    (
        "el",
        "«Κανείς εδώ δεν περιμένει ένα θαύμα», είπε η δήμαρχος. Η Νορβηγία σιωπά.",
        "«Κανείς εδώ δεν περιμένει ένα θαύμα»",
        "NO",
    ),
    ("et", "„Keegi siin ei oota imet,“ ütles linnapea. Norra vaikib.", "„Keegi siin ei oota imet,“", "NO"),
    (
        "eu",
        "«Hemen inor ez dago mirari baten zain», esan du alkateak. Norvegiak ez du hitzik.",
        "«Hemen inor ez dago mirari baten zain»",
        "NO",
    ),
    (
        "fa",
        "شهردار گفت: «هیچ‌کس اینجا منتظر معجزه نیست». نروژ ساکت است.",
        "«هیچ‌کس اینجا منتظر معجزه نیست»",
        "NO",
    ),
    (
        "fi",
        "”Kukaan täällä ei odota ihmettä”, sanoi pormestari. Norjassa ollaan hiljaa.",
        "”Kukaan täällä ei odota ihmettä”",
        "NO",
    ),
    (
        "fil",
        "“Walang naghihintay ng himala rito,” sabi ng alkalde. Tahimik ang Norway.",
        "“Walang naghihintay ng himala rito,”",
        "NO",
    ),
    (
        "gl",
        "«Ninguén aquí agarda un milagre», dixo a alcaldesa. Noruega cala.",
        "«Ninguén aquí agarda un milagre»",
        "NO",
    ),
    ("he", "”איש כאן אינו מחכה לנס,” אמרה ראשת העיר. נורווגיה שותקת.", "”איש כאן אינו מחכה לנס,”", "NO"),
    (
        "hi",
        "“यहाँ कोई चमत्कार की प्रतीक्षा नहीं कर रहा,” महापौर ने कहा। नॉर्वे चुप है।",
        "“यहाँ कोई चमत्कार की प्रतीक्षा नहीं कर रहा,”",
        "NO",
    ),
    (
        "hr",
        "„Nitko ovdje ne čeka čudo“, rekla je gradonačelnica. Norveška šuti.",
        "„Nitko ovdje ne čeka čudo“",
        "NO",
    ),
    (
        "hu",
        "„Itt senki sem vár csodára” – mondta a polgármester. Norvégia hallgat.",
        "„Itt senki sem vár csodára”",
        "NO",
    ),
    (
        "hy",
        "«Այստեղ ոչ ոք հրաշքի չի սպասում», ասաց քաղաքապետը։ Նորվեգիա։",
        "«Այստեղ ոչ ոք հրաշքի չի սպասում»",
        "NO",
    ),
    (
        "is",
        "„Enginn hér bíður eftir kraftaverki,“ sagði borgarstjórinn. Noregur þegir.",
        "„Enginn hér bíður eftir kraftaverki,“",
        "NO",
    ),
    (
        "it",
        "«Nessuno qui aspetta un miracolo», ha detto la sindaca. L’Ungheria tace, l’Austria pure.",
        "«Nessuno qui aspetta un miracolo»",
        "HU",
    ),
    (
        "ja",
        "「ここでは誰も奇跡を待っていない」と市長は語った。ノルウェーは黙っている。",
        "「ここでは誰も奇跡を待っていない」",
        "NO",
    ),
    ("ka", "„აქ არავინ ელოდება სასწაულს“, თქვა მერმა. ნორვეგია დუმს.", "„აქ არავინ ელოდება სასწაულს“", "NO"),
    (
        "kk",
        "«Мұнда ешкім ғажайып күтіп отырған жоқ», деді әкім. Норвегия үнсіз.",
        "«Мұнда ешкім ғажайып күтіп отырған жоқ»",
        "NO",
    ),
    (
        "ko",
        "“여기서는 아무도 기적을 기다리지 않는다”고 시장은 말했다. 노르웨이는 침묵한다.",
        "“여기서는 아무도 기적을 기다리지 않는다”",
        "NO",
    ),
    (
        "lt",
        "„Niekas čia nelaukia stebuklo“, – sakė merė. Norvegija tyli.",
        "„Niekas čia nelaukia stebuklo“",
        "NO",
    ),
    (
        "lv",
        "“Neviens te negaida brīnumu,” sacīja mērs. Norvēģija klusē.",
        "“Neviens te negaida brīnumu,”",
        "NO",
    ),
    (
        "mk",
        "„Никој овде не чека чудо“, рече градоначалничката. Норвешка молчи.",
        "„Никој овде не чека чудо“",
        "NO",
    ),
    (
        "nb",
        "«Ingen her venter på et mirakel», sa ordføreren. Sveriges regjering er taus.",
        "«Ingen her venter på et mirakel»",
        "SE",
    ),
    (
        "pl",
        "„Nikt tu nie czeka na cud” – powiedziała burmistrzyni. Norwegia milczy.",
        "„Nikt tu nie czeka na cud”",
        "NO",
    ),
    (
        "ro",
        "„Nimeni de aici nu așteaptă o minune”, a spus primărița. Norvegia tace.",
        "„Nimeni de aici nu așteaptă o minune”",
        "NO",
    ),
    ("ru", "«Никто здесь не ждёт чуда», — сказала мэр. Норвегия молчит.", "«Никто здесь не ждёт чуда»", "NO"),
    (
        "sk",
        "„Nikto tu nečaká na zázrak,“ povedala primátorka. Nórsko mlčí.",
        "„Nikto tu nečaká na zázrak,“",
        "NO",
    ),
    (
        "sl",
        "»Nihče tukaj ne čaka na čudež,« je dejala županja. Norveška molči.",
        "»Nihče tukaj ne čaka na čudež,«",
        "NO",
    ),
    (
        "sq",
        "“Askush këtu nuk pret një mrekulli”, tha kryebashkiakja. Norvegjia hesht.",
        "“Askush këtu nuk pret një mrekulli”",
        "NO",
    ),
    (
        "sr",
        "„Нико овде не чека чудо“, рекла је градоначелница. Норвешка ћути.",
        "„Нико овде не чека чудо“",
        "NO",
    ),
    (
        "sv",
        "”Ingen här väntar på ett mirakel”, sade borgmästaren. Norges regering tiger.",
        "”Ingen här väntar på ett mirakel”",
        "NO",
    ),
    (
        "sw",
        "“Hakuna anayesubiri muujiza hapa,” alisema meya. Norway iko kimya.",
        "“Hakuna anayesubiri muujiza hapa,”",
        "NO",
    ),
    (
        "ta",
        "“இங்கு யாரும் அதிசயத்திற்காகக் காத்திருக்கவில்லை,” என்றார் மேயர். நார்வே அமைதியாக உள்ளது.",
        "“இங்கு யாரும் அதிசயத்திற்காகக் காத்திருக்கவில்லை,”",
        "NO",
    ),
    ("th", "“ไม่มีใครที่นี่รอปาฏิหาริย์” นายกเทศมนตรีกล่าว นอร์เวย์ยังคงเงียบ", "“ไม่มีใครที่นี่รอปาฏิหาริย์”", "NO"),
    (
        "tr",
        "“Burada kimse mucize beklemiyor,” dedi belediye başkanı. Norveç'in sesi çıkmıyor.",
        "“Burada kimse mucize beklemiyor,”",
        "NO",
    ),
    (
        "uk",
        "«Ніхто тут не чекає дива», — сказала мерка. Норвегія мовчить.",
        "«Ніхто тут не чекає дива»",
        "NO",
    ),
    (
        "uz",
        "“Bu yerda hech kim mo‘jiza kutmayapti”, dedi shahar hokimi. Norvegiya jim.",
        "“Bu yerda hech kim mo‘jiza kutmayapti”",
        "NO",
    ),
    (
        "vi",
        "“Không ai ở đây chờ đợi một phép màu,” thị trưởng nói. Na Uy im lặng.",
        "“Không ai ở đây chờ đợi một phép màu,”",
        "NO",
    ),
    ("zh", "“这里没有人在等待奇迹，”市长说。挪威保持沉默。", "“这里没有人在等待奇迹，”", "NO"),
];

#[test]
fn marks_and_countries_are_known_in_forty_languages() {
    assert!(TEXTS.len() >= 40);
    let mut wrong = Vec::new();
    for (code, text, said, country) in TEXTS {
        let mut article = Article::new("", text);
        article.language = Language::parse(code);
        assert_eq!(article.body, *text, "{code}");
        let found = annotate(&article);
        let quotes: Vec<&str> =
            found.quotes.iter().flat_map(|quote| &quote.parts).map(|part| part.of(text)).collect();
        let countries: Vec<String> = found
            .entities
            .iter()
            .filter(|entity| entity.kind == Kind::Country)
            .filter_map(|entity| entity.country.map(|country| country.to_string()))
            .collect();
        if quotes != [*said] {
            wrong.push(format!("{code}: said {quotes:?}"));
        }
        if !countries.iter().any(|found| found == country) {
            wrong.push(format!("{code}: countries {countries:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the rules of one language or another look at.
const PIECES: &[&str] = &[
    "„",
    "“",
    "”",
    "«",
    "»",
    "« ",
    " »",
    "‚",
    "‘",
    "’",
    "'",
    "\"",
    "›",
    "‹",
    ", ",
    ". ",
    ": ",
    "? ",
    "\n",
    "\n\n",
    " ",
    "(",
    ")",
    "sagte ",
    "hieß es ",
    "so ",
    "habe ",
    "der ",
    "von der ",
    "Von der ",
    "Ministerin ",
    "Verkehrsministerin ",
    "US-Präsident ",
    "Frau ",
    "Anna ",
    "Weber ",
    "Norwegens ",
    "Zeitung ",
    "a.D. ",
    "am 3. Mai ",
    "L’",
    "l'",
    "d'",
    "Qu'",
    "dit-il",
    "a-t-elle ",
    "M. ",
    "déclaré ",
    "selon elle ",
    "ministre de ",
    "Union des ",
    "aciéristes ",
    "du ",
    "Nord ",
    "él ",
    "dijo ",
    "añadió",
    "a la ",
    "agencia ",
    "según ",
    "o ",
    "à ",
    "disse-se ",
    "’s ",
    "'s avonds ",
    "zei ",
    "zou ",
    "aldus ",
    "van ",
    "de ",
    "Vries ",
    "katanya ",
    "Datuk ",
    "a/l ",
    "bin ",
    "и ",
    "Norveç'in ",
    "ნორვეგია ",
    "挪威",
    "é",
    "🦀",
    "42 ",
    "und ",
    "e ",
    "en ",
    "dan ",
];

const CODES: &[&str] = &["de", "fr", "es", "pt", "nl", "ms", "it", "tr", "fi", "ka", "qaa"];

proptest! {
    #[test]
    fn pieces_of_any_language_are_annotated(
        code in 0..CODES.len(),
        picks in proptest::collection::vec(0..PIECES.len(), 0..60),
    ) {
        let body: String = picks.iter().map(|&pick| PIECES[pick]).collect();
        let mut article = Article::new("Anna Weber", &body);
        article.language = Language::parse(CODES[code]);
        let found = annotate(&article);
        fits(&article, &found)?;
        prop_assert_eq!(annotate(&article), found);
    }
}

#[test]
fn the_worst_inputs_of_each_language_take_linear_time() {
    for (code, pieces) in [
        (
            "de",
            ["„", "Ministerin ", "Anna von der ", "sagte ", "habe „a“ ", "„A“ und ", "Verkehrsministerin-"],
        ),
        ("fr", ["« ", "l'", "Union des ", "du ", "« A », dit-il ", "à l'agence ", "ministre de "]),
        ("es", ["«", "dijo ", "a la ", "“A”, b Ana. ", "El ", "según ", "añadió: "]),
        ("nl", ["'s ", "van de ", "De ", "‘a’ en ", "zou ", "aldus ", "Jan de "]),
    ] {
        for piece in pieces {
            let mut article = Article::new("x", &piece.repeat(100_000 / piece.len()));
            article.language = Language::parse(code);
            // A few hundredths of a second where it is linear; minutes where it is not, on any machine.
            let start = Instant::now();
            let _ = annotate(&article);
            assert!(start.elapsed() < Duration::from_secs(20), "{code}: {piece:?}");
        }
    }
}
