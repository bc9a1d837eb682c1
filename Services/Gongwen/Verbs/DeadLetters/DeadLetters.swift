package import ArgumentParser
internal import Wire

/// `gongwen dlq`.
package struct DeadLetters: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "dlq",
    abstract: "Lists, shows, retries and drops dead letters.",
    discussion: """
      A dead letter is a document on which every attempt ended without a verdict; a failed one had a verdict, such as
      no_text. The queue keeps the bytes of both. Once the cause is gone, retry puts them back; drop gives them up.
      """,
    subcommands: [List.self, Show.self, Retry.self, Drop.self])

  package init() {}
}

extension JobID: ExpressibleByArgument {
  /// The id that a word of the command line states.
  package init?(argument: String) { self.init(argument) }
}

extension CommandFailure {
  /// The queue answered what it should not.
  static func strange(_ reply: ClientReply) -> CommandFailure {
    guard case .error(let error) = reply else {
      return CommandFailure(.internalError, "the queue's answer is none that this version knows.")
    }
    return CommandFailure(.internalError, "the queue says: \(error.message) Is it of another version?")
  }
}
