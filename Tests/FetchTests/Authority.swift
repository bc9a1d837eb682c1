import Subprocess
import TestSupport

/// An authority of this test run's own, which signs one certificate for 127.0.0.1 and one for another name.
struct Authority {
  private let folder: TemporaryFolder

  /// The certificate of the authority itself.
  var file: String { folder.path + "/authority.pem" }

  /// Makes the keys with openssl; throws where that is not there or fails.
  init() async throws {
    folder = TemporaryFolder()
    try await openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=authority "
        + "-keyout authority.key -out authority.pem")
    try await sign("right", "IP:127.0.0.1")
    try await sign("wrong", "DNS:elsewhere.example")
  }

  /// The paths of the certificate and its key: `right` is for 127.0.0.1, `wrong` is not.
  func certificate(_ name: String) -> (certificate: String, key: String) {
    ("\(folder.path)/\(name).pem", "\(folder.path)/\(name).key")
  }

  private func sign(_ name: String, _ subject: String) async throws {
    try folder.write("\(name).ext", "subjectAltName=\(subject)".utf8)
    try await openssl(
      "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=\(name) -keyout \(name).key "
        + "-out \(name).csr")
    try await openssl(
      "x509 -req -in \(name).csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 "
        + "-extfile \(name).ext -out \(name).pem")
  }

  private func openssl(_ arguments: String) async throws {
    let words = ["-C", folder.path, "openssl"] + arguments.split(separator: " ").map(String.init)
    let result = try await run(
      .name("env"), arguments: Arguments(words), output: .discarded, error: .string(limit: 1 << 16))
    guard result.terminationStatus.isSuccess else { throw Failed(reason: result.standardError) }
  }

  private struct Failed: Error { let reason: String }
}
