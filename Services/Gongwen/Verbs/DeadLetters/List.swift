internal import ArgumentParser
internal import Wire

extension DeadLetters {
  /// `gongwen dlq ls`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ls",
      abstract: "Lists dead letters, the one accepted last first.",
      discussion: """
        A line for each: job, when it failed, stage and code, attempts, and the document's URI, cut to the width of a
        terminal. 'gongwen dlq show' says all of one. A document that was dropped is not listed any more.
        """)

    @Flag(help: "List failed documents as well.")
    var all = false

    @Flag(help: "Print a JSON object a line.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
      let columns = Terminal.output.isTerminal ? Terminal.output.columns : nil
      var isFirst = true
      try LetterPages(address: options.address, endings: all ? .all : .dead).each { page in
        if isFirst, !json { writeOutput(LetterLine.head + [UInt8(ascii: "\n")]) }
        isFirst = false
        for letter in page {
          let line = json ? letter.json : letter.line(columns: columns)
          writeOutput(line + [UInt8(ascii: "\n")])
        }
      }
    }
  }
}
