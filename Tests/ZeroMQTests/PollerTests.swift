import Testing
import ZeroMQ

struct PollerTests {
  let context = Context()

  @Test func onlyTheSocketWithAMessageIsReady() throws {
    let (first, second) = (try Socket(.pull, in: context), try Socket(.pull, in: context))
    for socket in [first, second] { try socket.bind("tcp://127.0.0.1:*") }
    let push = try Socket(.push, in: context)
    try push.connect(try second.lastEndpoint)
    try push.send([[1]], wait: true)

    var poller = Poller([first, second])
    try poller.wait(nil)
    #expect(!poller.isReady(0))
    #expect(poller.isReady(1))
  }

  @Test func aSocketThatIsLeftAloneIsNotReady() throws {
    let pull = try Socket(.pull, in: context)
    try pull.bind("inproc://left-alone")
    let push = try Socket(.push, in: context)
    try push.connect("inproc://left-alone")
    try push.send([[1]], wait: true)

    var poller = Poller([pull])
    poller.listen(false, to: 0)
    try poller.wait(.zero)
    #expect(!poller.isReady(0))
    poller.listen(true, to: 0)
    try poller.wait(.zero)
    #expect(poller.isReady(0))
  }

  @Test func whatManyThreadsPostArrivesOnceAndInEachOnesOrder() async throws {
    let mailbox = Mailbox<(thread: Int, number: Int)>()
    async let received = DedicatedThread.run("test") { () throws(SocketError) in
      var poller = Poller([], wakeUp: mailbox.wakeUp)
      var received: [(thread: Int, number: Int)] = []
      while received.count < 4000 {
        try poller.wait(nil)
        received += mailbox.takeAll()
      }
      return received
    }
    await withTaskGroup { group in
      for thread in 0..<4 {
        group.addTask { for number in 0..<1000 { mailbox.post((thread, number)) } }
      }
    }
    let all = try await received
    for thread in 0..<4 {
      #expect(all.filter { $0.thread == thread }.map(\.number) == Array(0..<1000))
    }
  }

  @Test func aWakeUpThatWasTakenDoesNotWakeAgain() throws {
    let mailbox = Mailbox<Int>()
    var poller = Poller([], wakeUp: mailbox.wakeUp)
    mailbox.post(1)
    mailbox.post(2)
    try poller.wait(nil)
    #expect(mailbox.takeAll() == [1, 2])
    try poller.wait(.zero)
    #expect(mailbox.takeAll() == [])
    mailbox.post(3)
    try poller.wait(nil)
    #expect(mailbox.takeAll() == [3])
  }
}
