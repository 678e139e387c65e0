"""The project's database: its tables and its version.

In: a connection. Out: the same with the tables of this version. Next: store, migrations.
"""

from __future__ import annotations

VERSION = 2

TABLES = """
CREATE TABLE documents (
  id TEXT PRIMARY KEY, ordinal INTEGER NOT NULL, name TEXT NOT NULL, encoding TEXT NOT NULL,
  words INTEGER NOT NULL, words_removed INTEGER NOT NULL, paragraphs INTEGER NOT NULL
);
CREATE TABLE removals (
  document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  rule TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE TABLE passages (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  position INTEGER NOT NULL, text TEXT NOT NULL, words INTEGER NOT NULL
);
CREATE TABLE rejections (
  document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  position INTEGER NOT NULL, reason TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE pairs (
  id TEXT PRIMARY KEY, ordinal INTEGER NOT NULL, split TEXT NOT NULL, anchor TEXT NOT NULL, document TEXT NOT NULL,
  position INTEGER NOT NULL, kind TEXT NOT NULL, content TEXT NOT NULL, prompt TEXT NOT NULL, completion TEXT NOT NULL,
  input TEXT NOT NULL, lost TEXT NOT NULL, bleed REAL NOT NULL
);
CREATE TABLE runs (
  id TEXT PRIMARY KEY, started TEXT NOT NULL, outcome TEXT NOT NULL, updates INTEGER NOT NULL,
  valid_first REAL, valid_best REAL
);
CREATE INDEX removals_of ON removals(document);
CREATE INDEX passages_of ON passages(document, position);
CREATE INDEX rejections_of ON rejections(document);
"""

CORPUS = """
ALTER TABLE documents ADD COLUMN file TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN format TEXT NOT NULL DEFAULT 'txt';
ALTER TABLE documents ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN repairs TEXT NOT NULL DEFAULT '{}';
ALTER TABLE documents ADD COLUMN chapters TEXT;
ALTER TABLE documents ADD COLUMN made_with TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';
ALTER TABLE documents ADD COLUMN text TEXT NOT NULL DEFAULT '';
ALTER TABLE removals ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
ALTER TABLE passages ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE passages ADD COLUMN scene INTEGER NOT NULL DEFAULT 0;
ALTER TABLE passages ADD COLUMN kind TEXT NOT NULL DEFAULT 'exposition';
ALTER TABLE passages ADD COLUMN repeats TEXT;
ALTER TABLE passages ADD COLUMN chosen INTEGER NOT NULL DEFAULT 1;
ALTER TABLE passages ADD COLUMN signature BLOB NOT NULL DEFAULT x'';
UPDATE documents SET file = name;
CREATE TABLE decisions (
  document TEXT NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX decisions_of ON decisions(document);
CREATE INDEX documents_in_order ON documents(ordinal);
"""
