internal import Wire

/// Reads the letters of a queue page by page, so that any number of them passes.
struct LetterPages {
  /// Letters asked for at once.
  private static let page: UInt64 = 256

  let address: Endpoint
  let endings: ClientRequest.Endings

  func each(_ body: ([LetterLine]) throws -> Void) throws {
    let client = QueueClient(address: address)
    var before = UInt64.max
    while true {
      let request = ClientRequest.letters(endings, before: before, count: Self.page)
      let reply = try client.ask(request, within: Contact.patience)
      guard case .listed(let objects) = reply else { throw CommandFailure.strange(reply) }
      let letters = objects.compactMap(LetterLine.init)
      guard letters.count == objects.count else { throw CommandFailure.strange(reply) }
      guard let last = letters.last else { return }
      try body(letters)
      before = last.number
    }
  }
}
