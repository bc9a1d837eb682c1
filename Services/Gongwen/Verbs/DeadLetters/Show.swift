internal import ArgumentParser
internal import Record
internal import Wire

extension DeadLetters {
  /// `gongwen dlq show`.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Prints what is known of a document, or its bytes.",
      discussion: "Works for every job that the queue knows; only the bytes of a record are no longer there.")

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Write the document's bytes as they are; of a URL that was not fetched, its source.")
    var body = false

    @Argument(help: ArgumentHelp("The job's id: 32 hexadecimal digits, as push and ls print them.", valueName: "id"))
    var job: JobID

    @OptionGroup var options: ClientOptions

    func validate() throws {
      if json, body { throw ValidationError("--json and --body exclude each other.") }
    }

    func run() async throws {
      let request = ClientRequest.show(job, layers: body ? ["raw", "source"] : [])
      let reply = try QueueClient(address: options.address).ask(request, within: Contact.patience)
      guard case .shown(let json, let layers) = reply else { throw CommandFailure.strange(reply) }
      guard !json.isEmpty, let letter = LetterLine(json) else {
        throw CommandFailure(.someFailed, "the job \(job) is not known to this queue. See 'gongwen dlq ls --all'.")
      }
      guard body else { return writeOutput((self.json ? json : letter.text) + [UInt8(ascii: "\n")]) }
      guard let bytes = layers["raw"] ?? layers["source"] else {
        throw CommandFailure(.someFailed, "the bytes of the job \(job) are no longer kept: it is \(letter.state).")
      }
      writeOutput(bytes)
    }
  }
}
