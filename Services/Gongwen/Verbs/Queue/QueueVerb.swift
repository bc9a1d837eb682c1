package import ArgumentParser

/// `gongwen queue`.
package struct QueueVerb: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "queue",
    abstract: "Looks after the queue's own files.",
    subcommands: [Check.self])

  package init() {}
}
