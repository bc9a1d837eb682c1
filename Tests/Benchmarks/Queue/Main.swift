import ArgumentParser
import Keys
import Wire

/// Measures a running `gongwen-queue` against bare libzmq, in one run, so that the ratios mean something.
@main
struct QueueBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue-bench",
    abstract: "Pushes documents at a queue that runs, and the same bytes through bare sockets.",
    discussion: "The queue must run with --stages 'clean sink' for --deliver and --latency.")

  @Option(help: "The queue's address.") var queue: String
  @Option(help: "Bytes of a document.") var size = 40_000
  @Option(help: "Documents.") var count = 20_000
  @Option(help: "Documents under way without an OK; at most 2,000 and 8 MiB otherwise.") var ahead: Int?
  @Flag(help: "Also take every document through a worker and a sink that do nothing.") var deliver = false
  @Flag(help: "Without bare sockets beside it, as tcp wants it.") var alone = false
  @Option(help: "The folder of keys, for tcp.") var keys: String?
  @Flag(help: "How long PUT to OK takes, document after document, while the others of the count are delivered.")
  var latency = false

  func run() async throws {
    let load = Load(size: size, count: count)
    let keys = keys.map { PipelineKeys(KeyFolder(path: $0)) }
    let queue = QueueUnderTest(address: QueueAddress(base: queue), keys: keys, load: load)
    let bare = BareSockets(address: self.queue + ".bench", load: load)
    if latency { return try await besideDelivery(queue, load) }
    guard !alone else { return try await only(queue) }
    let (direct, proxied) = (try await bare.direct(), try await bare.proxied())
    let accepted = try await queue.accept(ahead: ahead)
    print(accepted)
    print("accept / PUSH and PULL (\(Int(direct))/s): \(ratio(accepted.rate, direct))")
    print("accept / proxy in the middle (\(Int(proxied))/s): \(ratio(accepted.rate, proxied))")
    guard deliver else { return }
    let chain = try await bare.chain()
    let delivered = try await queue.deliver()
    print("deliver \(Int(delivered))/s")
    print("deliver / the same three hops bare (\(Int(chain))/s): \(ratio(delivered, chain))")
  }

  private func only(_ queue: QueueUnderTest) async throws {
    print(try await queue.accept(ahead: ahead))
    if deliver { print("deliver \(Int(try await queue.deliver()))/s") }
  }

  /// A document at a time, a tenth of the count, while all others are worked on and finished.
  private func besideDelivery(_ queue: QueueUnderTest, _ load: Load) async throws {
    _ = try await queue.accept()
    async let delivered = queue.deliver()
    let tenth = Load(size: 1, count: max(1, load.count / 10))
    let probe = QueueUnderTest(address: queue.address, keys: queue.keys, load: tenth)
    print(try await probe.accept(ahead: 1))
    print("deliver \(Int(try await delivered))/s beside")
  }

  private func ratio(_ part: Double, _ whole: Double) -> Double { (part / whole * 100).rounded() / 100 }
}
