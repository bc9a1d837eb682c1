/// Makes damaged pages out of whole ones: bits turned over, ends cut off, two pages spliced, parts repeated, and words of
/// HTML and of charsets put in where they do not belong.
///
/// The page of a number depends on the seed and the number alone, so that a fault can be made again.
package struct Mutator: Sendable {
  private let pages: [[UInt8]]
  private let seed: UInt64

  /// Pages to make others of; at least one.
  package init(_ pages: [[UInt8]], seed: UInt64) {
    precondition(!pages.isEmpty, "There are no pages to make others of.")
    self.pages = pages
    self.seed = seed
  }

  /// The damaged page of a number.
  package func page(_ number: Int) -> [UInt8] {
    var random = Random(seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
    var page = pages[random.below(pages.count)]
    for _ in 0...random.below(4) { mutate(&page, &random) }
    return page
  }

  private func mutate(_ page: inout [UInt8], _ random: inout Random) {
    switch random.below(5) {
    case 0: flip(&page, &random)
    case 1: page.removeLast(random.below(page.count + 1))
    case 2:
      let other = pages[random.below(pages.count)]
      page = Array(page.prefix(random.below(page.count + 1)) + other.dropFirst(random.below(other.count + 1)))
    case 3:
      let start = random.below(page.count + 1)
      let part = page[start..<min(page.count, start + random.below(4096))]
      page.insert(contentsOf: Array(repeating: part, count: 1 + random.below(6)).joined(), at: start)
    default:
      for _ in 0...random.below(32) {
        page.insert(contentsOf: Self.words[random.below(Self.words.count)], at: random.below(page.count + 1))
      }
    }
  }

  private func flip(_ page: inout [UInt8], _ random: inout Random) {
    guard !page.isEmpty else { return }
    for _ in 0...random.below(64) { page[random.below(page.count)] ^= 1 << UInt8(random.below(8)) }
  }

  private static let words: [[UInt8]] =
    [
      "<", ">", "</", "<!--", "-->", "<table>", "<tr>", "<td>", "</table>", "<div hidden>", "</div>", "<p>", "<a href=",
      "<select>", "<title>", "<pre>", "<meta charset=gbk>", "<script>", "\"", "'", "&#x", "&amp;", "&#1114112;", "\n",
      "\t",
      "　　", "：", "】", "来源：", "责任编辑：", "首页>", "2021年22日", "〔2021〕3号", "一、", "。", "|",
    ].map { Array($0.utf8) } + [
      [0], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xE4, 0xBD], [0x84, 0x31], [0xB0, 0xA1], [0x80],
    ]
}

/// SplitMix64.
struct Random {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// A number from 0 up to, not including, a bound above 0.
  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((value ^ (value >> 31)) % UInt64(bound))
  }
}
