internal import Glibc
internal import Record

/// Reads what the words of a command line name, in their order: files, folders with all that is in them, URLs, and `-`
/// for NDJSON on standard input.
///
/// Documents are read one at a time, when they are asked for. An input that cannot be read is a failure in its place;
/// the others go on.
package struct InputReader: Sendable {
  /// Bytes that a document has at most.
  package static let defaultLimit = 32 << 20

  private var words: ArraySlice<String>
  private var folder: FolderWalk?
  private var lines: LineReader?
  private let standardInput: Int32
  private let limit: Int

  package init(_ words: [String], limit: Int = Self.defaultLimit, standardInput: Int32 = STDIN_FILENO) {
    self.words = words[...]
    self.limit = limit
    self.standardInput = standardInput
  }

  /// The next document, failure or note, nil after the last. Waits for standard input where it must.
  package mutating func next() -> Input? {
    while true {
      if let input = nextLine() ?? nextOfFolder() { return input }
      guard let word = words.popFirst() else { return nil }
      if let input = open(word) { return input }
    }
  }

  /// How many documents and failures there will be, or nil where only reading standard input will tell.
  package func count() -> Int? {
    guard !words.contains("-") else { return nil }
    return words.reduce(0) { sum, word in
      guard !Self.isURL(word), var walk = try? FolderWalk(Path(word)) else { return sum + 1 }
      var count = 0
      while walk.next() != nil { count += 1 }
      return sum + count
    }
  }

  /// The document of a word, or nil where the word starts a folder or standard input.
  private mutating func open(_ word: String) -> Input? {
    if word == "-" {
      lines = LineReader(standardInput, limit: 2 * limit + (1 << 20))
      return nil
    }
    if Self.isURL(word) { return .document(InputDocument(source: Source(uri: word), raw: nil)) }
    let path = Path(word)
    do throws(PathError) {
      guard try path.isFolder() else { return read(path) }
      folder = try FolderWalk(path)
      return nil
    } catch {
      return .failure(error.failure)
    }
  }

  private mutating func nextOfFolder() -> Input? {
    guard let found = folder?.next() else {
      defer { folder = nil }
      return (folder?.note).map(Input.note)
    }
    return switch found {
    case .success(let file): read(file)
    case .failure(let error): .failure(error.failure)
    }
  }

  private mutating func nextLine() -> Input? {
    guard let line = lines?.next() else {
      lines = nil
      return nil
    }
    do throws(InputFailure) {
      return .document(try line.document(limit: limit))
    } catch {
      return .failure(error)
    }
  }

  private func read(_ file: Path) -> Input {
    do throws(PathError) {
      guard let bytes = try file.contents(limit: limit) else { return .failure(.tooLarge(uri: file.name, limit)) }
      guard !bytes.isEmpty else { return .failure(.empty(uri: file.name)) }
      return .document(InputDocument(source: Source(uri: file.name), raw: bytes))
    } catch {
      return .failure(error.failure)
    }
  }

  /// Whether a word starts with a scheme: letters, digits, `+`, `-`, `.` before `://`.
  static func isURL(_ word: String) -> Bool {
    let scheme = word.utf8.prefix { $0 != UInt8(ascii: ":") }
    return !scheme.isEmpty && word.utf8.dropFirst(scheme.count).starts(with: "://".utf8)
      && scheme.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}

extension InputFailure {
  static func empty(uri: String) -> InputFailure { InputFailure(.emptyInput, uri: uri, "There are no bytes in it.") }

  static func tooLarge(uri: String, _ limit: Int) -> InputFailure {
    InputFailure(.inputTooLarge, uri: uri, "It has more than the \(limit >> 20) MiB that are read of one document.")
  }
}

extension PathError {
  fileprivate var failure: InputFailure { InputFailure(.unreadable, uri: path.name, description) }
}
