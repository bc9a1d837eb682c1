import Glibc
import Testing
import ZeroMQ

struct ErrorTests {
  let context = Context()

  @Test func anAddressInUseIsNamedWithWhatToDo() throws {
    let first = try Socket(.pull, in: context)
    try first.bind("tcp://127.0.0.1:*")
    let address = try first.lastEndpoint
    let second = try Socket(.pull, in: context)
    #expect(throws: SocketError.addressInUse(address)) { try second.bind(address) }
    #expect(SocketError.addressInUse(address).description.contains("Stop that process"))
  }

  @Test func anIpcPathFitsUpToTheLimitAndIsNamedBeyondIt() throws {
    let socket = try Socket(.pull, in: context)
    let start = "/tmp/gongwen-\(UInt64.random(in: 0 ... .max))-"
    let longest = start + String(repeating: "x", count: SocketError.maximumPath - start.utf8.count)
    defer { unsafe unlink(longest) }
    try socket.bind("ipc://" + longest)
    #expect(throws: SocketError.pathTooLong("ipc://\(longest)x")) { try socket.bind("ipc://\(longest)x") }
    #expect(SocketError.pathTooLong(longest).description.contains("GONGWEN_HOME"))
  }

  @Test(arguments: ["nonsense", "ipc:///no/such/folder/socket", "tcp://127.0.0.1"])
  func anAddressThatCannotBeBoundIsNamed(_ address: String) throws {
    let socket = try Socket(.pull, in: context)
    let error = #expect(throws: SocketError.self) { try socket.bind(address) }
    #expect(error?.description.contains(address) == true)
  }

  @Test func shuttingDownEndsAWaitOnAnotherThread() async throws {
    let context = Context()
    let mailbox = Mailbox<Void>()
    let outcome = Task {
      try await DedicatedThread.run("test") { () throws(SocketError) in
        let socket = try Socket(.pull, in: context)
        mailbox.post(())
        _ = try socket.receive(wait: true)
      }
    }
    var poller = Poller([], wakeUp: mailbox.wakeUp)
    while mailbox.takeAll().isEmpty { try poller.wait(nil) }
    context.shutdown()
    await #expect(throws: SocketError.terminated) { try await outcome.value }
  }
}
