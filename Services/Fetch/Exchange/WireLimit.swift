internal import NIOCore

/// Ends a connection on which more bytes came than a page of the largest size can have, packed or not: an archive that
/// unpacks to nothing would go on for ever.
final class WireLimit: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  struct Exceeded: Error {}

  private let limit: Int
  private var received = 0

  private init(_ limit: Int) { self.limit = limit }

  /// - Parameter size: bytes of a page at most. On the wire it may have an eighth more for its framing, and 256 KiB for
  ///   its head and the handshake.
  static func add(to channel: any Channel, pageSize size: Int) -> EventLoopFuture<Void> {
    channel.eventLoop.submit {
      let handler = WireLimit(size + size / 8 + (256 << 10))
      try channel.pipeline.syncOperations.addHandler(handler, position: .first)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += unwrapInboundIn(data).readableBytes
    guard received > limit else { return context.fireChannelRead(data) }
    context.fireErrorCaught(Exceeded())
    context.close(promise: nil)
  }
}
