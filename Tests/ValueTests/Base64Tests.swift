import Testing

@testable import Value

@Suite("base64")
struct Base64Tests {
    @Test(
        "bytes and text belong together",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("é?>", "w6k/Pg=="),
        ])
    func pairs(plain: String, encoded: String) {
        #expect(Base64.encode(plain.utf8) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test("line breaks are skipped")
    func lineBreaks() {
        #expect(Base64.decode("Zm9v\nYmFy\r\n") == Array("foobar".utf8))
    }

    @Test(
        "other text is refused",
        arguments: ["Z", "Zg", "Zg=", "Zg==Zg==", "Zm9v!", "====", "Z===", "=Zg=", "Zm 9v"])
    func refuses(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("every length reads back")
    func roundTrip() {
        var random = ValueGenerator(seed: 21)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8(random.number(below: 256)) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
    }
}
