import Daemon
import Glibc
import Testing

/// The message to the service manager, at a real socket.
@Suite(.serialized)
struct ServiceManagerTests {
  @Test(arguments: ["/tmp/gw-notify-\(getpid())", "@gw-notify-\(getpid())"])
  func aStateArrivesAtTheSocketOfTheEnvironment(_ path: String) {
    let listener = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer {
      close(listener)
      unsafe unlink(path)
      unsafe unsetenv("NOTIFY_SOCKET")
    }
    #expect(bound(listener, path))
    unsafe setenv("NOTIFY_SOCKET", path, 1)
    becomeReady()
    var text = [UInt8](repeating: 0, count: 64)
    let count = unsafe recv(listener, &text, text.count, Int32(MSG_DONTWAIT))
    #expect(String(decoding: text.prefix(max(0, count)), as: UTF8.self) == "READY=1")
  }

  @Test(arguments: ["", "relative", "/nowhere/notify", "/" + String(repeating: "a", count: 200)])
  func whatIsNoSocketIsPassedOver(_ path: String) {
    unsafe setenv("NOTIFY_SOCKET", path, 1)
    defer { unsafe unsetenv("NOTIFY_SOCKET") }
    tellServiceManager("READY=1")
  }

  private func bound(_ listener: Int32, _ path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(path.utf8)
    if name[0] == UInt8(ascii: "@") { name[0] = 0 }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    return unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(listener, $0, length) == 0 }
    }
  }
}
