import ArgumentParser
import Foundation
import Keys
import Wire
import ZeroMQ

/// Measures how long a document takes through a pipeline that has nothing else to do.
@main
struct LatencyBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "latency-bench",
    abstract: "Pushes one report at a time at a pipeline that runs, and waits for its line at the sinks.",
    discussion: """
      Start the pipeline with 'gongwen up -d', and push nothing else meanwhile. 'accept' is from PUT to OK; the stages \
      are as the records state them; 'between' is what is left: hops, the commit of the partition, the sink's sync and \
      its answer.
      """)

  @Option(help: "The home of the pipeline, with its keys; GONGWEN_QUEUE goes before it.") var home = ".gongwen"
  @Option(help: "Bytes of a report.") var size = 10_000
  @Option(help: "Reports that are measured.") var count = 300
  @Option(help: "Reports before them.") var warmUp = 20
  @Option(help: "Milliseconds between a line and the next report.") var pause = 20

  func run() async throws {
    let (home, environment) = (Home(path: home), ProcessInfo.processInfo.environment)
    let address = home.queueAddress(environment: environment).clients
    let journeys = try await DedicatedThread.run("journeys") { () throws in
      var probe = try Probe(queue: address, PipelineKeys(option: nil, home: home, environment: environment))
      return try (0..<warmUp + count).map { number in
        Thread.sleep(forTimeInterval: Double(pause) / 1000)
        return try probe.journey(of: Report(number: number, bytes: size))
      }
    }
    print(Table(Array(journeys.dropFirst(warmUp))))
  }
}
