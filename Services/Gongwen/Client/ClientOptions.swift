internal import ArgumentParser
internal import FoundationEssentials
internal import Wire

/// Where the queue is, for the verbs that speak to it.
struct ClientOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The queue's address; by default $GONGWEN_QUEUE, else the socket in $GONGWEN_HOME/run.", valueName: "address"))
  var queue: String?

  /// The address at which the queue listens to clients.
  var address: String {
    let environment = ProcessInfo.processInfo.environment
    return queue.map { QueueAddress(base: $0) }?.clients
      ?? Home(environment: environment).queueAddress(environment: environment).clients
  }
}
