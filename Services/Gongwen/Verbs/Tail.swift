package import ArgumentParser
internal import ZeroMQ

/// `gongwen tail`.
package struct Tail: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tail",
    abstract: "Prints records as they are finished, a line each, as the sinks wrote them.",
    discussion: """
      Reads every partition from --from on and goes on with what is written later. With --cursor-file it goes on where it
      ended last: the file is written after each piece of lines (1 MiB at most, or one line) is out. So none is left out;
      when tail is killed, or the machine stops, the last piece may be printed once more.
      """)

  @Option(
    help: ArgumentHelp(
      "Where to begin: start, end, or a cursor as a cursor file holds it (sink-1=10240,sink-2=512).",
      valueName: "place"))
  var from = "start"

  @Option(name: .customShort("n"), help: ArgumentHelp("End after so many records.", valueName: "count"))
  var count: Int?

  @Flag(inversion: .prefixedNo, help: "Go on with records that are written later.")
  var follow = true

  @Option(
    help: ArgumentHelp(
      "Keep the place there, and begin there if the file exists, whatever --from says.", valueName: "file"))
  var cursorFile: String?

  @Flag(help: "Go on, with a message, behind lines that the sink removed before they were read; else that is the end.")
  var skipLost = false

  @Option(
    help: ArgumentHelp(
      "Print a line for each of these in place of the record, with the document's id and facts in it.",
      valueName: "part"))
  var select: Selection?

  @OptionGroup var options: ClientOptions

  package init() {}

  package mutating func validate() throws {
    if let count, count < 0 { throw ValidationError("-n must be at least 0.") }
    guard from == "start" || from == "end" || Cursor(from) != nil else {
      throw ValidationError("--from must be start, end or a cursor such as sink-1=10240; '\(from)' is none.")
    }
  }

  package func run() async throws {
    let file = cursorFile.map { CursorFile(path: $0) }
    let plan = TailRun.Plan(
      address: options.address, from: from == "end" ? .end : .first, cursor: try file?.load() ?? Cursor(from),
      count: count, follows: follow, skipsLost: skipLost, file: file, selection: select)
    let interruption = Interruption()
    try await DedicatedThread.run("tail") {
      var run = TailRun(plan, interruption: interruption)
      try run.run()
    }
  }
}
