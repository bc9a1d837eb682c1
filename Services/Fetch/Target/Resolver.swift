private import Glibc
internal import NIOPosix
internal import Record

extension Target {
  /// The addresses of the host, best first, none of them internal unless the policy allows that.
  func addresses(_ policy: FetchPolicy) async throws(StageFailure) -> [String] {
    let found: [(address: IPAddress, text: String)]
    do {
      found = try await resolvers.runIfActive { [name] in try resolve(name) }
    } catch {
      throw StageFailure(.connectFailed, stage: "fetch", "The host \(host) was not found: \(error).")
    }
    try refuseInternal(found, policy)
    return found.map(\.text)
  }

  /// Refuses a host that is an internal address as it is written, or names this machine. All that can be known of a host
  /// whose name a proxy resolves.
  func checkLiteral(_ policy: FetchPolicy) throws(StageFailure) {
    let isHere = name == "localhost" || name.hasSuffix(".localhost")
    let literal = try? resolve(isHere ? "127.0.0.1" : name, flags: AI_NUMERICHOST)
    try refuseInternal(literal ?? [], policy)
  }

  private func refuseInternal(
    _ found: [(address: IPAddress, text: String)], _ policy: FetchPolicy
  ) throws(StageFailure) {
    guard !policy.allowsPrivate, let address = found.first(where: { !$0.address.isPublic }) else { return }
    throw StageFailure(
      .forbiddenAddress, stage: "fetch",
      "The host \(host) is at the internal address \(address.text). "
        + "Pages of one's own network are fetched with --allow-private or GONGWEN_ALLOW_PRIVATE=1.")
  }
}

/// As many threads as a worker has documents at a time: a name server that is slow holds up no other document.
private let resolvers: NIOThreadPool = {
  let pool = NIOThreadPool(numberOfThreads: 16)
  pool.start()
  return pool
}()

/// Why a name has no address.
private struct ResolutionError: Error, CustomStringConvertible {
  let description: String
}

/// Asks the operating system, which may take its time.
///
/// - Parameter flags: `AI_NUMERICHOST` for addresses only, in whatever form, which are not asked for.
private func resolve(
  _ host: String, flags: Int32 = 0
) throws(ResolutionError) -> [(address: IPAddress, text: String)] {
  var hints = unsafe addrinfo()
  unsafe hints.ai_flags = flags
  unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  var list: UnsafeMutablePointer<addrinfo>?
  let result = unsafe getaddrinfo(host, nil, &hints, &list)
  guard result == 0 else { throw ResolutionError(description: unsafe String(cString: gai_strerror(result))) }
  defer { unsafe freeaddrinfo(list) }
  var found: [(IPAddress, String)] = []
  var next = unsafe list
  while let entry = unsafe next {
    if let address = unsafe address(entry.pointee.ai_addr) { found.append(address) }
    unsafe next = entry.pointee.ai_next
  }
  guard !found.isEmpty else { throw ResolutionError(description: "it has no address") }
  return found
}

private func address(_ pointer: UnsafeMutablePointer<sockaddr>?) -> (IPAddress, String)? {
  guard let pointer = unsafe pointer else { return nil }
  switch unsafe Int32(pointer.pointee.sa_family) {
  case AF_INET:
    var address = unsafe UnsafeRawPointer(pointer).loadUnaligned(as: sockaddr_in.self).sin_addr
    return text(AF_INET, &address)
  case AF_INET6:
    var address = unsafe UnsafeRawPointer(pointer).loadUnaligned(as: sockaddr_in6.self).sin6_addr
    return text(AF_INET6, &address)
  default: return nil
  }
}

/// An address of the operating system as bytes and as it is written.
private func text<Address>(_ family: Int32, _ address: inout Address) -> (IPAddress, String)? {
  let bytes = unsafe withUnsafeBytes(of: &address) { unsafe Array($0) }
  var characters = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
  guard unsafe inet_ntop(family, bytes, &characters, socklen_t(characters.count)) != nil else { return nil }
  return (
    IPAddress(bytes: bytes), String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  )
}
