internal import ArgumentParser
internal import Wire

extension DeadLetters {
  /// `gongwen dlq retry`.
  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry",
      abstract: "Puts dead letters, or failed documents, back to be done again.",
      discussion: """
        A line for each job says what became of it, once that is durable. The document begins anew at its first stage, with
        all attempts; what was fetched is not fetched again. Ends with 1 if some could not be retried.
        """)

    @Flag(help: "Retry all dead letters there are.")
    var all = false

    @Argument(help: ArgumentHelp("Ids of jobs: 32 hexadecimal digits, as push and ls print them.", valueName: "id"))
    var jobs: [JobID] = []

    @OptionGroup var options: ClientOptions

    func validate() throws {
      if all != jobs.isEmpty { throw ValidationError("Name the jobs, or say --all.") }
    }

    func run() async throws {
      var run = RevisionRun(.retry, at: options.address)
      if all {
        try LetterPages(address: options.address, endings: .dead).each { try run.revise($0.map(\.job)) }
      } else {
        try run.revise(jobs)
      }
      try run.check()
    }
  }

  /// `gongwen dlq drop`.
  struct Drop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "drop",
      abstract: "Gives dead letters, or failed documents, up and removes their bytes.",
      discussion: """
        A line for each job says what became of it, once that is durable. The document counts as failed and is still
        recognised when it is pushed again. Ends with 1 if some could not be dropped.
        """)

    @Argument(help: ArgumentHelp("Ids of jobs: 32 hexadecimal digits, as push and ls print them.", valueName: "id"))
    var jobs: [JobID]

    @OptionGroup var options: ClientOptions

    func run() async throws {
      var run = RevisionRun(.drop, at: options.address)
      try run.revise(jobs)
      try run.check()
    }
  }
}
