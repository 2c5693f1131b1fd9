import Testing

@testable import Support

@Suite struct MD5Tests {
    /// The test suite of RFC 1321, with texts at the edges of a block.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        (String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"),
        (String(repeating: "a", count: 56), "3b0c8ac703f828b04c6c197006d17218"),
    ])
    func `digests are those of the standard`(text: String, digest: String) {
        let digits = md5(text.utf8).flatMap { [hexDigit(UInt64($0 >> 4)), hexDigit(UInt64($0))] }
        #expect(String(decoding: digits, as: UTF8.self) == digest)
    }
}
