-- The catalog: the truth of a library. Every other file can be made again from it.
-- Run once, in one transaction; each statement is harmless where another process was first.
-- A seal is the checksum of its row (index/seals.py): SQLite itself does not notice a bit that the disk turned round.
BEGIN IMMEDIATE;

CREATE TABLE IF NOT EXISTS meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    seal  INTEGER
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS article (
    id          TEXT PRIMARY KEY,
    title       TEXT NOT NULL,
    deck        TEXT NOT NULL,
    publication TEXT NOT NULL,
    authors     TEXT NOT NULL,  -- JSON list
    agency      TEXT NOT NULL,
    place       TEXT NOT NULL,
    section     TEXT NOT NULL,
    published   TEXT,           -- YYYY-MM-DD
    url         TEXT NOT NULL,
    source      TEXT NOT NULL,
    url_key     TEXT NOT NULL,
    words       INTEGER NOT NULL,
    added_at    TEXT NOT NULL,  -- UTC
    -- A replaced version has no chunks, so it is not searched; it goes when its successor is removed.
    replaced_by TEXT REFERENCES article (id) ON DELETE CASCADE,
    layout      INTEGER,        -- checksum of the paragraphs
    seal        INTEGER,        -- of all but the text, whose checksum is the id
    text        TEXT NOT NULL   -- last, so that lists and filters do not read through it
);
CREATE INDEX IF NOT EXISTS article_url_key ON article (url_key) WHERE url_key <> '';
CREATE INDEX IF NOT EXISTS article_replaced_by ON article (replaced_by) WHERE replaced_by IS NOT NULL;
CREATE INDEX IF NOT EXISTS article_live ON article (published, publication) WHERE replaced_by IS NULL;
-- Filters read the different values from these, then find the articles by the values that fit (index/filters.py).
CREATE INDEX IF NOT EXISTS article_publication ON article (publication) WHERE replaced_by IS NULL;
CREATE INDEX IF NOT EXISTS article_authors ON article (authors) WHERE replaced_by IS NULL;
CREATE INDEX IF NOT EXISTS article_section ON article (section) WHERE replaced_by IS NULL;

CREATE TABLE IF NOT EXISTS paragraph (
    article  TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    PRIMARY KEY (article, position)
) WITHOUT ROWID;

-- AUTOINCREMENT: chunks above the highest id an index has seen are new to it, so none may be given twice.
CREATE TABLE IF NOT EXISTS chunk (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    start   INTEGER NOT NULL,
    "end"   INTEGER NOT NULL,
    seal    INTEGER,
    vector  BLOB NOT NULL      -- float16, little-endian
);
CREATE INDEX IF NOT EXISTS chunk_article ON chunk (article);

-- Ids of chunks that are gone, so that the indexes need not compare all ids. Positions have no gaps; a log that was cut
-- is noticed by that.
CREATE TABLE IF NOT EXISTS chunk_gone (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    chunk    INTEGER NOT NULL
);
CREATE TRIGGER IF NOT EXISTS chunk_gone AFTER DELETE ON chunk BEGIN
    INSERT INTO chunk_gone (chunk) VALUES (old.id);
END;

CREATE VIEW IF NOT EXISTS chunk_text AS
SELECT c.id AS id, a.title AS title, substr(a.text, c.start + 1, c."end" - c.start) AS text
FROM chunk AS c JOIN article AS a ON a.id = c.article;

-- Keeps the words of the view, not a second copy of the text.
CREATE VIRTUAL TABLE IF NOT EXISTS chunk_fts USING fts5 (
    title, text, content = 'chunk_text', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
-- A word of the title counts twice.
INSERT INTO chunk_fts (chunk_fts, rank) VALUES ('rank', 'bm25(2.0, 1.0)');

-- Near-duplicates (index/duplicate_groups.py): one row for each article that is searched. A number is never given
-- twice, so that a fingerprint left behind can never be taken for another article's.
CREATE TABLE IF NOT EXISTS story (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL UNIQUE REFERENCES article (id) ON DELETE CASCADE,
    family  INTEGER NOT NULL,  -- the least number of the articles that are copies of each other; its own if alone
    seal    INTEGER,
    size    INTEGER NOT NULL   -- how many fingerprints it has
);
CREATE INDEX IF NOT EXISTS story_family ON story (family);

-- No foreign key: it would need a second index as large as this one. Deleted with the story, by its text.
CREATE TABLE IF NOT EXISTS fingerprint (
    hash  INTEGER NOT NULL,
    story INTEGER NOT NULL,
    PRIMARY KEY (hash, story)
) WITHOUT ROWID;

-- Both ways round, so that one lookup finds all copies of an article; families are what hangs together by these.
CREATE TABLE IF NOT EXISTS copy (
    story INTEGER NOT NULL REFERENCES story (number) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES story (number) ON DELETE CASCADE,
    PRIMARY KEY (story, other)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS copy_other ON copy (other);

-- Every way in which articles name who said something (index/statement_store.py). Names that are asked for are compared
-- with these, so the many statements need not be looked at. No id is given twice: a list that is being read while
-- another process writes can lose a speaker, never get another's statements.
CREATE TABLE IF NOT EXISTS speaker (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL,  -- the fullest of the article; '' where nobody is named
    role    TEXT NOT NULL,
    written TEXT NOT NULL,  -- beside the words: "he", "Garland"
    seal    INTEGER,
    key     TEXT NOT NULL,  -- index/speaker_key.py
    UNIQUE (name, role, written)
);

CREATE TABLE IF NOT EXISTS statement (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,  -- in text order within an article
    article TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    speaker INTEGER NOT NULL REFERENCES speaker (id),
    kind    TEXT NOT NULL,
    cue     TEXT NOT NULL,
    seal    INTEGER,           -- of all this and the speaker
    spans   TEXT NOT NULL,     -- JSON list of [start, end], the words
    words_crc INTEGER,         -- checksum of the sentences
    start   INTEGER NOT NULL,  -- of the sentences around the words, which are searched with them
    "end"   INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS statement_article ON statement (article);
CREATE INDEX IF NOT EXISTS statement_speaker ON statement (speaker);

-- Articles whose statements were looked for, and by which version of the rules: there may be none in an article.
CREATE TABLE IF NOT EXISTS statement_rules (
    article TEXT PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    rules   INTEGER NOT NULL
) WITHOUT ROWID;

CREATE VIEW IF NOT EXISTS statement_text AS
SELECT s.id AS id, a.title AS title, substr(a.text, s.start + 1, s."end" - s.start) AS text
FROM statement AS s JOIN article AS a ON a.id = s.article;

CREATE VIRTUAL TABLE IF NOT EXISTS statement_fts USING fts5 (
    title, text, content = 'statement_text', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Names that a user put together, or left together when taking others away (index/people_file.py): those with the same
-- number are one person's, those with different numbers are never merged.
CREATE TABLE IF NOT EXISTS person_name (
    name   TEXT NOT NULL,
    role   TEXT NOT NULL,
    person INTEGER NOT NULL,
    seal   INTEGER,
    PRIMARY KEY (name, role)
) WITHOUT ROWID;

INSERT OR IGNORE INTO meta (key, value, seal)
VALUES ('schema', '4', seal('schema', '4')), ('generation', '0', seal('generation', '0'));
COMMIT;
