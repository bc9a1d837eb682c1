internal import GRDB

/// The tables of the ledger. `PRAGMA user_version` is the version of their shape.
///
/// `documents` has a small row for each key ever accepted; `bodies` has the layers of those that may still be needed.
enum Schema {
  static let version = 2

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

  /// Makes the tables of a new ledger, or brings those of an earlier version to this one; all or nothing.
  static func create(_ db: Database) throws {
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard found < version else { return }
    try db.inTransaction(.immediate) {
      try db.execute(sql: (found == 0 ? tables : "") + ended + "PRAGMA user_version = \(version);")
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
