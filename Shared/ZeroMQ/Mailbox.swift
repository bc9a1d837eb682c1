private import CZeroMQ
private import Glibc
private import Synchronization

/// Makes the thread that waits in a `Poller` go on; any thread may signal it.
package final class WakeUp: Sendable {
  let descriptor: Int32

  package init() {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    precondition(descriptor >= 0, "this process has no file descriptor left for a wake-up")
  }

  deinit { close(descriptor) }

  package func signal() { _ = eventfd_write(descriptor, 1) }

  func clear() {
    var count: eventfd_t = 0
    unsafe _ = eventfd_read(descriptor, &count)
  }
}

/// Values that any thread leaves for the owner of sockets, who takes all that are there at once.
package final class Mailbox<Element: Sendable>: Sendable {
  package let wakeUp: WakeUp
  private let elements = Mutex<[Element]>([])

  /// A mailbox that wakes its owner; several may share one wake-up.
  package init(wakeUp: WakeUp = WakeUp()) { self.wakeUp = wakeUp }

  package func post(_ element: Element) { post([element]) }

  /// Leaves values in their order, and wakes the owner once.
  package func post(_ elements: [Element]) {
    guard !elements.isEmpty else { return }
    let wasEmpty = self.elements.withLock { waiting in
      defer { waiting += elements }
      return waiting.isEmpty
    }
    if wasEmpty { wakeUp.signal() }
  }

  /// All that was posted since the last time, in order.
  package func takeAll() -> [Element] {
    elements.withLock { elements in
      defer { elements = [] }
      return elements
    }
  }
}
