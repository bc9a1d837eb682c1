internal import Disk
private import Foundation
internal import GRDB
internal import Logging

extension SQLiteLedger {
  /// The ledger of a folder. A damaged one is set aside and what can be read of it is copied to a new one, so that a
  /// queue starts whatever its disk did; the log says what was kept.
  static func opened(
    folder: String, keepingFinished: Int = keptFinished, _ logger: Logger
  ) throws -> SQLiteLedger {
    do {
      return try SQLiteLedger(folder: folder, keepingFinished: keepingFinished)
    } catch let damaged as Damaged {
      let (ledger, aside, kept) = try salvaged(folder: folder, keepingFinished: keepingFinished)
      logger.critical(
        "\(damaged) It was set aside as \(aside). \(kept) Push again what was not finished: what was kept is recognised."
      )
      return ledger
    }
  }

  /// A new ledger with what can be read of the one of a folder, where that was set aside, and what was kept.
  static func salvaged(
    folder: String, keepingFinished: Int = keptFinished, progress: () -> Void = {}
  ) throws -> (ledger: SQLiteLedger, aside: String, kept: Readable) {
    let replacement = Replacement(folder: folder)
    let kept = try replacement.write { target in
      try Salvage(from: replacement.ledger, bodies: folder + "/bodies").copy(to: target, progress: progress)
    }
    let aside = try replacement.install()
    return (try SQLiteLedger(folder: folder, keepingFinished: keepingFinished), aside, kept)
  }
}

/// How a salvaged ledger takes the place of a damaged one: at any moment, a start finds the one or the other whole.
struct Replacement {
  let folder: String

  var ledger: String { folder + "/ledger.sqlite" }
  /// The new ledger while it is written, and once it is whole.
  private var salvaging: String { folder + "/ledger.salvaging" }
  private var salvaged: String { folder + "/ledger.salvaged" }

  /// Puts what was written in the place of the ledger, and says where that is now.
  func install() throws -> String {
    let aside = try setAside()
    try File.rename(salvaging, to: salvaged)
    try finish()
    return aside
  }

  /// Gives the ledger, its log and the files of bodies second names, the first that are free, which outlive the
  /// replacement: the new ledger removes the files of bodies that it has no place in.
  private func setAside() throws -> String {
    let files = FileManager.default
    let names = (1...).lazy.map { "\(folder)/ledger.damaged-\($0)" }
    let aside = names.first { name in
      !["", "-wal", ".bodies"].contains { files.fileExists(atPath: name + $0) }
    }!
    for (name, second) in [(ledger, ""), (ledger + "-wal", "-wal"), (folder + "/bodies", ".bodies")]
    where files.fileExists(atPath: name) {
      try files.linkItem(atPath: name, toPath: aside + second)
    }
    try Folder(folder).sync()
    return aside
  }

  /// Writes the new ledger. Where that fails, on a full disk for one, the next start tries it anew.
  func write<Result>(_ fill: (Database) throws -> Result) throws -> Result {
    for suffix in ["", "-wal", "-shm"] { try File.remove(salvaging + suffix) }
    let target = try DatabaseQueue(path: salvaging, configuration: Schema.configuration)
    let result = try target.writeWithoutTransaction { db in
      try Schema.create(db)
      let result = try fill(db)
      _ = try db.checkpoint(.truncate)
      return result
    }
    try target.close()
    return result
  }

  /// Puts a new ledger that is whole in its place, if there is one. The log that belongs to the old one goes before.
  func finish() throws {
    guard FileManager.default.fileExists(atPath: salvaged) else { return }
    try Folder(folder).sync()
    for suffix in ["-wal", "-shm"] { try File.remove(ledger + suffix) }
    try Folder(folder).sync()
    try File.rename(salvaged, to: ledger)
    try Folder(folder).sync()
  }
}
