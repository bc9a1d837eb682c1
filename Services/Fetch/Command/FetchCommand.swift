package import ArgumentParser
internal import Fetch
internal import Record
internal import Worker

/// The worker of the stage `fetch`.
package struct FetchCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "gongwen-fetch",
    abstract: "Gets the pages of documents that are URLs.",
    discussion: """
      Takes documents from the queue, as many at a time as there is credit for, until SIGTERM or SIGINT: then it \
      finishes what it has started and gives back the rest. A second SIGINT ends it at once.

      A proxy is used where http_proxy, https_proxy or all_proxy (also in capitals) names one as http://[user:password@]\
      host:port; no_proxy lists hosts and domains that are asked themselves. It resolves names itself, so of internal \
      addresses only those are refused that stand in the URL.

      Certificates are checked with those of the system, or with the file that SSL_CERT_FILE names.
      """,
    version: programVersion)

  @OptionGroup(title: "Fetch options") var fetch: FetchOptions
  @OptionGroup var options: WorkerOptions

  package init() {}

  package func run() async throws { try await runWorker(FetchStage(fetch.policy), options, concurrency: 16) }
}
