internal import GRDB

/// The tables of the ledger. `PRAGMA user_version` is the version of their shape.
///
/// `documents` has a small row for each key that is known; `finished` says which of them may go, `partitions` which sinks were
/// ever given one; `bodies` has the layers of those that may still be needed.
enum Schema {
  static let version = 5

  static let tables = """
    CREATE TABLE ledger (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      epoch INTEGER NOT NULL, topology TEXT NOT NULL,
      done INTEGER NOT NULL, failed INTEGER NOT NULL, dead INTEGER NOT NULL, bytes INTEGER NOT NULL);
    INSERT INTO ledger VALUES (1, strftime('%s', 'now'), '', 0, 0, 0, 0);
    CREATE TABLE documents (
      number INTEGER PRIMARY KEY, job BLOB NOT NULL UNIQUE, digest BLOB NOT NULL,
      state INTEGER NOT NULL, stage TEXT NOT NULL, layers TEXT NOT NULL, time INTEGER NOT NULL,
      timings TEXT NOT NULL DEFAULT '', attempts TEXT NOT NULL DEFAULT '',
      error_stage TEXT, error_code TEXT, error_message TEXT,
      partition TEXT, verdict INTEGER, failure BLOB);
    CREATE INDEX backlog ON documents (stage, number) WHERE state = 0;
    CREATE TABLE bodies (number INTEGER PRIMARY KEY, layers BLOB NOT NULL);
    CREATE TABLE producers (id BLOB PRIMARY KEY, sequence INTEGER NOT NULL, time INTEGER NOT NULL) WITHOUT ROWID;
    """

  /// What version 2 adds: documents without a record, so that they are listed without a look at all others. Documents that
  /// are accepted or become records cost nothing by it.
  static let ended = "CREATE INDEX ended ON documents (state, number) WHERE state >= 2;"

  /// What version 3 adds: the places of bodies that are in files.
  static let places = """
    ALTER TABLE bodies ADD COLUMN file INTEGER;
    ALTER TABLE bodies ADD COLUMN offset INTEGER;
    ALTER TABLE bodies ADD COLUMN size INTEGER;
    ALTER TABLE bodies ADD COLUMN checksum INTEGER;
    CREATE INDEX places ON bodies (file, size) WHERE file IS NOT NULL;
    """

  /// What version 4 adds: the documents that are finished and have no body, in the order in which they finished.
  static let finished = "CREATE TABLE finished (place INTEGER PRIMARY KEY, number INTEGER NOT NULL);" + listFinished

  /// Lists what is finished and not listed; to be used on an empty list.
  static let listFinished = """
    INSERT INTO finished (number)
      SELECT number FROM documents WHERE state = 1 OR (state = 2 AND layers = '') ORDER BY number;
    """

  /// What version 5 adds: the partitions that documents were ever assigned to, as the documents do not stay.
  static let partitions = "CREATE TABLE partitions (name TEXT PRIMARY KEY) WITHOUT ROWID;" + listPartitions

  /// Lists the partitions of the documents that are there.
  static let listPartitions = """
    INSERT OR IGNORE INTO partitions SELECT DISTINCT partition FROM documents WHERE partition IS NOT NULL;
    """

  /// Makes the tables of a new ledger, or brings those of an earlier version to this one; all or nothing.
  static func create(_ db: Database) throws {
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard found < version else { return }
    try db.inTransaction(.immediate) {
      let steps = [tables, ended, places, finished, partitions].dropFirst(found)
      try db.execute(sql: steps.joined() + "PRAGMA user_version = \(version);")
      return .commit
    }
  }

  /// What every connection to the ledger is opened with.
  static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA page_size = 8192;
          PRAGMA journal_mode = WAL;
          PRAGMA synchronous = FULL;
          PRAGMA wal_autocheckpoint = 0;
          PRAGMA cache_size = -8192;
          PRAGMA temp_store = MEMORY;
          """)
    }
    return configuration
  }
}
