private import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// Serves the pages of a board over HTTP, on one thread of its own. It takes nothing but the board from the queue.
final class HTTPServer: Sendable {
  /// Connections at a time; further ones are closed at once.
  static let connections = 64

  /// Where it serves, `http://127.0.0.1:7500`.
  let url: String
  private let group: MultiThreadedEventLoopGroup
  private let channel: any Channel

  /// The address cannot be used.
  struct Unusable: Error, CustomStringConvertible {
    let address: String
    let reason: String
    var description: String {
      "HTTP cannot be served at \(address): \(reason). Choose another address with --http HOST:PORT (GONGWEN_HTTP), "
        + "or do without by --http off."
    }
  }

  /// Binds the address, or where it may move and is taken, any free port beside it. Blocks; not for an event loop.
  init(_ address: HTTPAddress, _ board: Board) throws {
    _ = ProcessMetrics.start
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    do {
      channel = try Self.bind(address, board, group)
    } catch {
      try? group.syncShutdownGracefully()
      let reason = (error as? IOError).map(\.description) ?? "\(error)"
      throw Unusable(address: "\(address.host):\(address.port)", reason: reason)
    }
    let port = channel.localAddress?.port ?? address.port
    url = "http://" + (address.host.contains(":") ? "[\(address.host)]" : address.host) + ":\(port)"
  }

  /// Ends at once, whatever clients are at.
  func stop() {
    try? channel.close().wait()
    try? group.syncShutdownGracefully()
  }

  private static func bind(
    _ address: HTTPAddress, _ board: Board, _ group: MultiThreadedEventLoopGroup
  ) throws -> any Channel {
    let bootstrap = bootstrap(board, group)
    do {
      return try bootstrap.bind(host: address.host, port: address.port).wait()
    } catch let error as IOError where address.mayMove && error.errnoCode == EADDRINUSE {
      return try bootstrap.bind(host: address.host, port: 0).wait()
    }
  }

  private static func bootstrap(_ board: Board, _ group: MultiThreadedEventLoopGroup) -> ServerBootstrap {
    let open = Count()
    return ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 128)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelInitializer { channel in
        guard open.value.add(1, ordering: .relaxed).newValue <= connections else {
          open.value.subtract(1, ordering: .relaxed)
          return channel.close()
        }
        channel.closeFuture.whenComplete { _ in open.value.subtract(1, ordering: .relaxed) }
        return channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(RequestLimit())
          try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: true)
          try pipeline.addHandler(RequestHandler(board))
        }
      }
  }

  private final class Count: Sendable { let value = Atomic<Int>(0) }
}
