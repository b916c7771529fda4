-- The relations of the database. Keys named *_key are the database's own; ids are those of the JSON. Foreign keys name the
-- columns that they point at: Datasette shows no row of a table whose keys leave them out.

-- Every path that was read, and what was in the file. Two copies of a file are two paths and one document.
CREATE TABLE files (
    path TEXT PRIMARY KEY NOT NULL,
    sha256 TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE documents (
    document_key INTEGER PRIMARY KEY,
    id TEXT,
    number INTEGER,
    session_year TEXT,
    date TEXT,
    title TEXT,
    kind TEXT NOT NULL,
    author TEXT,
    addressee TEXT,
    addressee_title TEXT,
    respondent TEXT,
    respondent_title TEXT,
    introduction TEXT,
    closing TEXT,
    source TEXT,
    source_index INTEGER NOT NULL,
    format TEXT NOT NULL,
    pages INTEGER,
    sha256 TEXT NOT NULL,
    -- SHA-256 of the document's JSON without the path: whether another run found anything new.
    digest TEXT NOT NULL,
    UNIQUE (sha256, source_index)
);

CREATE TABLE questions (
    question_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (document_key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    label TEXT,
    text TEXT NOT NULL,
    page INTEGER,
    span TEXT NOT NULL,
    UNIQUE (document_key, position)
);

CREATE TABLE answers (
    answer_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (document_key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    -- The labels that it answers, to read; to join, see answer_labels.
    labels TEXT,
    text TEXT NOT NULL,
    page INTEGER,
    span TEXT NOT NULL,
    UNIQUE (document_key, position)
);

CREATE TABLE answer_labels (
    answer_key INTEGER NOT NULL REFERENCES answers (answer_key) ON DELETE CASCADE,
    label TEXT NOT NULL,
    -- 'answers' the question with the label, or refers ('see') to the answer with it.
    relation TEXT NOT NULL CHECK (relation IN ('answers', 'see')),
    PRIMARY KEY (answer_key, relation, label)
) WITHOUT ROWID;

CREATE TABLE tables (
    table_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (document_key) ON DELETE CASCADE,
    -- The answer that it stands in.
    answer_key INTEGER REFERENCES answers (answer_key) ON DELETE CASCADE,
    table_id TEXT NOT NULL,
    caption TEXT,
    -- The labels of the answer that it stands in, and of the one that its content belongs to.
    question TEXT,
    belongs_to TEXT,
    displaced INTEGER NOT NULL,
    reason TEXT,
    method TEXT NOT NULL,
    confidence REAL NOT NULL,
    page INTEGER,
    span TEXT NOT NULL,
    UNIQUE (document_key, table_id)
);

CREATE TABLE table_columns (
    table_key INTEGER NOT NULL REFERENCES tables (table_key) ON DELETE CASCADE,
    column_index INTEGER NOT NULL,
    header TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT,
    PRIMARY KEY (table_key, column_index)
) WITHOUT ROWID;

CREATE TABLE table_notes (
    table_key INTEGER NOT NULL REFERENCES tables (table_key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    marker TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (table_key, position)
) WITHOUT ROWID;

CREATE TABLE cells (
    table_key INTEGER NOT NULL REFERENCES tables (table_key) ON DELETE CASCADE,
    row_index INTEGER NOT NULL,
    column_index INTEGER NOT NULL,
    row_kind TEXT NOT NULL,
    text TEXT NOT NULL,
    value REAL,
    marker TEXT,
    note TEXT,
    below REAL,
    above REAL,
    missing INTEGER NOT NULL,
    page INTEGER,
    span TEXT NOT NULL,
    PRIMARY KEY (table_key, row_index, column_index)
) WITHOUT ROWID;

CREATE TABLE facts (
    fact_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (document_key) ON DELETE CASCADE,
    table_key INTEGER NOT NULL REFERENCES tables (table_key) ON DELETE CASCADE,
    row_index INTEGER NOT NULL,
    column_index INTEGER NOT NULL,
    row_kind TEXT NOT NULL,
    question TEXT,
    belongs_to TEXT,
    stub TEXT NOT NULL,
    column_header TEXT NOT NULL,
    value REAL NOT NULL,
    unit TEXT,
    note TEXT,
    page INTEGER,
    printed TEXT NOT NULL,
    passage TEXT NOT NULL,
    UNIQUE (table_key, row_index, column_index),
    FOREIGN KEY (table_key, row_index, column_index) REFERENCES cells (table_key, row_index, column_index) ON DELETE CASCADE
);

CREATE TABLE checks (
    check_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (document_key) ON DELETE CASCADE,
    table_key INTEGER NOT NULL REFERENCES tables (table_key) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    row_index INTEGER NOT NULL,
    column_index INTEGER NOT NULL,
    printed REAL NOT NULL,
    computed REAL NOT NULL,
    holds INTEGER NOT NULL,
    FOREIGN KEY (table_key, row_index, column_index) REFERENCES cells (table_key, row_index, column_index) ON DELETE CASCADE
);

CREATE TABLE diagnostics (
    diagnostic_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (document_key) ON DELETE CASCADE,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    page INTEGER,
    span TEXT NOT NULL
);

CREATE TABLE links (
    link_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (document_key) ON DELETE CASCADE,
    url TEXT NOT NULL,
    page INTEGER,
    span TEXT NOT NULL
);

-- Other written questions that the text names.
CREATE TABLE question_references (
    reference_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (document_key) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    date TEXT,
    text TEXT NOT NULL,
    page INTEGER,
    span TEXT NOT NULL
);

-- The other ministers that the same question was put to.
CREATE TABLE asked_to (
    asked_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (document_key) ON DELETE CASCADE,
    name TEXT NOT NULL,
    number INTEGER
);

CREATE TABLE footnotes (
    footnote_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (document_key) ON DELETE CASCADE,
    marker TEXT NOT NULL,
    text TEXT NOT NULL,
    page INTEGER,
    span TEXT NOT NULL
);

CREATE TABLE attachments (
    attachment_key INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents (document_key) ON DELETE CASCADE,
    text TEXT NOT NULL,
    page INTEGER,
    span TEXT NOT NULL
);

CREATE INDEX files_sha256 ON files (sha256);
CREATE INDEX documents_id ON documents (id);
CREATE INDEX documents_date ON documents (date);
CREATE INDEX documents_author ON documents (author);
CREATE INDEX documents_respondent ON documents (respondent);
CREATE INDEX answer_labels_label ON answer_labels (label);
CREATE INDEX tables_answer ON tables (answer_key);
CREATE INDEX facts_document ON facts (document_key);
CREATE INDEX checks_document ON checks (document_key);
CREATE INDEX checks_cell ON checks (table_key, row_index, column_index);
CREATE INDEX checks_failing ON checks (holds) WHERE NOT holds;
CREATE INDEX diagnostics_document ON diagnostics (document_key);
CREATE INDEX diagnostics_code ON diagnostics (code);
CREATE INDEX links_document ON links (document_key);
CREATE INDEX question_references_document ON question_references (document_key);
CREATE INDEX asked_to_document ON asked_to (document_key);
CREATE INDEX footnotes_document ON footnotes (document_key);
CREATE INDEX attachments_document ON attachments (document_key);

-- Each question beside what answers it. An answer to several questions stands beside each, and a reply without any labels
-- beside all; a question without a label stands beside the whole reply.
CREATE VIEW question_and_answer AS
SELECT d.document_key, d.id, d.date, d.title, d.author, d.respondent, d.kind,
       q.label AS question_label, q.text AS question,
       a.labels AS answer_labels, a.text AS answer,
       (SELECT count(*) FROM tables t WHERE t.answer_key = a.answer_key) AS answer_tables,
       d.source, q.page AS question_page, a.page AS answer_page
FROM questions q
JOIN documents d ON d.document_key = q.document_key
LEFT JOIN answers a ON a.document_key = q.document_key AND CASE
    WHEN q.label IS NULL THEN 1
    WHEN a.labels IS NULL THEN NOT EXISTS (SELECT 1 FROM answers b
                                           WHERE b.document_key = a.document_key AND b.labels IS NOT NULL)
    ELSE EXISTS (SELECT 1 FROM answer_labels l
                 WHERE l.answer_key = a.answer_key AND l.relation = 'answers' AND l.label = q.label)
END;

-- Each number with all that a reader needs to cite it.
CREATE VIEW facts_in_context AS
SELECT f.fact_key, d.document_key, d.id, d.number, d.session_year, d.date, d.title, d.author, d.respondent,
       f.question, f.belongs_to, t.table_id, t.caption, f.row_index, f.row_kind, f.stub,
       f.column_index, f.column_header, f.value, f.unit, f.note, f.page, f.printed, f.passage,
       t.confidence, d.source, d.source_index
FROM facts f
JOIN tables t ON t.table_key = f.table_key
JOIN documents d ON d.document_key = f.document_key;

-- The totals, means and 100 % that do not agree with their cells.
CREATE VIEW failing_checks AS
SELECT d.document_key, d.id, d.date, d.title, d.respondent, t.table_id, t.caption, c.kind,
       coalesce(nullif(f.stub, ''), e.text) AS stub, f.column_header,
       c.printed, c.computed, c.printed - c.computed AS difference, t.confidence, e.page, d.source
FROM checks c
JOIN tables t ON t.table_key = c.table_key
JOIN documents d ON d.document_key = c.document_key
JOIN cells e ON e.table_key = c.table_key AND e.row_index = c.row_index AND e.column_index = c.column_index
LEFT JOIN facts f ON f.table_key = c.table_key AND f.row_index = c.row_index AND f.column_index = c.column_index
WHERE NOT c.holds;
