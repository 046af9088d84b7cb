//! Intents a key can be bound to.

/// What a reader can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// To the next row, or one line down.
    Down,
    /// To the row before, or one line up.
    Up,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the beginning.
    First,
    /// To the end.
    Last,
    /// Into what one stands on: the article, the dossier, where a line leads.
    Open,
    /// Into what stands beside the list.
    Beside,
    /// Out of where one is; from the list, out of petik.
    Back,
    /// The article after this one in the list.
    NextArticle,
    /// The article before this one in the list.
    PreviousArticle,
    /// To the next quotation.
    NextQuote,
    /// To the quotation before.
    PreviousQuote,
    /// To the next name.
    NextName,
    /// To the name before.
    PreviousName,
    /// Filters by what one stands on as well.
    Narrow,
    /// Filters by what one stands on alone.
    Only,
    /// To where one was before.
    GoBack,
    /// To where one was before going back.
    GoForward,
    /// The articles.
    Articles,
    /// The people they name.
    People,
    /// The countries they name.
    Countries,
    /// The organisations they name.
    Organisations,
    /// The places they name.
    Places,
    /// Their quotations.
    Quotes,
    /// When they were published.
    Timeline,
    /// Their countries on a map.
    Map,
    /// The keys to the facets, or back from them.
    Facets,
    /// The row as a condition of the filter, or not any more.
    Toggle,
    /// The articles that tell the same story, below the row or folded into it.
    Unfold,
    /// The articles of a story in one row, or its copies alone.
    Gather,
    /// Another order, or other steps of time.
    Sort,
    /// What stands around the quotation.
    Around,
    /// Keeps these articles on the timeline, under those of another filter.
    Compare,
    /// Lets go of the quotation or name, and of what was found.
    Release,
    /// The query before, or the row before.
    Older,
    /// The query after, or the next row.
    Newer,
    /// Completes what is being typed, or the next way to.
    Complete,
    /// The way before to complete it.
    CompleteBack,
    /// Saves the filter under a name.
    Save,
    /// The saved searches.
    Searches,
    /// Edits what a saved search asks.
    Edit,
    /// Gives a saved search another name.
    Rename,
    /// Deletes a saved search.
    Delete,
    /// Brings back a saved search that was deleted.
    Restore,
    /// Stars the article, or takes the star away.
    Star,
    /// Marks it read, or unread.
    ToggleRead,
    /// Edits its tags.
    Tags,
    /// Edits the note about it.
    Note,
    /// Edits the note in the reader's own editor.
    Editor,
    /// Marks all articles of the filter read.
    MarkAllRead,
    /// Undoes the last change to articles.
    Undo,
    /// Does what was undone again.
    Redo,
    /// Edits the filter.
    Filter,
    /// Clears the filter.
    ClearFilter,
    /// Edits what to find in the article or the list.
    Find,
    /// To the next place found.
    FindNext,
    /// To the place found before.
    FindPrevious,
    /// Copies what one stands on.
    Copy,
    /// Copies the quotation one stands on, with where it is from.
    CopyQuote,
    /// Copies the link of the article one stands on, or one of those in it.
    CopyLink,
    /// Copies the name one stands on.
    CopyName,
    /// Opens the link, or one of the links.
    Link,
    /// Begins to mark rows, or lets go of them.
    Mark,
    /// Exports as Markdown.
    ExportMarkdown,
    /// Exports as JSON Lines.
    ExportJson,
    /// Exports as CSV.
    ExportCsv,
    /// Exports as a page of HTML.
    ExportHtml,
    /// Exports as plain text.
    ExportText,
    /// Exports as spaCy's JSON.
    ExportSpacy,
    /// Exports as brat's standoff.
    ExportBrat,
    /// Exports as W3C Web Annotation.
    ExportW3c,
    /// Gives up the export that is being written.
    GiveUp,
    /// Markers: all, quotations, names, none.
    CycleMarkers,
    /// The article alone, or beside the list.
    Zoom,
    /// The mouse for petik, or for the terminal to select with.
    Mouse,
    /// What the markers mean.
    Legend,
    /// What could not be read.
    Problems,
    /// Reads everything again.
    Reload,
    /// All keys.
    Help,
    /// Every action, found by a few letters.
    Palette,
    /// The last thing again.
    Repeat,
    /// Takes the line as it stands.
    Accept,
    /// Draws the screen anew.
    Redraw,
    /// Stops petik until the shell continues it.
    Suspend,
    /// Ends petik from anywhere.
    Quit,
}

impl Action {
    /// Whether doing it again, by a key of its own, makes sense: steps and changes that are made several times on end.
    pub fn is_repeatable(self) -> bool {
        matches!(
            self,
            Action::NextQuote
                | Action::PreviousQuote
                | Action::NextName
                | Action::PreviousName
                | Action::NextArticle
                | Action::PreviousArticle
                | Action::FindNext
                | Action::FindPrevious
                | Action::HalfPageDown
                | Action::HalfPageUp
                | Action::Narrow
                | Action::Only
                | Action::Sort
                | Action::Copy
                | Action::CopyQuote
                | Action::CopyLink
                | Action::CopyName
                | Action::Link
                | Action::ExportMarkdown
                | Action::ExportJson
                | Action::ExportCsv
                | Action::ExportHtml
                | Action::ExportText
                | Action::ExportSpacy
                | Action::ExportBrat
                | Action::ExportW3c
                | Action::CycleMarkers
                | Action::Star
                | Action::ToggleRead
        )
    }
}
