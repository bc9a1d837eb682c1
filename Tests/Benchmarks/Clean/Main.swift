import ArgumentParser
import CLibXML2
import Clean
import Foundation
import Record

/// Measures what the cleaner takes beyond the parse of the same bytes.
@main
struct CleanBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean-bench",
    abstract: "Cleans pages, or only parses them with libxml2, and prints the seconds of the processor as JSON.",
    discussion: """
      The parts take turns, and of each the fastest round counts: 'clean' is the whole stage, 'sax' libxml2's parse with \
      no event listened to, 'tree' its parse into a tree of its own, as htmlReadMemory makes it.
      """)

  enum Part: String, CaseIterable, ExpressibleByArgument { case clean, sax, tree }

  @Argument(help: "A folder of pages, unpacked.") var folder: String
  @Option(help: "How often each part is measured.") var rounds = 5
  @Option(parsing: .upToNextOption, help: "The parts.") var parts = Part.allCases

  func run() throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: URL(filePath: folder, directoryHint: .isDirectory), includingPropertiesForKeys: nil)
    let pages = try files.sorted { $0.path < $1.path }.map { [UInt8](try Data(contentsOf: $0)) }
    var best: [Part: Double] = [:]
    for _ in 0..<rounds {
      for part in parts {
        best[part] = min(best[part] ?? .infinity, seconds { for page in pages { work(part, page) } })
      }
    }
    for part in parts {
      let bytes = pages.reduce(0) { $0 + $1.count }
      print(
        #"{"part":"\#(part.rawValue)","pages":\#(pages.count),"bytes":\#(bytes),"seconds":\#(best[part] ?? 0)}"#)
    }
  }

  /// Seconds of the processor, which other programs of the machine lengthen less than those of the clock.
  private func seconds(_ body: () -> Void) -> Double {
    let start = clock()
    body()
    return Double(clock() - start) / Double(CLOCKS_PER_SEC)
  }

  private func work(_ part: Part, _ page: [UInt8]) {
    switch part {
    case .clean: _ = try? Cleaner().clean(page, source: Source(uri: "page"))
    case .sax: unsafe parse(page) { unsafe $0.pointee.sax.pointee = xmlSAXHandler() }
    case .tree: unsafe parse(page) { _ in }
    }
  }

  private func parse(_ page: [UInt8], _ prepare: (htmlParserCtxtPtr) -> Void) {
    guard let context = unsafe htmlNewParserCtxt() else { return }
    defer { unsafe htmlFreeParserCtxt(context) }
    unsafe prepare(context)
    // Labels are passed over: libxml2 gives a page up at the first byte that its label does not hold.
    let options = [
      HTML_PARSE_RECOVER, HTML_PARSE_NOERROR, HTML_PARSE_NOWARNING, HTML_PARSE_NONET, HTML_PARSE_IGNORE_ENC,
    ]
    unsafe page.withUnsafeBytes { buffer in
      let document = unsafe htmlCtxtReadMemory(
        context, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count), nil, "UTF-8",
        Int32(options.reduce(0) { $0 | $1.rawValue }))
      if let document = unsafe document { unsafe xmlFreeDoc(document) }
    }
  }
}
