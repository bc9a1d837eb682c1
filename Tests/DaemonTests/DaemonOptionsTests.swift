import ArgumentParser
import Daemon
import Testing
import Wire

struct DaemonOptionsTests {
  @Test func theQueueLiesInTheHomeUnlessItsAddressIsGiven() throws {
    let inHome = try DaemonOptions.parse(["--home", "/srv/g"])
    #expect(inHome.queueAddress.clients == "ipc:///srv/g/run/queue")
    #expect(inHome.queueAddress.workers == "ipc:///srv/g/run/queue.workers")
    let elsewhere = try DaemonOptions.parse(["--home", "/srv/g", "--queue", "tcp://queue:7501"])
    #expect(elsewhere.queueAddress.workers == "tcp://queue:7502")
  }

  @Test func aProcessIsNamedByItsServiceAndInstance() throws {
    #expect(try DaemonOptions.parse(["--instance", "3"]).name("clean") == "clean-3")
  }

  @Test(arguments: [["--instance", "0"], ["--instance", "first"], ["--log-format", "xml"], ["--log-level", "loud"]])
  func aValueThatMakesNoSenseIsRefused(_ arguments: [String]) {
    #expect(throws: (any Error).self) { try DaemonOptions.parse(arguments) }
  }
}
