//! HTML → text: paragraphs with an empty line between, one line each; and the links in it.
//!
//! A tokenizer reads it; no tree is built and of attributes only the `href` of links is kept, so the time is linear in
//! the length, whatever is nested, unclosed or overgrown. (Tree builders are quadratic in depth, and in the attributes
//! of one tag.)

use super::linked::{Linked, Links};
use crate::article::Link;
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use std::borrow::Cow;
use std::convert::Infallible;

/// `text` as it stands, or the text in it if it is HTML: that is, if a tag or a character reference of HTML is in it.
/// Without a tag that parts lines, its line ends are what parts them.
pub(super) fn unless_plain(text: &str) -> Linked<'_> {
    let bytes = text.as_bytes();
    let (mut html, mut parted) = (false, false);
    for at in memchr::memchr2_iter(b'<', b'&', bytes) {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        if bytes.get(at) == Some(&b'&') {
            html |= begins_reference(rest);
        } else if let Some(element) = begins_tag(rest) {
            html = true;
            parted = matches!(element, Element::Block | Element::Break | Element::Line | Element::Item);
        }
        if parted {
            break;
        }
    }
    match (html, parted) {
        (false, _) => Linked::bare(Cow::Borrowed(text)),
        (true, true) => self::text(text),
        (true, false) => write(text, Writer { lined: true, ..Writer::default() }),
    }
}

/// The element of "p>", "/p>", "a href" or the like, if HTML knows one that is at the head of `bytes`.
fn begins_tag(bytes: &[u8]) -> Option<Element> {
    let bytes = bytes.strip_prefix(b"/").unwrap_or(bytes);
    let length = bytes.iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let (name, rest) = bytes.split_at_checked(length)?;
    let ends = matches!(rest.first(), Some(b'>' | b' ' | b'/' | b'\n' | b'\t' | b'\r'));
    element(&name.to_ascii_lowercase()).filter(|_| ends)
}

/// Whether "nbsp;", "#8217;" or the like is at the head of `bytes`.
fn begins_reference(bytes: &[u8]) -> bool {
    let name = bytes.strip_prefix(b"#").unwrap_or(bytes);
    let length = name.iter().take(10).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    length > 1 && name.get(length) == Some(&b';')
}

/// The text of `html`.
pub(super) fn text(html: &str) -> Linked<'static> {
    write(html, Writer::default())
}

/// What a tag that stands alone does to links.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// A link begins, to this reference.
    Opens(String),
    /// One ends.
    Closes,
    Neither,
}

/// What a tag that stands alone does to links.
pub(super) fn anchor(tag: &str) -> Anchor {
    let mut writer = Writer::default();
    read(tag, &mut writer);
    match writer.open {
        Some(open) => Anchor::Opens(open.reference),
        None if tag.trim_end().eq_ignore_ascii_case("</a>") => Anchor::Closes,
        None => Anchor::Neither,
    }
}

fn write(html: &str, mut writer: Writer) -> Linked<'static> {
    read(html, &mut writer);
    writer.end_link();
    Linked { text: Cow::Owned(writer.text), links: writer.links }
}

fn read(html: &str, writer: &mut Writer) {
    let mut emitter =
        CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<Infallible> {
            match event {
                CallbackEvent::OpenStartTag { name } => writer.tag(name, true),
                CallbackEvent::AttributeName { name } => writer.attribute(name),
                CallbackEvent::AttributeValue { value } => writer.value(value),
                CallbackEvent::EndTag { name } => writer.tag(name, false),
                CallbackEvent::String { value } => writer.string(&String::from_utf8_lossy(value)),
                _ => {}
            }
            None
        });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
}

/// What an element does to the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    /// Nothing.
    Inline,
    /// Its text stands in a paragraph of its own.
    Block,
    /// Likewise, with its spaces and line ends as they are.
    Verbatim,
    /// Begins a line.
    Line,
    /// Begins a line with a bullet.
    Item,
    /// Ends a line.
    Break,
    /// Stands a space apart.
    Cell,
    /// Has quotation marks around it.
    Quotation,
    /// Is not shown.
    Hidden,
}

fn element(name: &[u8]) -> Option<Element> {
    Some(match name {
        b"a" | b"abbr" | b"b" | b"bdi" | b"bdo" | b"big" | b"cite" | b"code" | b"data" | b"del" | b"dfn"
        | b"em" | b"font" | b"i" | b"img" | b"ins" | b"kbd" | b"label" | b"mark" | b"noscript"
        | b"picture" | b"ruby" | b"s" | b"samp" | b"small" | b"source" | b"span" | b"strike" | b"strong"
        | b"sub" | b"sup" | b"time" | b"tt" | b"u" | b"var" | b"wbr" => Element::Inline,
        b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"center" | b"details" | b"div"
        | b"dl" | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"h1" | b"h2" | b"h3"
        | b"h4" | b"h5" | b"h6" | b"header" | b"hr" | b"html" | b"main" | b"nav" | b"ol" | b"p"
        | b"section" | b"summary" | b"table" | b"ul" => Element::Block,
        b"pre" => Element::Verbatim,
        b"dd" | b"dt" | b"tr" => Element::Line,
        b"li" => Element::Item,
        b"br" => Element::Break,
        b"td" | b"th" => Element::Cell,
        b"q" => Element::Quotation,
        b"audio" | b"button" | b"canvas" | b"embed" | b"head" | b"iframe" | b"math" | b"object"
        | b"script" | b"select" | b"style" | b"svg" | b"template" | b"textarea" | b"title" | b"video" => {
            Element::Hidden
        }
        _ => return None,
    })
}

#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

#[derive(Default)]
struct Writer {
    text: String,
    /// What goes before the next letter.
    gap: Gap,
    bullet: bool,
    verbatim: bool,
    /// Whether line ends part lines, and empty lines paragraphs.
    lined: bool,
    /// The hidden element that is open.
    hidden: Option<Vec<u8>>,
    /// Of the tag that is read, what is still wanted.
    wanted: Wanted,
    /// The link that is open.
    open: Option<Open>,
    links: Links,
}

/// What is wanted of a tag.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    #[default]
    Nothing,
    /// The name `href`.
    Name,
    /// Its value.
    Value,
}

/// A link of which the end has not come.
struct Open {
    reference: String,
    /// Where its words begin and end, so far.
    words: Option<(usize, usize)>,
}

impl Writer {
    fn tag(&mut self, name: &[u8], opens: bool) {
        let element = element(name).unwrap_or(Element::Inline);
        self.wanted = Wanted::Nothing;
        if let Some(hidden) = &self.hidden {
            // One that is never closed hides no paragraph.
            if (!opens && hidden == name) || (opens && element == Element::Block) {
                self.hidden = None;
            } else {
                return;
            }
        }
        if name == b"a" {
            self.end_link();
            self.wanted = if opens { Wanted::Name } else { Wanted::Nothing };
        }
        match element {
            Element::Inline => {}
            Element::Block => self.gap = Gap::Paragraph,
            Element::Verbatim => {
                self.gap = Gap::Paragraph;
                self.verbatim = opens;
            }
            Element::Line => self.gap = self.gap.max(Gap::Line),
            Element::Item => {
                self.gap = self.gap.max(Gap::Line);
                self.bullet = opens;
            }
            Element::Break if self.gap >= Gap::Line => self.gap = Gap::Paragraph,
            Element::Break => self.gap = Gap::Line,
            Element::Cell => self.gap = self.gap.max(Gap::Space),
            Element::Quotation => self.letter(if opens { '“' } else { '”' }),
            Element::Hidden if opens && name != b"embed" => self.hidden = Some(name.to_vec()),
            Element::Hidden => {}
        }
    }

    fn attribute(&mut self, name: &[u8]) {
        self.wanted = match self.wanted {
            Wanted::Name if name == b"href" => Wanted::Value,
            // One without a value.
            Wanted::Value => Wanted::Nothing,
            wanted => wanted,
        };
    }

    fn value(&mut self, value: &[u8]) {
        if self.wanted == Wanted::Value {
            self.wanted = Wanted::Nothing;
            let short = value.len() <= 2 * Link::LONGEST;
            let reference = String::from_utf8_lossy(value).into_owned();
            self.open = short.then_some(Open { reference, words: None });
        }
    }

    /// Ends the link that is open, if its words have begun.
    fn end_link(&mut self) {
        if let Some(Open { reference, words: Some((start, end)) }) = self.open.take() {
            self.links.push(start..end, reference);
        }
    }

    fn string(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        for c in text.chars() {
            match c {
                '\n' if self.lined && self.gap == Gap::Line => self.gap = Gap::Paragraph,
                '\n' if self.verbatim || self.lined => self.gap = self.gap.max(Gap::Line),
                ' ' | '\t' if self.verbatim && self.gap != Gap::Space => self.letter(c),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}' => self.gap = self.gap.max(Gap::Space),
                _ => self.letter(c),
            }
        }
    }

    fn letter(&mut self, c: char) {
        // A link goes no further than its line, whether it is closed or not.
        if self.gap >= Gap::Line && self.open.as_ref().is_some_and(|open| open.words.is_some()) {
            self.end_link();
        }
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        if std::mem::take(&mut self.bullet) {
            self.text.push_str("• ");
        }
        self.gap = Gap::None;
        let start = self.text.len();
        self.text.push(c);
        if let Some(open) = &mut self.open {
            open.words = Some((open.words.map_or(start, |words| words.0), self.text.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    fn text(html: &str) -> String {
        super::text(html).text.into_owned()
    }

    /// Words and where they lead.
    fn links(html: &str) -> Vec<(String, String)> {
        let (text, links) = super::text(html).clean(Some("https://kabar.example/dunia/1"));
        links.into_iter().map(|link| (link.span.of(&text).to_owned(), link.address)).collect()
    }

    #[test]
    fn links_lead_from_their_words() {
        let html = "<p>The <A class=x HREF='https://a.example/?a=1&amp;b=2'>first <b>link</b> </A>and<a href=/b>a \
                    second</a>, <a>none</a>, <a name=x>none</a>, <a href=''>none</a>, <a href=\"#x\">none</a>.\
                    <p><a href='c'><img src=x></a><a href=d>• third</a>";
        let found = links(html);
        let found: Vec<(&str, &str)> =
            found.iter().map(|(words, to)| (words.as_str(), to.as_str())).collect();
        assert_eq!(
            found,
            [
                ("first link", "https://a.example/?a=1&b=2"),
                ("a second", "https://kabar.example/b"),
                ("• third", "https://kabar.example/dunia/d")
            ]
        );
        assert!(
            links("<a href=javascript:alert(1)>a</a><a href='file:///b'>b</a><a href='data:,c'>c</a>")
                .is_empty()
        );
    }

    #[test]
    fn a_link_ends_with_its_line() {
        let words = |html: &str| links(html).into_iter().map(|(words, _)| words).collect::<Vec<_>>();
        assert_eq!(words("<a href=a>one<p>two</a>"), ["one"]);
        assert_eq!(words("<a href=a><h3>one</h3><p>two</a>"), ["one"]);
        assert_eq!(words("<ul><li><a href=a>one<li><a href=b>two"), ["one", "two"]);
        assert_eq!(words("<a href=a>one <a href=b>two</a> three"), ["one", "two"]);
        assert_eq!(words("<a href=a>one<script></a></script> two</a>"), ["one two"]);
    }

    #[test]
    fn a_page_of_links_keeps_some() {
        let page = "<p><a href=a>x</a> ".repeat(100_000);
        assert_eq!(links(&page).len(), Link::MOST);
        let long = format!("<a href='https://a.example/{}'>x</a>", "y".repeat(1_000_000));
        assert!(links(&long).is_empty());
    }

    #[test]
    fn tags_alone_are_told_apart() {
        assert_eq!(anchor("<a href=\"x\">"), Anchor::Opens("x".to_owned()));
        assert_eq!(anchor("</A>"), Anchor::Closes);
        assert_eq!(anchor("<br>"), Anchor::Neither);
        assert_eq!(anchor("<a name=x>"), Anchor::Neither);
    }

    #[test]
    fn paragraphs_stand_apart() {
        assert_eq!(text("<p>a\n b</p>\n<p>c<br>d<br><br>e</p>f"), "a b\n\nc\nd\n\ne\n\nf");
        assert_eq!(text("<h1>t</h1><ul><li>a<li>b</ul><p>x"), "t\n\n• a\n• b\n\nx");
        assert_eq!(text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), "a b\nc");
        assert_eq!(text("a <b>b</b>, <q>c</q>&nbsp;&amp;&rdquo; d&#x301;"), "a b, “c” &” d\u{301}");
        assert_eq!(text("<pre>a\n  b</pre>"), "a\n  b");
    }

    #[test]
    fn scripts_are_hidden() {
        assert_eq!(text("a<script>if (a<b) '</p>'</script>b<style>p{}</style>c"), "abc");
        assert_eq!(text("<svg><title>t</title>x<p>a"), "a");
        assert_eq!(text("<head><title>t</title></head><p>a"), "a");
    }

    #[test]
    fn only_html_is_html() {
        for plain in ["a < b > c", "AT&T; x", "R&D", "<x> <-", "3<p", "<3 & you; <pe>"] {
            assert_eq!(unless_plain(plain).text, plain);
        }
        for (html, plain) in
            [("a<br/>b", "a\nb"), ("AT&amp;T", "AT&T"), ("a</P>", "a"), ("it&#8217;s", "it’s")]
        {
            assert_eq!(unless_plain(html).text, plain);
        }
        assert_eq!(unless_plain("R&amp;D\nb <i>c</i>\r\n \nd\n\n\ne").text, "R&D\nb c\n\nd\n\ne");
    }

    #[test]
    fn hostile_pages_take_no_time() {
        let hostile = [
            "<div>".repeat(200_000),
            "<b>".repeat(300_000),
            format!("<p{}>x", " a=b".repeat(200_000)),
            format!("<p {}>x", (0..100_000).map(|n| format!("a{n} ")).collect::<String>()),
            "<".repeat(1_000_000),
            "&".repeat(1_000_000),
            "&amp".repeat(250_000),
            "<!--".repeat(250_000),
            "<svg>".repeat(200_000),
            "<script>".repeat(100_000),
            "<table><tr><td>".repeat(60_000),
            "<![CDATA[".repeat(100_000),
            "</".repeat(500_000),
            "<a b='".repeat(200_000),
            "<a href=x>x".repeat(100_000),
            format!("<a{}>x", " href=x".repeat(200_000)),
        ];
        for html in hostile {
            let start = Instant::now();
            text(&html);
            unless_plain(&html);
            assert!(start.elapsed() < Duration::from_secs(30), "{}", html.get(..20).unwrap_or_default());
        }
    }

    proptest! {
        #[test]
        fn anything_is_answered(html in any::<String>(), tags in "(<|/|>|p|pre|svg|&|#|;|amp|x|'|\"| |!--|--){0,60}") {
            text(&html);
            text(&tags);
        }
    }
}
