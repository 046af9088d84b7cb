use super::*;
use crate::article::{Article, Form, Kind, QuoteKind};
use crate::words::Language;
use proptest::prelude::*;

fn read(language: Language, body: &str) -> (Article, Annotations) {
    let mut article = Article::new("Judul", body);
    article.language = Some(language);
    let found = annotate(&article);
    (article, found)
}

/// Quotations as "words | speaker".
fn said(body: &str, language: Language) -> Vec<String> {
    let (article, found) = read(language, body);
    found
        .quotes
        .iter()
        .map(|quote| {
            let parts: Vec<&str> = quote.parts.iter().map(|part| part.of(&article.body)).collect();
            let speaker = quote.speaker.map_or("", |speaker| found.entities[speaker].name.as_str());
            format!("{} | {speaker}", parts.join(" + "))
        })
        .collect()
}

#[test]
fn who_filed_a_text_says_nothing_in_it() {
    let (_, found) = read(Language::INDONESIAN, "JAKARTA (Antara) - Presiden mengatakan, “Kita maju.”");
    assert_eq!(found.quotes.first().map(|quote| quote.speaker), Some(None));
}

#[test]
fn cues_on_either_side_name_the_speaker() {
    let id = Language::INDONESIAN;
    assert_eq!(
        said("“Stok cukup,” kata Ratna Wulansari di Bandung.", id),
        ["“Stok cukup,” | Ratna Wulansari"]
    );
    assert_eq!(
        said("”Stok cukup,” kata Ratna Wulansari di Bandung.", id),
        ["”Stok cukup,” | Ratna Wulansari"]
    );
    assert_eq!(said("Ratna Wulansari menegaskan, “Stok cukup.”", id), ["“Stok cukup.” | Ratna Wulansari"]);
    assert_eq!(
        said("Menurut Bimo Prasetya, “gempa susulan masih mungkin terjadi.”", id),
        ["“gempa susulan masih mungkin terjadi.” | Bimo Prasetya"]
    );
    assert_eq!(
        said("Ratna Wulansari tiba.\n“Stok cukup,” ujarnya.", id),
        ["“Stok cukup,” | Ratna Wulansari"]
    );
    assert_eq!(
        said("“Kami siap,” kata Teguh Gunadi, “dan tidak ada yang retak.”", id),
        ["“Kami siap,” + “dan tidak ada yang retak.” | Teguh Gunadi"]
    );
    assert_eq!(said("“We are ready,” Ann Baird said.", Language::ENGLISH), ["“We are ready,” | Ann Baird"]);
}

#[test]
fn titles_and_scare_quotes_are_no_quotations() {
    let id = Language::INDONESIAN;
    assert!(said("Novel “Hujan di Ujung Dermaga” karya Lintang Purnama terjual.", id).is_empty());
    assert!(said("Pemerintah memberlakukan “pajak solidaritas” mulai tahun depan.", id).is_empty());
}

#[test]
fn an_office_goes_with_its_person() {
    let (article, found) =
        read(Language::INDONESIAN, "Menteri Luar Negeri Norwegia Ingrid Solheim tiba di Oslo. Ia tersenyum.");
    let person = found.entities.iter().find(|entity| entity.name == "Ingrid Solheim").unwrap();
    assert_eq!(person.role.as_deref(), Some("Menteri Luar Negeri Norwegia"));
    let forms: Vec<(&str, Form)> =
        person.mentions.iter().map(|mention| (mention.span.of(&article.body), mention.form)).collect();
    assert_eq!(forms, [("Ingrid Solheim", Form::Name), ("Ia", Form::Pronoun)]);
}

#[test]
fn the_country_of_a_person_is_that_of_the_office() {
    let code = |language: Language, body: &str, name: &str| {
        let (_, found) = read(language, body);
        let mut persons = found.entities.into_iter().filter(|entity| entity.kind == Kind::Person);
        let person = persons.find(|entity| entity.name == name);
        let person = person.unwrap_or_else(|| panic!("{name} is no person in {body}"));
        person.country.map(|country| country.to_string())
    };
    for (body, name, country) in [
        ("Menteri Luar Negeri Norwegia Ingrid Solheim tiba.", "Ingrid Solheim", Some("NO")),
        ("Presiden Rusia Vladimir Gusarov tiba.", "Vladimir Gusarov", Some("RU")),
        ("Menteri Unifikasi Korea Selatan Han Seo-jin tiba.", "Han Seo-jin", Some("KR")),
        ("Ingrid Solheim, Menteri Luar Negeri Norwegia, tiba.", "Ingrid Solheim", Some("NO")),
        ("Duta Besar Belanda Hans Brugge tiba di Indonesia.", "Hans Brugge", Some("NL")),
        // What only a later office tells.
        (
            "Menteri Arif Wiratmaja tiba. Menteri Indonesia Arif Wiratmaja pergi.",
            "Arif Wiratmaja",
            Some("ID"),
        ),
        // No office, or none of a country; the name itself is none.
        ("Ingrid Solheim berangkat dari Norwegia.", "Ingrid Solheim", None),
        ("Bek kiri Jordan Tuhumena tiba. Jordan Tuhumena pergi.", "Jordan Tuhumena", None),
    ] {
        assert_eq!(code(Language::INDONESIAN, body, name).as_deref(), country, "{body}");
    }
    for (body, name, country) in [
        ("Norwegian Foreign Minister Ingrid Solheim arrived.", "Ingrid Solheim", Some("NO")),
        ("The talks opened. Norway's Foreign Minister Ingrid Solheim arrived.", "Ingrid Solheim", Some("NO")),
        ("The talks opened. Norway’s foreign minister Ingrid Solheim arrived.", "Ingrid Solheim", Some("NO")),
        ("Norwegian foreign minister Ingrid Solheim arrived.", "Ingrid Solheim", Some("NO")),
        ("Ingrid Solheim, the foreign minister of Norway, arrived.", "Ingrid Solheim", Some("NO")),
        ("On Monday in Russia, Foreign Minister Ingrid Solheim arrived.", "Ingrid Solheim", None),
        ("“It is late,” said Chad Sorensen. Chad Sorensen left.", "Chad Sorensen", None),
        ("Hans Brugge, the Dutch ambassador to Indonesia, arrived.", "Hans Brugge", Some("NL")),
    ] {
        assert_eq!(code(Language::ENGLISH, body, name).as_deref(), country, "{body}");
    }
}

#[test]
fn a_fragment_has_its_clauses_subject() {
    let (_, found) =
        read(Language::INDONESIAN, "Hasan Tuanaya menilai rencana itu \"terlalu tergesa-gesa\".");
    assert_eq!(found.quotes.len(), 1);
    assert_eq!(found.quotes[0].kind, QuoteKind::Fragment);
    assert!(found.quotes[0].speaker.is_some());
}

#[test]
fn other_languages_quote_by_data_alone() {
    for (code, body, words, speaker) in [
        (
            "de",
            "„Wir sind bereit“, sagte Außenministerin Anna Weber in Berlin.",
            "„Wir sind bereit“",
            "Anna Weber",
        ),
        ("de", "Anna Weber sagte: „Wir sind bereit.“", "„Wir sind bereit.“", "Anna Weber"),
        ("de", "Anna Weber reiste ab. »Wir sind bereit«, sagte sie.", "»Wir sind bereit«", "Anna Weber"),
        (
            "fr",
            "« Nous sommes prêts », a déclaré Claire Dubois à Paris.",
            "« Nous sommes prêts »",
            "Claire Dubois",
        ),
        (
            "fr",
            "Claire Dubois est arrivée. « Nous sommes prêts », affirme-t-elle.",
            "« Nous sommes prêts »",
            "Claire Dubois",
        ),
        (
            "es",
            "«Estamos listos», dijo la ministra Carmen López en Madrid.",
            "«Estamos listos»",
            "Carmen López",
        ),
        (
            "es",
            "Según Carmen López, “no hay ninguna prisa todavía”.",
            "“no hay ninguna prisa todavía”",
            "Carmen López",
        ),
        ("pt", "“Estamos prontos”, disse Ana Souza em Lisboa.", "“Estamos prontos”", "Ana Souza"),
        (
            "nl",
            "‘We zijn er klaar voor’, zei Pieter de Vries in Utrecht.",
            "‘We zijn er klaar voor’",
            "Pieter de Vries",
        ),
        (
            "ms",
            "“Kami sudah bersedia,” kata Datuk Ahmad Zaki di Ipoh.",
            "“Kami sudah bersedia,”",
            "Ahmad Zaki",
        ),
    ] {
        let language = Language::parse(code).unwrap();
        assert_eq!(said(body, language), [format!("{words} | {speaker}")], "{code}: {body}");
    }
}

#[test]
fn an_unknown_language_has_its_marks_and_countries() {
    for (code, body, country) in [
        ("pl", "„Jesteśmy gotowi do rozmów” powiedział minister w Norwegii. Polska czeka.", "PL"),
        ("ru", "«Мы готовы к переговорам», сказал он. Норвегия ждёт ответа.", "NO"),
        ("ja", "「私たちは準備ができています」と述べた。ノルウェーは待っている。", "NO"),
        ("ar", "قال الوزير «نحن مستعدون للمحادثات» وغادر إلى النرويج", "NO"),
        ("th", "เขาเดินทางไปนอร์เวย์เมื่อวานนี้", "NO"),
        ("tr", "“Biz hazırız ve bekliyoruz” dedi. Norveç yanıt verdi.", "NO"),
    ] {
        let (_, found) = read(Language::parse(code).unwrap(), body);
        let codes: Vec<String> =
            found.entities.iter().filter_map(|entity| entity.country).map(|code| code.to_string()).collect();
        assert!(codes.iter().any(|code| code == country), "{code}: {codes:?}");
    }
}

fn check(title: &str, body: &str) -> Result<(), TestCaseError> {
    for language in [None, Some(Language::INDONESIAN), Some(Language::ENGLISH)] {
        let mut article = Article::new(title, body);
        article.language = language;
        let found = annotate(&article);
        prop_assert_eq!(&found, &annotate(&article));
        let mut at = 0;
        for quote in &found.quotes {
            prop_assert!(!quote.parts.is_empty());
            for part in &quote.parts {
                prop_assert!(body.get(part.range()).is_some() && !part.is_empty());
                prop_assert!(part.start >= at);
                at = part.end;
            }
            prop_assert!(quote.speaker.is_none_or(|speaker| speaker < found.entities.len()));
            prop_assert!(quote.cue.is_none_or(|cue| body.get(cue.range()).is_some()));
        }
        for entity in &found.entities {
            prop_assert!(entity.mentions.is_sorted_by_key(|mention| mention.span.start));
            for mention in &entity.mentions {
                prop_assert!(body.get(mention.span.range()).is_some() && !mention.span.is_empty());
            }
            for mention in &entity.title_mentions {
                prop_assert!(title.get(mention.span.range()).is_some());
            }
        }
    }
    Ok(())
}

const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "„",
    "«",
    "»",
    ", ",
    ". ",
    "\n",
    "\n\n",
    " ",
    "kata ",
    "ujarnya",
    "mengatakan ",
    "said ",
    "Menteri ",
    "Kementerian ",
    "dan ",
    "of ",
    "University ",
    "Ani ",
    "Budi Gama ",
    "Prof. Dr. ",
    "Indonesia ",
    "AS ",
    "(",
    ")",
    "Ia ",
    "he ",
    "Menurut ",
    "🦀",
    "é",
    "IAEA ",
    "Selat ",
    "bin ",
    "de ",
    "42",
    "Oslo | X –",
    "日本",
];

#[test]
fn a_text_may_be_a_mark_and_nothing_else() {
    for body in ["\"", "“", "”", "'", ".", "”.", "\".", "“Ya"] {
        annotate(&Article::new("", body));
        annotate(&Article::new(body, body));
    }
}

proptest! {
    #[test]
    fn anything_is_annotated(title in any::<String>(), body in any::<String>()) {
        check(&title, &body)?;
    }

    #[test]
    fn pieces_of_news_are_annotated(picks in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let body: String = picks.iter().map(|&pick| PIECES[pick]).collect();
        check("Judul Ani Gama", &body)?;
    }
}

/// What a megabyte of which has been, or could be, too much.
const WORST: &[&str] = &[
    "“",
    "”",
    "\"a ",
    "‘a ",
    "’ ",
    "'",
    "'a",
    "`` ",
    "« ",
    "„a“ „",
    "(",
    ")",
    "[x] ",
    "Ani ",
    "Ani\n",
    "Ani Budi, ",
    "Ani Budi (AB) ",
    "ANI ",
    "A. ",
    "A.",
    "U.S.",
    "a-b-",
    "A-b'",
    "a",
    "A",
    "7",
    "7 ",
    "7.",
    "7,",
    "kata ",
    "ia ",
    "ia. ",
    "“A,” kata Ani. ",
    "“A,” katanya. ",
    "“a\n\n",
    "“Saya, kata Ani\n",
    "Menteri ",
    "Menteri Luar Negeri ",
    "menteri itu ",
    "Kementerian ",
    "Kementerian dan ",
    "of ",
    "bin ",
    "Ani bin ",
    "van de ",
    "X said “a ",
    "menurut ",
    "Menurut Ani, ",
    "AS ",
    "Republik ",
    "Korea, ",
    "North Korea, Ani Budi, the North, ",
    "di ",
    "Laut ",
    "–",
    "- ",
    ".",
    "... ",
    ":",
    ", ",
    "\n",
    "\n\n",
    " ",
    "é",
    "É ",
    "e\u{301}",
    "\u{301}",
    "日本",
    "한국 ",
    "ا",
    "👍🏽",
    "Oslo | Kabar –\n",
    "Sumber : X\n",
];

/// How often annotating looks at a token, for each token there could be.
fn looks(title: &str, body: &str) -> u64 {
    for_language(title, body, Language::INDONESIAN).max(for_language(title, body, Language::ENGLISH))
}

fn for_language(title: &str, body: &str, language: Language) -> u64 {
    let mut article = Article::new(title, body);
    article.language = Some(language);
    page::LOOKS.set(0);
    let _ = annotate(&article);
    page::LOOKS.get()
}

#[test]
fn the_worst_inputs_are_looked_at_a_bounded_number_of_times() {
    let names =
        |count: usize| -> String { (0..count).map(|n| format!("Ani{n:x} Budi{:x}, ", n / 3)).collect() };
    let words =
        |count: usize| -> String { (0..count).map(|n| format!("“K{n:x}.” kata A{n:x}. ")).collect() };
    let texts = WORST
        .iter()
        .map(|piece| (*piece, piece.repeat(3_000 / piece.len()), piece.repeat(12_000 / piece.len())))
        .chain([
            ("distinct names", names(250), names(1_000)),
            ("distinct speakers", words(250), words(1_000)),
        ]);
    for (piece, some, more) in texts {
        let (few, many) = (looks("x", &some), looks("x", &more));
        assert!(many <= few * 5 + 20_000, "{piece:?} in the body: {few}, four times as much: {many}");
        assert!(many < 400 * 12_000, "{piece:?}: {many}");
        let (few, many) = (looks(&some, "x"), looks(&more, "x"));
        assert!(many <= few * 5 + 20_000, "{piece:?} in the title: {few}, four times as much: {many}");
    }
}

#[test]
fn the_worst_inputs_take_linear_time() {
    for piece in WORST.iter().step_by(4) {
        // A tenth of a second where it is linear; minutes where it is not, on any machine.
        let start = std::time::Instant::now();
        let _ = annotate(&Article::new("Judul", &piece.repeat(400_000 / piece.len())));
        assert!(start.elapsed().as_secs() < 40, "{piece:?}");
    }
}

#[test]
fn a_person_is_one_in_two_spellings() {
    let article = Article::new(
        "",
        "Foreign Minister Sergei Lavrov arrived on Monday. Sergey Lavrov met the press. President Kim Jong-un waited, \
         and Kim Jong Un smiled. Deputy Minister Sergey Ivankov and Sergey Ivanov left.",
    );
    let found = annotate(&article);
    let persons: Vec<(&str, usize)> = found
        .entities
        .iter()
        .filter(|entity| entity.kind == Kind::Person)
        .map(|entity| (entity.name.as_str(), entity.mentions.len()))
        .collect();
    let expected = [("Sergei Lavrov", 2), ("Kim Jong-un", 2), ("Sergey Ivankov", 1), ("Sergey Ivanov", 1)];
    assert_eq!(persons, expected);
}
