internal import Glibc

/// How long to leave a host alone that failed for now.
struct Backoff {
  /// Half a second after the first attempt, then twice as long each time, at most eight; of it at least half, and the
  /// rest by chance, so that workers that failed together do not come back together.
  static func pause(after attempts: Int) -> Duration {
    let most = 500 << min(max(attempts, 1) - 1, 4)
    return .milliseconds(Int.random(in: most / 2...most))
  }
}

/// What a `Retry-After` header says, from now on: seconds, or a date in one of the three forms of HTTP (RFC 9110, 5.6.7).
///
/// - Parameter now: seconds since 1970.
func retryAfter(_ header: String, now: Int = time(nil)) -> Duration? {
  if let seconds = Int(header), seconds >= 0 { return .seconds(min(seconds, 1 << 32)) }
  return secondsSince1970(header).map { .seconds(max(0, $0 - now)) }
}

/// A date as `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`.
private func secondsSince1970(_ header: String) -> Int? {
  let words = header.split { $0 == " " || $0 == "," || $0 == "-" }
  let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  let time = words.first { $0.contains(":") }?.split(separator: ":").compactMap { Int32($0) } ?? []
  let numbers = words.compactMap { Int32($0) }
  guard let month = words.lazy.compactMap({ months.firstIndex(of: String($0)) }).first, time.count == 3,
    numbers.count == 2, 1...31 ~= numbers[0], 0...9999 ~= numbers[1]
  else { return nil }
  var date = unsafe tm()
  unsafe date.tm_year = numbers[1] < 70 ? numbers[1] + 100 : numbers[1] < 100 ? numbers[1] : numbers[1] - 1900
  unsafe (date.tm_mon, date.tm_mday) = (Int32(month), numbers[0])
  unsafe (date.tm_hour, date.tm_min, date.tm_sec) = (time[0], time[1], time[2])
  return unsafe timegm(&date)
}
