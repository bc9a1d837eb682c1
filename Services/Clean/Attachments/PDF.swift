internal import Record
private import Subprocess

/// The lines of a PDF, by poppler's `pdftotext -layout` in a process that may do nothing but compute.
///
/// It reads a private file, writes none, and ends with its time or its memory; there is no shell. (Not on its standard input:
/// a process that ends before it has read that ends this one as well, by a fatal error of swift-subprocess 1.0.2.)
/// Throws `no_text` for pages that are pictures, `unreadable` for a PDF that is damaged or locked, `internal_error` where
/// pdftotext is missing.
func readPDF(_ raw: [UInt8], limits: Limits) async throws(StageFailure) -> [Line] {
  let late = StageFailure(
    .outOfTime, stage: "clean", "The PDF took more than \(limits.attachmentSeconds) s to be turned into text.")
  let layout = try await within(.seconds(limits.attachmentSeconds), else: late) { () async throws(StageFailure) in
    try await pdftotext(raw, limits, late)
  }
  let lines = PDFLines(layout).lines
  guard lines.contains(where: \.isText) else {
    throw StageFailure(
      .noText, stage: "clean", "The PDF has no text: its pages are pictures. Give a text that was read from them.")
  }
  return lines
}

private func pdftotext(_ raw: [UInt8], _ limits: Limits, _ late: StageFailure) async throws(StageFailure) -> [UInt8] {
  let file = try TemporaryFile(raw)
  do {
    let result = try await run(
      .name("prlimit"),
      arguments: Arguments(limits.confinement + ["pdftotext", "-q", "-layout", "-enc", "UTF-8", file.path, "-"]),
      environment: .custom(["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"]),
      platformOptions: confined, output: .bytes(limit: limits.unpacked), error: .discarded)
    switch result.terminationStatus {
    case .exited(0): return result.standardOutput
    case .exited(127): throw missing
    case .exited(let status):
      throw StageFailure(
        .unreadable, stage: "clean", "The PDF is damaged or locked with a password (pdftotext: status \(status)).")
    case .signaled(24), .signaled(9): throw late
    case .signaled(let signal):
      throw StageFailure(.unreadable, stage: "clean", "The PDF cannot be read: pdftotext ended by signal \(signal).")
    }
  } catch let failure as StageFailure {
    throw failure
  } catch let error as SubprocessError where error.code == .outputLimitExceeded {
    throw StageFailure(.inputTooLarge, stage: "clean", "The text of the PDF has more than \(limits.unpacked) bytes.")
  } catch let error as SubprocessError where error.code == .executableNotFound {
    throw missing
  } catch {
    throw StageFailure(.internalError, stage: "clean", "pdftotext could not be started: \(error).")
  }
}

private let missing = StageFailure(
  .internalError, stage: "clean",
  "PDFs are read with pdftotext and prlimit, which are not there: install poppler-utils and util-linux, then retry.")

/// A group of its own, so that no signal of the terminal meets it; killed at once where nobody waits any more.
private let confined: PlatformOptions = {
  var options = PlatformOptions()
  options.processGroupID = 0
  return options
}()

extension Limits {
  /// The arguments of prlimit: no core, no file written, few files open, so much memory and time.
  fileprivate var confinement: [String] {
    ["--core=0", "--fsize=0", "--nofile=64", "--as=\(attachmentMemory)", "--cpu=\(attachmentSeconds)", "--"]
  }
}
