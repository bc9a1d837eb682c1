package import ArgumentParser
internal import Clean
internal import Record
internal import Worker

/// The worker of the stage `clean`.
package struct CleanCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "gongwen-clean",
    abstract: "Finds the text of a document: charset, page furniture, metadata.",
    discussion: """
      Takes documents from the queue, as many at a time as there is credit for, until SIGTERM or SIGINT: then it \
      finishes what it has started and gives back the rest. A second SIGINT ends it at once.

      PDFs are read with pdftotext (of poppler) under prlimit; both are looked for in /usr/local/bin, /usr/bin and /bin.
      """,
    version: programVersion)

  @OptionGroup var options: WorkerOptions

  package init() {}

  package func run() async throws { try await runWorker(CleanStage(), options) }
}
