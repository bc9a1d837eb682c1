internal import ArgumentParser
internal import FoundationEssentials
internal import Keys
internal import Wire

/// Where the queue is, for the verbs that speak to it.
struct ClientOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The queue's address; by default $GONGWEN_QUEUE, else the socket in $GONGWEN_HOME/run.", valueName: "address"))
  var queue: String?

  @Option(
    help: ArgumentHelp(
      "The folder of keys for tcp; by default $GONGWEN_KEYS, else keys/ in $GONGWEN_HOME where it exists.",
      valueName: "folder"))
  var keys: String?

  /// Where the queue listens to clients.
  var address: Endpoint {
    let environment = ProcessInfo.processInfo.environment
    let home = Home(environment: environment)
    let address = queue.map { QueueAddress(base: $0) } ?? home.queueAddress(environment: environment)
    return Endpoint(
      address: address.reachable.clients, keys: PipelineKeys(option: keys, home: home, environment: environment))
  }
}
