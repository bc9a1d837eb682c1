private import Foundation
internal import GRDB
internal import Record
internal import Wire

extension BodyFiles.Place {
  /// That of a row of `bodies`; nil for a body that is in the row.
  fileprivate init?(_ row: Row) {
    guard let file = row["file"] as Int64? else { return nil }
    self.init(file: file, offset: row["offset"], size: row["size"], checksum: row["checksum"])
  }
}

extension BodyFiles {
  /// The layers that a row of `bodies` has or has the place of; nil where they are not what was written.
  static func layers(_ row: Row, read: (Place) -> [UInt8]?) -> Layers? {
    guard let place = Place(row) else { return (row["layers"] as Data?).flatMap { Body.decode([UInt8]($0)) } }
    return read(place).flatMap(Body.decode)
  }
}

extension SQLiteLedger {
  /// The body of a document; nil where it is damaged or missing, which harms only this document.
  func body(_ number: UInt64, _ db: Database) throws -> Layers? {
    do {
      let statement = try db.cachedStatement(
        sql: "SELECT layers, file, offset, size, checksum FROM bodies WHERE number = ?")
      return try Row.fetchOne(statement, arguments: [number]).flatMap(bodies.layers)
    } catch let error as DatabaseError where Self.isDamage(error) {
      return nil
    }
  }

  /// Bytes of bodies in files, by file.
  static func places(_ db: Database) throws -> [Int64: Int] {
    let rows = try Row.fetchAll(db, sql: "SELECT file, sum(size) FROM bodies WHERE file IS NOT NULL GROUP BY file")
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }
}

extension Group {
  /// Writes the body of a document that has none: a small one into its row, a large one into a file. Returns its bytes.
  func insertBody(_ layers: Layers, _ number: Int64) throws -> Int {
    if !fillsFile || Body.size(layers) < BodyFiles.smallest {
      try run("INSERT INTO bodies (number, layers) VALUES (?, ?)", [number, Data(Body.encode(layers))])
    } else {
      let place = try files.append { Body.encode(layers, onto: &$0) }
      try run(
        "INSERT INTO bodies (number, layers, file, offset, size, checksum) VALUES (?, x'', ?, ?, ?, ?)",
        [number, place.file, place.offset, place.size, place.checksum])
    }
    return Body.size(layers)
  }

  /// Removes the body of a document, if it has one, and returns its bytes.
  func removeBody(_ number: Int64) throws -> Int {
    let statement = try db.cachedStatement(
      sql: "DELETE FROM bodies WHERE number = ? RETURNING coalesce(size, length(layers)), file")
    guard let row = try Row.fetchOne(statement, arguments: [number]) else { return 0 }
    if let file = row[1] as Int64? { files.release(file: file, size: row[0]) }
    return row[0]
  }

  /// Moves the bodies of a file to the one that is written, so that the file can go. One that cannot be read stays.
  func gather(_ file: Int64) throws {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT number, file, offset, size, checksum FROM bodies WHERE file = ?"),
      arguments: [file])
    for row in rows {
      guard let old = BodyFiles.Place(row), let bytes = files.read(old) else { continue }
      let new = try files.append { $0 += bytes }
      try run("UPDATE bodies SET file = ?, offset = ? WHERE number = ?", [new.file, new.offset, row[0] as Int64])
      files.release(file: file, size: old.size)
    }
  }
}
