package import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import Wire

/// `gongwen trace`.
package struct Trace: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Shows the way of one document through the stages.",
    discussion: """
      Reads the logs in $GONGWEN_HOME/logs and asks the queue: when the document was accepted, which process worked on it,
      how long and with what outcome, then attempts and time by stage. Processes on other machines have logs of their own.
      Ends with 1 if nothing is known of the document.
      """)

  @Flag(help: "Print one JSON object.")
  var json = false

  @Argument(
    help: ArgumentHelp("The job's id as push prints it, or its first digits where they are enough.", valueName: "id"))
  var id: String

  @OptionGroup var options: ClientOptions

  package init() {}

  package func validate() throws {
    guard 4...32 ~= id.utf8.count, id.utf8.allSatisfy({ UInt8(String(UnicodeScalar($0)), radix: 16) != nil }) else {
      throw ValidationError("'\(id)' is no id: 4 to 32 hexadecimal digits, as push prints them.")
    }
  }

  package func run() async throws {
    let home = Home(environment: ProcessInfo.processInfo.environment)
    let found = LogFolder(path: home.logs).events(prefix: id.lowercased())
    let job = try chosen(found.keys.sorted(), home)
    let timeline = Timeline(job: job, letter: letter(job), events: found[job.description] ?? [])
    guard timeline.letter != nil || !timeline.events.isEmpty else { throw unknown(home) }
    writeOutput(json ? timeline.json : Array(timeline.text.utf8))
  }

  /// The only job that the digits can mean.
  private func chosen(_ found: [String], _ home: Home) throws(CommandFailure) -> JobID {
    guard found.count < 2 else {
      let some = found.prefix(5).joined(separator: ", ") + (found.count > 5 ? ", …" : "")
      throw CommandFailure(.usage, "'\(id)' may mean \(found.count) documents: \(some). Give more digits.")
    }
    guard let job = JobID(found.first ?? id.lowercased()) else { throw unknown(home) }
    return job
  }

  private func unknown(_ home: Home) -> CommandFailure {
    CommandFailure(
      .someFailed,
      "nothing is known of '\(id)': neither the logs in \(home.logs) nor the queue name it. "
        + "A document that no process has worked on yet is found by all of its 32 digits.")
  }

  /// The queue's word, if it answers: the logs are worth reading without it.
  private func letter(_ job: JobID) -> LetterLine? {
    guard case .shown(let json, _)? = try? QueueClient(address: options.address).ask(.show(job, layers: [])) else {
      return nil
    }
    return LetterLine(json)
  }
}
