use crate::annotate::annotate;
use crate::article::{Article, Form};
use crate::words::Language;

fn article(language: Language, body: &str) -> Article {
    let mut article = Article::new("Judul", body);
    article.language = Some(language);
    article
}

/// The last word of each quotation's speaker; a dash for nobody.
fn speakers(language: Language, body: &str) -> Vec<String> {
    let found = annotate(&article(language, body));
    let last = |name: &str| name.split_whitespace().last().unwrap_or_default().to_owned();
    let named = |speaker: usize| last(&found.entities[speaker].name);
    found.quotes.iter().map(|quote| quote.speaker.map_or_else(|| "-".to_owned(), named)).collect()
}

#[track_caller]
fn said(language: Language, body: &str, want: &[&str]) {
    assert_eq!(speakers(language, body), want, "{body}");
}

#[test]
fn someone_without_a_name_is_not_the_one_named_before() {
    let id = Language::INDONESIAN;
    said(
        id,
        "“Stok aman,” kata Ratna Wulansari. Seorang warga mengeluh. “Mahal,” katanya.",
        &["Wulansari", "-"],
    );
    said(
        id,
        "“Stok aman,” kata Ratna Wulansari.\nSeorang pejabat berkata lain. “Kosong,” kata pejabat itu.",
        &["Wulansari", "-"],
    );
    let en = Language::ENGLISH;
    said(en, "“We won,” said Ann Baird.\nA resident disagreed. “You lost,” he said.", &["Baird", "-"]);
    said(en, "“We won,” said Ann Baird.\n“We lost,” said her lawyer.", &["Baird", "-"]);
}

#[test]
fn an_office_in_one_word_is_the_one_in_several() {
    let id = Language::INDONESIAN;
    let text = "Menteri Keuangan Ratna Wulansari tiba.\n“Tidak naik,” tegas Menkeu usai rapat.";
    said(id, text, &["Wulansari"]);
    said(id, "Wakil Menteri Agama Ratna Wulansari tiba.\n“Tidak naik,” kata Wamen.", &["Wulansari"]);
    // Of another country than the one who holds it.
    said(id, "Presiden Prancis Jean Morel tiba.\n“Tidak,” kata Presiden Rusia.", &["-"]);
    let en = Language::ENGLISH;
    said(en, "Chief Executive Ann Baird arrived.\n“We will not sell,” the CEO said.", &["Baird"]);
}

#[test]
fn a_noun_that_points_back_means_the_one_just_named() {
    let id = Language::INDONESIAN;
    said(
        id,
        "Ratna Wulansari mengungsi ke balai desa.\n“Semua basah,” kata nenek lima cucu itu.",
        &["Wulansari"],
    );
    said(id, "Teguh Gunadi menang. Pria asal Medan itu menyebut lawannya “tangguh sekali”.", &["Gunadi"]);
    let en = Language::ENGLISH;
    said(en, "Peter Baird resigned on Monday.\n“My knees are 60,” the 36-year-old said.", &["Baird"]);
}

#[test]
fn who_owns_a_noun_is_not_who_speaks() {
    let en = Language::ENGLISH;
    said(en, "“He is ill,” Ann Baird's husband, Peter Holloway, said.", &["Holloway"]);
    said(
        en,
        "“We are tired,” said Ann Baird.\n“So are we,” added her neighbour Peter Holloway.",
        &["Baird", "Holloway"],
    );
    // What one writes speaks for one.
    said(en, "Ann Baird resigned. “I regret it,” Baird's statement said.", &["Baird"]);
    let id = Language::INDONESIAN;
    said(id, "Bimo Prasetya menunggu.\n“Dia sehat,” kata istri Bimo, Ratna Wulansari.", &["Wulansari"]);
}

#[test]
fn the_subject_of_the_paragraph_comes_before_the_last_speaker() {
    let id = Language::INDONESIAN;
    said(
        id,
        "“Jalan rusak,” kata Bimo Prasetya.\nDitegaskan oleh Ratna Wulansari, bantuan cukup. “Jangan khawatir,” ujarnya.",
        &["Prasetya", "Wulansari"],
    );
    let en = Language::ENGLISH;
    said(
        en,
        "“It was close,” said Peter Holloway.\nHer partner, Andrew Baird, left his job to help. “I get up at three,” he says.",
        &["Holloway", "Baird"],
    );
    said(
        en,
        "“Stay,” said Ann Baird.\nPeter Holloway, who met Baird in May, warned of “a very long winter”.",
        &["Baird", "Holloway"],
    );
}

#[test]
fn a_sentence_behind_a_quotation_tells_whose_it_was() {
    let id = Language::INDONESIAN;
    said(id, "“Tanah ini bukan dagangan.” Kalimat itu diucapkan Bimo Prasetya berkali-kali.", &["Prasetya"]);
    said(id, "Bimo Prasetya tersipu. “Itu rahasia,” geletarnya.", &["Prasetya"]);
    said(
        id,
        "Ratna Wulansari tiba. Pemerintah, menurutnya, telah membuka jalur yang “teduh dari ujung ke ujung”.",
        &["Wulansari"],
    );
}

#[test]
fn an_office_that_someone_holds_is_a_mention_of_hers() {
    let body = "Menteri Luar Negeri Norwegia Ingrid Solheim tiba. Menlu bertemu para nelayan.";
    let article = article(Language::INDONESIAN, body);
    let found = annotate(&article);
    let person = found.entities.iter().find(|entity| entity.name == "Ingrid Solheim").unwrap();
    let titles: Vec<&str> = person
        .mentions
        .iter()
        .filter(|mention| mention.form == Form::Title)
        .map(|mention| mention.span.of(&article.body))
        .collect();
    assert_eq!(titles, ["Menlu"]);
}
