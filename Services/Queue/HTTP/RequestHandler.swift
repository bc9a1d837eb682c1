internal import NIOCore
internal import NIOHTTP1

/// Answers one request and closes the connection.
///
/// Whatever a client does, it holds a connection for `timeLimit` at most, and no more memory than `RequestLimit` lets in and
/// a page takes.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// From the connection on to the last byte of the answer.
  static let timeLimit = TimeAmount.seconds(5)

  private let board: Board
  private var isAnswered = false

  init(_ board: Board) { self.board = board }

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    let end = context.eventLoop.scheduleTask(in: Self.timeLimit) { channel.close(promise: nil) }
    channel.closeFuture.whenComplete { _ in end.cancel() }
  }

  /// A body is not waited for: no page takes one.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(let head) = unwrapInboundIn(data), !isAnswered else { return }
    isAnswered = true
    guard [.GET, .HEAD].contains(head.method) else {
      return send(.methodNotAllowed, Page(body: Array("Only GET and HEAD are answered.\n".utf8)), to: head, context)
    }
    let path = head.uri.prefix { $0 != "?" }
    let page = Page.at(path, board.snapshot, uptime: Moment.now.uptime)
    let status: HTTPResponseStatus =
      switch page.status {
      case .ok: .ok
      case .notFound: .notFound
      case .unavailable: .serviceUnavailable
      }
    send(status, page, to: head, context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func send(
    _ status: HTTPResponseStatus, _ page: Page, to request: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    let headers: HTTPHeaders = [
      "content-type": page.type, "content-length": "\(page.body.count)", "connection": "close",
      "cache-control": "no-store", "x-content-type-options": "nosniff",
    ]
    let allow: HTTPHeaders = status == .methodNotAllowed ? ["allow": "GET, HEAD"] : [:]
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers + allow)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: page.body)))), promise: nil)
    }
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
  }
}

/// Ends a connection that sends more than any request here needs.
final class RequestLimit: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  static let bytes = 16 << 10

  private var received = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += unwrapInboundIn(data).readableBytes
    guard received <= Self.bytes else { return context.close(promise: nil) }
    context.fireChannelRead(data)
  }
}

extension HTTPHeaders {
  fileprivate static func + (one: HTTPHeaders, other: HTTPHeaders) -> HTTPHeaders {
    var headers = one
    headers.add(contentsOf: other)
    return headers
  }
}
