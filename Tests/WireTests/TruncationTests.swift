import Testing
import Wire

/// Messages that were cut or changed on their way are refused, or read as exactly what they now say.
struct TruncationTests {
  @Test(arguments: Specimen.all) func aMessageCutBetweenFramesIsNeverMisread(_ specimen: Specimen) throws {
    let frames = try GoldenMessage(specimen.name).frames
    for count in frames.indices { check(Array(frames.prefix(count)), specimen) }
  }

  @Test(arguments: Specimen.all) func aMessageCutWithinAFrameIsNeverMisread(_ specimen: Specimen) throws {
    let frames = try GoldenMessage(specimen.name).frames
    for place in frames.indices {
      for length in frames[place].indices {
        var cut = frames
        cut[place] = Array(frames[place].prefix(length))
        check(cut, specimen)
      }
    }
  }

  @Test(arguments: Specimen.all) func aFrameOfOtherBytesIsNeverMisread(_ specimen: Specimen) throws {
    let frames = try GoldenMessage(specimen.name).frames
    for place in frames.indices {
      for other in [[], [0xFF], [UInt8](repeating: 0xFF, count: 300), frames[place] + [0]] {
        var changed = frames
        changed[place] = other
        check(changed, specimen)
      }
    }
  }

  @Test(arguments: Specimen.all) func withoutOneOfItsFixedFieldsAMessageIsMalformed(_ specimen: Specimen) throws {
    let frames = try GoldenMessage(specimen.name).frames
    let fixed = try WirePage().fixedFields(of: specimen.command)
    for count in 0..<(2 + fixed) {
      let error = #expect(throws: WireError.self) { try specimen.rewritten(Array(frames.prefix(count))) }
      #expect(error?.code == "malformed")
    }
    #expect(throws: Never.self) { try specimen.rewritten(Array(frames.prefix(2 + fixed))) }
  }

  /// Whether frames are refused, or read as a message that says no more than they do.
  private func check(_ frames: [[UInt8]], _ specimen: Specimen) {
    guard let rewritten = try? specimen.rewritten(frames) else { return }
    // A field that is not known here is ignored.
    #expect(rewritten == Array(frames.prefix(rewritten.count)), "\(frames) was read as something else")
  }
}
