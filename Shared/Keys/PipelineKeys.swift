private import Synchronization
package import Wire
package import ZeroMQ

/// The keys of a process, read from its folder when they are needed: new ones hold for the next connection.
package final class PipelineKeys: KeyRing {
  private struct List {
    var names: [PublicKey: String] = [:]
    var readAt: ContinuousClock.Instant?
    var saidAt: ContinuousClock.Instant?
  }

  /// How old the list of clients may be, and how often a refused key is reported at most.
  private static let age = Duration.seconds(1)

  private let folder: KeyFolder
  private let onRefusal: @Sendable (PublicKey, _ address: String) -> Void
  private let list = Mutex(List())

  /// The keys of a folder, or nil where there are none and nobody asked for them.
  ///
  /// - Parameter onRefusal: is told of clients that are not let in, once a second at most.
  package convenience init?(
    option: String?, home: Home, environment: [String: String],
    onRefusal: @escaping @Sendable (PublicKey, _ address: String) -> Void = { _, _ in }
  ) {
    let folder = KeyFolder(option: option, home: home, environment: environment)
    guard folder.isInUse else { return nil }
    self.init(folder, onRefusal: onRefusal)
  }

  package init(
    _ folder: KeyFolder, onRefusal: @escaping @Sendable (PublicKey, _ address: String) -> Void = { _, _ in }
  ) {
    self.folder = folder
    self.onRefusal = onRefusal
  }

  package func server() throws(SocketError) -> SecretKey {
    do throws(KeyError) {
      return try folder.secret(.serverSecret)
    } catch {
      throw .insecure(error.description)
    }
  }

  package func client() throws(SocketError) -> (own: SecretKey, server: PublicKey) {
    do throws(KeyError) {
      return (try folder.secret(.clientSecret), try folder.publicKey(.server))
    } catch {
      throw .insecure(error.description)
    }
  }

  package func name(ofClient key: PublicKey, at address: String) -> String? {
    let now = ContinuousClock.now
    let (name, says) = list.withLock { list -> (String?, Bool) in
      if list.readAt.map({ now - $0 > Self.age }) ?? true {
        list.names = folder.allowed().reduce(into: [:]) { names, client in client.key.map { names[$0] = client.name } }
        list.readAt = now
      }
      guard list.names[key] == nil, list.saidAt.map({ now - $0 > Self.age }) ?? true else {
        return (list.names[key], false)
      }
      list.saidAt = now
      return (nil, true)
    }
    if says { onRefusal(key, address) }
    return name
  }
}
