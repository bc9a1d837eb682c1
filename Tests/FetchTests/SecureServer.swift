import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL

/// A server on loopback that speaks TLS and, by ALPN, what it is told to; its pages say which protocol they came by.
final class SecureServer: Sendable {
  private let channel: any Channel

  var address: String { "https://127.0.0.1:\(channel.localAddress!.port!)" }

  /// - Parameters:
  ///   - files: the paths of a certificate and its key.
  ///   - protocols: what is offered, `h2` and `http/1.1`.
  init(_ files: (certificate: String, key: String), protocols: [String]) async throws {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(files.certificate).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem)))
    configuration.applicationProtocols = protocols
    let context = try NIOSSLContext(configuration: configuration)
    channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        }
        .flatMap {
          channel.configureCommonHTTPServerPipeline { stream in
            stream.eventLoop.makeCompletedFuture { try stream.pipeline.syncOperations.addHandler(Answering()) }
          }
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  deinit { channel.close(promise: nil) }
}

/// Answers each request with its protocol; `/long` with 90,000 bytes, which are many frames.
private final class Answering: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private var head: HTTPRequestHead?

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    case .body: break
    case .end: answer(context)
    }
  }

  private func answer(_ context: ChannelHandlerContext) {
    guard let head else { return }
    let text = head.uri == "/long" ? String(repeating: "公", count: 30_000) : "\(head.version.major)"
    var answer = HTTPResponseHead(version: head.version, status: .ok)
    answer.headers = ["Content-Type": "text/plain; charset=utf-8", "ETag": "\"h\""]
    if head.uri == "/moved" {
      answer.status = .found
      answer.headers.add(name: "Location", value: "/long")
    }
    context.write(wrapOutboundOut(.head(answer)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}
