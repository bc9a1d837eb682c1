private import FoundationEssentials
private import Glibc

/// To be called by a service when it serves: tells the service manager, and gives back what only the start has needed.
package func becomeReady() {
  tellServiceManager("READY=1")
  giveBackPagesOfStart()
}

/// Tells the service manager what the process is at: `READY=1` once it serves, `STOPPING=1` when it drains, as
/// sd_notify(3) describes. Nothing happens where `NOTIFY_SOCKET` names no socket, and it never blocks or fails.
package func tellServiceManager(_ state: String) {
  guard let path = ProcessInfo.processInfo.environment["NOTIFY_SOCKET"], var address = sockaddr_un(path) else { return }
  let notifying = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  guard notifying >= 0 else { return }
  defer { close(notifying) }
  let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
  _ = unsafe withUnsafePointer(to: &address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
      var state = state
      return state.withUTF8 { text in
        unsafe sendto(
          notifying, text.baseAddress, text.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL), pointer,
          length)
      }
    }
  }
}

extension sockaddr_un {
  /// The address of a path, or of a name in the abstract namespace, which begins with `@`; nil for what cannot be one.
  fileprivate init?(_ path: String) {
    self.init()
    sun_family = sa_family_t(AF_UNIX)
    var name = Array(path.utf8)
    guard let first = name.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@") else { return nil }
    guard name.count < MemoryLayout.size(ofValue: sun_path) else { return nil }
    if first == UInt8(ascii: "@") { name[0] = 0 }
    unsafe withUnsafeMutableBytes(of: &sun_path) { unsafe $0.copyBytes(from: name) }
  }
}
