package import ArgumentParser
internal import Glibc
internal import Record

/// `gongwen explain`: which rule made this.
package struct Explain: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows the text of a document with every finding and the rules behind it.",
    discussion: """
      Below each sentence stand its metrics (m1 …) and entities (e1 …) with what is known of each, and behind the arrow
      the rule that found it. Checks and notes come last. With --json: {"record", "rules": {"m1": rule …}}.
      """)

  @Flag(help: "Print one JSON object: the record, and the rules by id.")
  var json = false

  @Argument(help: ArgumentHelp("The document; - reads it from standard input.", valueName: "file"))
  var file: String

  package init() {}

  package func run() async throws {
    let document = try read()
    do throws(StageFailure) {
      let explanation = try await Explanation(document)
      let bytes = json ? explanation.json + [UInt8(ascii: "\n")] : Array(explanation.text(paint).utf8)
      writeAll(STDOUT_FILENO, bytes)
    } catch {
      throw CommandFailure(
        .someFailed, "\(document.source.uri): \(error.code.rawValue) (\(error.stage)): \(error.message)")
    }
  }

  private var paint: Paint { Paint(isOn: Terminal.output.hasColour) }

  /// The bytes of the file, or all of standard input.
  private func read() throws(CommandFailure) -> InputDocument {
    if file == "-" {
      var bytes: [UInt8] = []
      while readMore(STDIN_FILENO, into: &bytes) > 0 {}
      return InputDocument(source: Source(uri: "stdin"), raw: bytes)
    }
    var reader = InputReader([file])
    switch reader.next() {
    case .document(let document):
      guard document.raw == nil else { return document }
      throw CommandFailure(.usage, "explain takes a file; save the page first, or use 'gongwen run \(file)'.")
    case .failure(let failure): throw CommandFailure(.nothingRead, failure.failure.message)
    case .note, nil: throw CommandFailure(.nothingRead, "there is no document in \(file).")
    }
  }
}
