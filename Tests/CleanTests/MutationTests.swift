import Corpus
import Foundation
import Mutations
import Record
import Testing

@testable import Clean

/// Damaged pages, made of our own: as many as `GONGWEN_MUTATIONS` says. `mutate-pages` does the same with real ones.
struct MutationTests {
  static let count = ProcessInfo.processInfo.environment["GONGWEN_MUTATIONS"].flatMap(Int.init) ?? 400
  static let pages: [[UInt8]] =
    [PageTests.page, HostileTests.pages[0].page].map { Array($0.prefix(20_000).utf8) } + [PageTests.encodedPage]
    + Corpus.cases(in: "Services/Clean/Furniture/Corpus").map { Array($0.text.utf8) }

  @Test func damagedPagesEndInValidTextOrInAFailure() {
    let mutator = Mutator(Self.pages, seed: 1)
    for number in 0..<Self.count {
      #expect(fault(of: mutator.page(number), by: Cleaner()) == nil, "page \(number)")
    }
  }

  @Test func damagedPagesAreAccountedFor() throws {
    let mutator = Mutator(Self.pages, seed: 2)
    for number in 0..<Self.count {
      let page = mutator.page(number)
      guard let record = try? clean(page, mediaType: "text/html"), record.source.mediaType == "text/html" else {
        continue
      }
      let kept = visible(record.words) + visible(record.chrome.map(\.text).joined())
      let shown = try Shown(page).words
      #expect(kept.unicodeScalars.sorted() == shown.unicodeScalars.sorted(), "page \(number)")
    }
  }
}
