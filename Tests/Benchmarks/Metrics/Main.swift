import ArgumentParser
import Foundation
import Wire

/// Measures how long the pages of a running queue take that has many workers.
@main
struct MetricsBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics-bench",
    abstract: "Asks a queue that runs for its pages, one after the other, while many workers are connected.",
    discussion: """
      Each request is a connection of its own, as the queue serves it. /healthz is a bare answer: what another page takes \
      beyond it is that page's own cost.
      """)

  @Option(help: "The home of the pipeline; GONGWEN_QUEUE goes before it.") var home = ".gongwen"
  @Option(help: "Workers.") var workers = 100
  @Option(help: "Requests for each page.") var count = 2000

  func run() async throws {
    let address = Home(path: home).queueAddress(environment: ProcessInfo.processInfo.environment)
    let crowd = try await Crowd.joined(workers, at: address)
    let pages = ["/healthz", "/metrics", "/status"].map { Page(path: $0, port: crowd.port) }
    var times = pages.map { _ in [Duration]() }
    // By turns, so that what else the machine does meets all of them.
    for _ in 0..<count {
      for (place, page) in pages.enumerated() { times[place].append(try page.get().time) }
    }
    for (page, times) in zip(pages, times) {
      let bytes = try page.get().bytes
      print("\(page.path), \(bytes) bytes: \(summary(of: times))")
    }
    await crowd.leave()
  }

  private func summary(of times: [Duration]) -> String {
    let sorted = times.sorted()
    return [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("most", 1)].map { name, share in
      let time = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
      return String(format: "\(name) %.2f ms", time / .milliseconds(1))
    }.joined(separator: ", ")
  }
}
