private import CZeroMQ
private import Glibc

extension Socket {
  /// Frames from this size on are handed to libzmq without a copy.
  ///
  /// Processor time of lending against copying, both ends over ipc: 0.95 at 1 KiB, 0.88 at 8 KiB, 0.66 at 64 KiB, 0.47 at
  /// 256 KiB. Up to 8 KiB libzmq gathers frames into one write, which copies them once more in either case.
  static let lendingThreshold = 8192

  /// Sends a message of one or more frames.
  ///
  /// - Parameter wait: whether to wait for room; without room and without waiting, the result is false and nothing was
  ///   sent.
  @discardableResult
  package func send(_ frames: [[UInt8]], wait: Bool = false) throws(SocketError) -> Bool {
    for (place, frame) in frames.enumerated() {
      let more = place + 1 < frames.count ? ZMQ_SNDMORE : 0
      // libzmq makes room for a message, not for a frame: only the first one can find none.
      let flags = more | (place == 0 && !wait ? ZMQ_DONTWAIT : 0)
      guard !send(frame, flags) else { continue }
      guard place == 0, zmq_errno() == EAGAIN else { throw .last("zmq_send") }
      return false
    }
    return true
  }

  /// Frames that most messages do not exceed.
  private static let usualFrames = 12

  /// The next message, or nil if there is none and `wait` is false.
  package func receive(wait: Bool = false) throws(SocketError) -> [[UInt8]]? {
    var frames: [[UInt8]] = []
    var message = zmq_msg_t()
    unsafe zmq_msg_init(&message)
    defer { unsafe zmq_msg_close(&message) }
    repeat {
      guard receive(into: &message, wait || !frames.isEmpty ? 0 : ZMQ_DONTWAIT) else {
        guard frames.isEmpty, zmq_errno() == EAGAIN else { throw .last("zmq_msg_recv") }
        return nil
      }
      if frames.isEmpty { frames.reserveCapacity(Self.usualFrames) }
      frames.append(bytes(of: &message))
    } while unsafe zmq_msg_more(&message) != 0
    return frames
  }

  private func send(_ frame: [UInt8], _ flags: Int32) -> Bool {
    guard frame.count >= Self.lendingThreshold else {
      return withoutInterruption { unsafe zmq_send(handle, frame, frame.count, flags) }
    }
    var message = lend(frame)
    let sent = withoutInterruption { unsafe zmq_msg_send(&message, handle, flags) }
    if !sent {
      let number = errno
      unsafe zmq_msg_close(&message)
      errno = number
    }
    return sent
  }

  /// A message that refers to the bytes of an array and keeps the array until libzmq has sent it.
  ///
  /// The array is held by an object that nothing else knows: whoever else changes its copy of the array changes a copy.
  private func lend(_ frame: [UInt8]) -> zmq_msg_t {
    var message = zmq_msg_t()
    let lent = LentFrame(frame)
    unsafe lent.bytes.withUnsafeBytes { bytes in
      _ = unsafe zmq_msg_init_data(
        &message, UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count,
        { _, lent in unsafe Unmanaged<LentFrame>.fromOpaque(lent!).release() },
        Unmanaged.passRetained(lent).toOpaque())
    }
    return message
  }

  private func receive(into message: inout zmq_msg_t, _ flags: Int32) -> Bool {
    withoutInterruption { unsafe zmq_msg_recv(&message, handle, flags) }
  }

  private func bytes(of message: inout zmq_msg_t) -> [UInt8] {
    let count = unsafe zmq_msg_size(&message)
    guard count > 0, let source = unsafe zmq_msg_data(&message) else { return [] }
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      unsafe UnsafeMutableRawPointer(buffer.baseAddress!).copyMemory(from: source, byteCount: count)
      used = count
    }
  }
}

/// Whether a call of libzmq succeeded in the end; one that a signal interrupts is made again.
private func withoutInterruption(_ call: () -> Int32) -> Bool {
  while true {
    if call() != -1 { return true }
    if zmq_errno() != EINTR { return false }
  }
}

/// The bytes of a frame while libzmq refers to them.
private final class LentFrame: Sendable {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }
}
