-- Version 1 of library.db. What each table is for is told in SCHEMA.md, beside this file.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;

CREATE TABLE articles (
    article      INTEGER PRIMARY KEY AUTOINCREMENT,
    id           INTEGER NOT NULL UNIQUE,
    text_hash    INTEGER NOT NULL,
    title        TEXT NOT NULL,
    outlet       TEXT,
    published    TEXT,
    published_at INTEGER,
    language     TEXT,
    url          TEXT,
    key          TEXT,
    authors      TEXT,
    tags         TEXT,
    countries    TEXT,
    quotes       INTEGER NOT NULL DEFAULT 0,
    story        INTEGER,
    annotator    TEXT
);
CREATE INDEX articles_by_date ON articles (published_at DESC);
CREATE INDEX articles_by_story ON articles (story) WHERE story IS NOT NULL;

CREATE TABLE texts (
    article     INTEGER PRIMARY KEY REFERENCES articles,
    body        TEXT NOT NULL,
    language    TEXT,
    excerpt     INTEGER NOT NULL DEFAULT 0,
    annotations TEXT
);

CREATE TABLE sketches (
    article INTEGER PRIMARY KEY REFERENCES articles,
    sketch  BLOB NOT NULL
);

CREATE TABLE entities (
    entity   INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL,
    key      TEXT NOT NULL,
    name     TEXT NOT NULL,
    country  TEXT,
    role     TEXT,
    articles INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0,
    quotes   INTEGER NOT NULL DEFAULT 0,
    UNIQUE (kind, key)
);

CREATE TABLE aliases (
    alias    INTEGER PRIMARY KEY,
    entity   INTEGER NOT NULL REFERENCES entities,
    spelling TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    UNIQUE (entity, spelling)
);

CREATE TABLE article_entities (
    article   INTEGER NOT NULL REFERENCES articles,
    entity    INTEGER NOT NULL REFERENCES entities,
    mentions  INTEGER NOT NULL,
    quotes    INTEGER NOT NULL,
    spellings TEXT NOT NULL,
    PRIMARY KEY (article, entity)
) WITHOUT ROWID;
CREATE INDEX entity_articles ON article_entities (entity, article);

CREATE TABLE quotes (
    article    INTEGER NOT NULL REFERENCES articles,
    n          INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    speaker    INTEGER REFERENCES entities,
    relay      INTEGER REFERENCES entities,
    confidence INTEGER NOT NULL,
    PRIMARY KEY (article, n)
) WITHOUT ROWID;
CREATE INDEX quotes_by_speaker ON quotes (speaker, article) WHERE speaker IS NOT NULL;

CREATE TABLE feeds (
    feed          INTEGER PRIMARY KEY,
    url           TEXT NOT NULL UNIQUE,
    title         TEXT,
    site          TEXT,
    tags          TEXT,
    etag          TEXT,
    last_modified TEXT,
    fetched       TEXT,
    error         TEXT
);

CREATE TABLE state (
    id       INTEGER PRIMARY KEY,
    read     INTEGER NOT NULL DEFAULT 0,
    starred  INTEGER NOT NULL DEFAULT 0,
    position INTEGER,
    note     TEXT,
    version  INTEGER NOT NULL
);
CREATE INDEX state_by_version ON state (version);

CREATE TABLE article_tags (
    id  INTEGER NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (id, tag)
) WITHOUT ROWID;

CREATE TABLE changes (
    change INTEGER PRIMARY KEY,
    made   TEXT NOT NULL,
    what   TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE change_parts (
    change INTEGER NOT NULL REFERENCES changes,
    id     INTEGER NOT NULL,
    field  TEXT NOT NULL,
    before,
    after,
    PRIMARY KEY (change, id, field)
) WITHOUT ROWID;

CREATE TABLE searches (
    name  TEXT PRIMARY KEY,
    query TEXT NOT NULL,
    saved TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE history (
    query TEXT PRIMARY KEY,
    used  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE VIEW mentions AS
SELECT t.article,
       e.value ->> 'entity'                                               AS entity,
       m.value ->> 0                                                      AS start,
       m.value ->> 1                                                      AS end,
       substr(t.body, (m.value ->> 0) + 1, (m.value ->> 1) - (m.value ->> 0)) AS text,
       coalesce(m.value ->> 3, 'name')                                    AS form,
       m.value ->> 2                                                      AS confidence
FROM texts t,
     json_each(t.annotations, '$.entities') e,
     json_each(e.value, '$.mentions') m;

CREATE VIEW quotations AS
SELECT q.article, q.n, a.title, a.outlet, a.published,
       substr(t.body, q.start + 1, q.end - q.start) AS text,
       q.kind, s.name AS speaker, r.name AS relay, q.confidence
FROM quotes q
JOIN articles a ON a.article = q.article
JOIN texts t ON t.article = q.article
LEFT JOIN entities s ON s.entity = q.speaker
LEFT JOIN entities r ON r.entity = q.relay;
