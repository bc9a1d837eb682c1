extension ClientRequest {
  /// Which of the documents that ended without a record are meant.
  package enum Endings: String, Sendable, CaseIterable {
    /// Dead letters.
    case dead
    /// Failed documents as well.
    case all
  }

  /// What is to become of documents that ended without a record.
  package enum Revision: Sendable, Equatable {
    /// To be done again, under a new number.
    case retry
    /// Given up: their bytes are removed.
    case drop
  }
}

extension ClientReply {
  /// What became of a document that was to be retried or dropped: done, or why it was not.
  package enum Outcome: String, Sendable, CaseIterable {
    case ok
    /// It was dropped before: its bytes are no longer there.
    case dropped
    /// It has not ended: it waits, or is under way.
    case unfinished
    case done, unknown
  }
}

extension FrameReader {
  /// A field that is one of a few words.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ type: Word.Type
  ) throws(WireError) -> Word {
    let text = try text()
    guard let word = Word(rawValue: text) else {
      let known = type.allCases.map(\.rawValue).joined(separator: ", ")
      throw WireError(.malformed, "'\(text.prefix(32))' is not known here, only \(known).")
    }
    return word
  }
}
