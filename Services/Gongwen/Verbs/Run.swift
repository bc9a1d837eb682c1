package import ArgumentParser
internal import Extract
internal import Fetch
internal import Record

/// `gongwen run`: all stages in this process.
package struct Run: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Processes documents in this process: no queue, no sockets, all cores.",
    discussion: """
      Writes a record a line to standard output, in the order of the inputs. An INPUT is a file, a folder (with all that
      is in it but programs and their data), a URL, or - for NDJSON on standard input: {"uri", "text"}, {"uri", "base64",
      "media_type"} or, for a URL, {"uri", "etag", "last_modified", "sha256"} a line: a page that is still what these say
      fails with the code unchanged.
      Proxies for URLs are those of http_proxy, https_proxy, all_proxy and no_proxy. PDFs are read with pdftotext.
      A document that fails never stops the others; the exit status is then 1.
      """)

  @Option(help: ArgumentHelp("The last stage to run; the record has the members known by then.", valueName: "stage"))
  var until = Stop.extract

  @Option(help: ArgumentHelp("Write failures there as NDJSON, not to standard error.", valueName: "file"))
  var failures: String?

  @Option(help: ArgumentHelp("The time that a stage may take for one document.", valueName: "seconds"))
  var timeLimit = 60

  @Argument(help: ArgumentHelp("Files, folders, URLs, or -.", valueName: "input"))
  var inputs: [String]

  @OptionGroup(title: "Extract options") var extract: ExtractOptions
  @OptionGroup(title: "Fetch options") var fetch: FetchOptions

  package init() {}

  package mutating func validate() throws {
    guard timeLimit > 0 else { throw ValidationError("--time-limit must be at least 1.") }
    guard extract.redact.isEmpty || until == .extract else {
      throw ValidationError("--redact masks what the stage extract finds: leave out --until \(until.rawValue).")
    }
    guard inputs.filter({ $0 == "-" }).count <= 1 else { throw ValidationError("- can stand only once.") }
  }

  package func run() async throws {
    let output = try RunOutput(failures: failures)
    let pipeline = InProcess(
      until: until.stop, fetch: fetch.policy, redaction: extract.redact, timeLimit: .seconds(timeLimit))
    var batch = Batch(InputReader(inputs), pipeline, output, interruption: Interruption())
    let counts = await batch.run()
    try counts.check()
  }

  /// The stages that `--until` knows.
  enum Stop: String, CaseIterable, ExpressibleByArgument {
    case clean, segment, extract

    var stop: InProcess.Stop {
      switch self {
      case .clean: .clean
      case .segment: .segment
      case .extract: .extract
      }
    }
  }
}
