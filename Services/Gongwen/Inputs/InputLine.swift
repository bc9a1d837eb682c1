internal import Daemon
internal import FoundationEssentials
internal import Record

extension LineReader.Line {
  /// The document that a line of standard input states: {`uri`, `text`}, {`uri`, `base64`, `media_type`?}, or, for a URL
  /// that is to be fetched, {`uri`, `etag`?, `last_modified`?, `sha256`?} with what is known of the page already.
  ///
  /// - Parameter limit: bytes that the document has at most.
  func document(limit: Int) throws(InputFailure) -> InputDocument {
    guard let bytes else { throw .tooLarge(uri: "stdin:\(number)", limit) }
    let members = try members(of: bytes)
    guard let uri = members.uri, !uri.isEmpty else { throw unreadable("has no member 'uri'.") }
    if let source = try page(members, uri: uri) { return InputDocument(source: source, raw: nil) }
    let raw = try content(members, uri: uri)
    guard !raw.isEmpty else { throw .empty(uri: uri) }
    guard raw.count <= limit else { throw .tooLarge(uri: uri, limit) }
    var source = Source(uri: uri)
    source.mediaType = members.mediaType
    return InputDocument(source: source, raw: raw)
  }

  /// The source of a URL; nil for a document that is in the line.
  private func page(_ members: Members, uri: String) throws(InputFailure) -> Source? {
    let isKnown = members.etag != nil || members.lastModified != nil || members.sha256 != nil
    guard members.text == nil, members.base64 == nil, InputReader.isURL(uri) else {
      guard !isKnown else {
        throw unreadable(
          "has 'etag', 'last_modified' or 'sha256', which go with a URL that is to be fetched.", uri: uri)
      }
      return nil
    }
    var source = Source(uri: uri)
    (source.etag, source.lastModified, source.sha256) = (members.etag, members.lastModified, members.sha256)
    return source
  }

  private func content(_ members: Members, uri: String) throws(InputFailure) -> [UInt8] {
    switch (members.text, members.base64) {
    case (let text?, nil) where members.mediaType == nil: return Array(text.utf8)
    case (_?, nil): throw unreadable("has 'media_type', which goes with 'base64', not with 'text'.", uri: uri)
    case (nil, let digits?):
      guard let data = Data(base64Encoded: digits) else { throw unreadable("has a 'base64' that is none.", uri: uri) }
      return Array(data)
    case (_?, _?): throw unreadable("has both 'text' and 'base64'; one of them is the document.", uri: uri)
    case (nil, nil): throw unreadable("has neither 'text' nor 'base64'.", uri: uri)
    }
  }

  private func members(of bytes: [UInt8]) throws(InputFailure) -> Members {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let json = number == 1 && bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
    do {
      return try JSONDecoder().decode(Members.self, from: Data(json))
    } catch let error as UnknownMember {
      let near = suggestion(for: error.name, among: Members.Key.allCases.map(\.rawValue))
      throw unreadable("has a member '\(error.name)', which is not known\(near)")
    } catch DecodingError.typeMismatch(_, let context) where !context.codingPath.isEmpty {
      throw unreadable("has a '\(context.codingPath[0].stringValue)' that is not a string.")
    } catch {
      throw unreadable("is not a JSON object in UTF-8.")
    }
  }

  private func unreadable(_ what: String, uri: String? = nil) -> InputFailure {
    InputFailure(.unreadable, uri: uri ?? "stdin:\(number)", "Line \(number) of standard input \(what)")
  }
}

private struct UnknownMember: Error {
  let name: String
}

private struct Members: Decodable {
  enum Key: String, CaseIterable {
    case uri, text, base64, etag, sha256
    case mediaType = "media_type"
    case lastModified = "last_modified"
  }

  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private(set) var uri: String?
  private(set) var text: String?
  private(set) var base64: String?
  private(set) var mediaType: String?
  private(set) var etag: String?
  private(set) var lastModified: String?
  private(set) var sha256: String?

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyKey.self)
    for key in container.allKeys {
      guard let known = Key(rawValue: key.stringValue) else { throw UnknownMember(name: key.stringValue) }
      guard let value = try container.decodeIfPresent(String.self, forKey: key) else { continue }
      switch known {
      case .uri: uri = value
      case .text: text = value
      case .base64: base64 = value
      case .mediaType: mediaType = value
      case .etag: etag = value
      case .lastModified: lastModified = value
      case .sha256: sha256 = value
      }
    }
  }
}
