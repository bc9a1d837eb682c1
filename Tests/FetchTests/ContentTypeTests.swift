import Testing

@testable import Fetch

struct ContentTypeTests {
  @Test(
    arguments: [
      ("text/html", "text/html", nil), ("Text/HTML; Charset=GB2312", "text/html", "gb2312"),
      ("text/html;charset=\"utf-8\"", "text/html", "utf-8"),
      ("text/plain ; format=flowed ; charset = gbk ", "text/plain", "gbk"),
      ("text/html; charset=", "text/html", nil), ("text/html;;charset='big5'", "text/html", "big5"),
    ] as [(String, String, String?)])
  func typeAndCharsetAreRead(_ header: String, _ type: String, _ charset: String?) {
    #expect(ContentType(header)?.mediaType == type)
    #expect(ContentType(header)?.charset == charset)
  }

  @Test(arguments: ["", "html", "charset=utf-8", ";", "a/b/c"]) func whatNamesNoTypeIsNone(_ header: String) {
    #expect(ContentType(header) == nil)
  }

  @Test func theEnvironmentAllowsInternalAddressesAndNamesTheClient() {
    #expect(!FetchPolicy(environment: [:]).allowsPrivate)
    #expect(!FetchPolicy(environment: ["GONGWEN_ALLOW_PRIVATE": "yes"]).allowsPrivate)
    let policy = FetchPolicy(environment: ["GONGWEN_ALLOW_PRIVATE": "1", "GONGWEN_USER_AGENT": "reader/7"])
    #expect(policy.allowsPrivate && policy.userAgent == "reader/7")
  }
}
