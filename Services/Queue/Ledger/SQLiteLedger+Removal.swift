internal import GRDB

extension SQLiteLedger {
  package func removeFinished() throws -> Bool {
    let removed = try database.writeWithoutTransaction { db in
      let group = Group(db: db, files: bodies, keptFinished: keptFinished)
      var removed = 0
      // Without anything to remove nothing is written, nor synced.
      try db.inTransaction(.deferred) {
        removed = try group.removeFinished(Group.slice)
        return .commit
      }
      return removed
    }
    tidy(bytes: removed * 8192)
    return removed == Group.slice
  }
}

extension Group {
  /// Rows that are removed at once, beside as many as were finished in the same transaction: each is a page of the index of
  /// jobs in the log, so it is few enough that nobody notices them.
  static let slice = 32

  /// Removes the rows of the documents that finished first, at most some, so that the last ones are kept; says how many.
  ///
  /// They are taken from the front of a list in the order of finishing, so that what is to go is found without a look at
  /// what stays. The row with the highest number stays until there is a higher one, and so do those that finished after it:
  /// the next number is counted from it.
  @discardableResult
  func removeFinished(_ most: Int) throws -> Int {
    let ends = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT (SELECT min(place) FROM finished), (SELECT max(place) FROM finished)"))
    guard let first = ends?[0] as Int?, let last = ends?[1] as Int?, last - first >= keptFinished else { return 0 }
    var end = first + min(most, last - first + 1 - keptFinished)
    let stays = try Int.fetchOne(
      db.cachedStatement(
        sql: "SELECT place FROM finished WHERE place < ? AND number = (SELECT max(number) FROM documents)"),
      arguments: [end])
    end = stays ?? end
    guard end > first else { return 0 }
    try run("DELETE FROM documents WHERE number IN (SELECT number FROM finished WHERE place < ?)", [end])
    try run("DELETE FROM finished WHERE place < ?", [end])
    return end - first
  }

  /// Milliseconds after its last document when a producer is forgotten.
  static let producerMemory: UInt64 = 86_400_000

  /// Looks at some producers, wherever a random one stands, for each that the group writes, and forgets those that were
  /// silent for long: so at most an eighth of all is out of date, however many come.
  func forgetProducers(_ written: Int, at time: UInt64) throws {
    guard written > 0, time > Self.producerMemory else { return }
    try run(
      """
      DELETE FROM producers WHERE time < ? AND id IN
        (SELECT id FROM producers WHERE id >= randomblob(16) ORDER BY id LIMIT ?)
      """, [time - Self.producerMemory, 8 * written])
  }
}
