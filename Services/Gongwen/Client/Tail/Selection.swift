internal import ArgumentParser

/// A part of each record as rows of its own: one line an item, with the document's id and facts in it.
///
/// The document's members stand first, as `document_id`, `document_uri`, `document_title`, …, an object in them as
/// `document_issuer_name`, …; then the members of the item as they are. Values are the bytes of the record.
enum Selection: String, Sendable, CaseIterable, ExpressibleByArgument {
  case metrics, entities, sections, document

  /// The lines of a record, each with its end.
  func lines(of record: ArraySlice<UInt8>) -> [UInt8] {
    guard let members = JSONMembers(record) else { return [] }
    let facts = Self.facts(members)
    guard self != .document else { return Self.line(facts) }
    let items = members[rawValue].flatMap(JSONMembers.elements) ?? []
    return items.flatMap { Self.line(facts + (JSONMembers($0)?.all ?? [])) }
  }

  private typealias Member = (name: String, value: ArraySlice<UInt8>)

  private static func facts(_ record: JSONMembers) -> [Member] {
    var facts: [Member] = []
    if let id = record["id"] { facts.append(("document_id", id)) }
    if let uri = record["source"].flatMap(JSONMembers.init)?["uri"] { facts.append(("document_uri", uri)) }
    return facts + flat(record["document"] ?? [], "document")
  }

  /// The members of an object under names that begin with a prefix; those of objects in it likewise.
  private static func flat(_ object: ArraySlice<UInt8>, _ prefix: String) -> [Member] {
    guard let members = JSONMembers(object) else { return [] }
    return members.all.flatMap { name, value in
      value.first == UInt8(ascii: "{") ? flat(value, "\(prefix)_\(name)") : [("\(prefix)_\(name)", value)]
    }
  }

  private static func line(_ members: [Member]) -> [UInt8] {
    var line: [UInt8] = [UInt8(ascii: "{")]
    for (name, value) in members {
      if line.count > 1 { line.append(UInt8(ascii: ",")) }
      line += Array("\"\(name)\":".utf8)
      line += value
    }
    return line + Array("}\n".utf8)
  }
}
