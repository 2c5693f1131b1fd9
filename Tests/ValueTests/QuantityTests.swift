import Testing

@testable import Value

@Suite("quantities")
struct QuantityTests {
    @Test(
        "a text is normalised as the API server does it",
        arguments: [
            ("1000m", "1"), ("0.5", "500m"), ("1024Mi", "1Gi"), ("1.5Gi", "1536Mi"),
            ("0.5Gi", "512Mi"), ("0.1n", "1n"), ("0.1Ki", "102400m"), ("1e3", "1e3"),
            ("12E", "12E"), ("12E3", "12E3"), ("1e-3", "1e-3"), ("+5", "+5"), ("5.", "5."),
            (".5", "500m"), ("2000Ki", "2000Ki"), ("10000000k", "10G"),
            ("100Ei", "9223372036854775807"),
            ("-5Gi", "-5Gi"), ("-0.5", "-500m"), ("1.5Ki", "1536"), ("1.0001Ki", "1024102400u"),
            ("1025", "1025"), ("0Mi", "0"), ("0", "0"), ("00", "0"),
            ("0.0000000001Gi", "107374183n"),
            ("123456789123456789.5", "123456789123456789500m"), ("Mi", "0"), (".", "0"),
            ("1000E", "1e21"), ("3.14159265358979", "3141592654n"), ("1000000000", "1G"),
            ("256Mi", "256Mi"), ("1023", "1023"), ("0.25", "250m"), ("100u", "100u"),
            ("007Ki", "007Ki"), ("1e-40", "1e-9"), ("-0.1n", "-1n"), ("1000e3", "1e6"),
        ])
    func normalises(text: String, canonical: String) throws {
        #expect(try Quantity.normalized(text) == canonical)
    }

    @Test(
        "a text that is no quantity is refused in the API server's words",
        arguments: [
            ("", QuantityError.formatWrong), ("1.1.M", .formatWrong), ("1 ", .formatWrong),
            (" 1", .formatWrong), ("aoeu", .formatWrong), ("1i", .suffix), ("1e", .suffix),
            ("5mi", .suffix), ("1KiB", .formatWrong), ("1K", .suffix), ("1e+-3", .formatWrong),
        ])
    func refuses(text: String, error: QuantityError) {
        #expect(throws: error) { try Quantity(parsing: text) }
    }

    @Test("value and milliValue round away from zero")
    func rounding() throws {
        #expect(try Quantity(parsing: "1500m").value == 2)
        #expect(try Quantity(parsing: "-1500m").value == -2)
        #expect(try Quantity(parsing: "1.0001").milliValue == 1001)
        #expect(try Quantity(parsing: "2").milliValue == 2000)
        #expect(try Quantity(parsing: "1e30").value == .max)
    }

    @Test("arithmetic is exact and takes the format of the left side, of a zero that of the right")
    func arithmetic() throws {
        func q(_ text: String) throws -> Quantity { try Quantity(parsing: text) }
        #expect(try (q("1Gi") + q("1G")).text == "2073741824")
        #expect(try (q("512Mi") + q("512Mi")).text == "1Gi")
        #expect(try (q("0") + q("512Mi")).text == "512Mi")
        #expect(try (q("1") - q("1100m")).text == "-100m")
        #expect(try (q("250m") * 6).text == "1500m")
        #expect(try (q("100m") * 10).text == "1")
    }

    @Test("equality and order are by amount")
    func comparison() throws {
        let amounts = try ["-1", "0", "1n", "1m", "1", "1k", "1Ki", "1M", "1Gi", "1E"].map {
            try Quantity(parsing: $0)
        }
        #expect(amounts == amounts.shuffled(seed: 3).sorted())
        #expect(try Quantity(parsing: "1024Mi") == Quantity(parsing: "1Gi"))
        #expect(
            Value.opaque(QuantityValue(try Quantity(parsing: "1000M")))
                == .opaque(QuantityValue(try Quantity(parsing: "1e9"))))
    }

    @Test("huge amounts saturate instead of trapping")
    func saturation() throws {
        let huge = try Quantity(parsing: "1e99999999")
        #expect(huge + huge == huge)
        #expect((huge * -5).nanos == -Int128.max)
        #expect(try Quantity(parsing: String(repeating: "9", count: 5000)) == huge)
        #expect(try Quantity(parsing: "0." + String(repeating: "9", count: 5000)).text == "1")
        #expect(
            try Quantity(parsing: "1." + String(repeating: "0", count: 50) + "1Gi").text
                == "1073741824000000001n")
    }

    @Test("the canonical text reads back as the same amount, and is its own canonical text")
    func roundTrip() throws {
        var random = ValueGenerator(seed: 5)
        let suffixes = ["", "n", "u", "m", "k", "M", "G", "Ki", "Mi", "Gi", "Ti", "e3", "e-2"]
        for _ in 0..<3000 {
            let number = "\(random.number(below: 5000)).\(random.number(below: 2000))"
            let quantity = try Quantity(
                parsing: number + suffixes[random.number(below: suffixes.count)])
            let again = try Quantity(parsing: quantity.text)
            #expect(again == quantity)
            #expect(again.text == quantity.text)
        }
    }

    @Test("a field holds a quantity as text or as a number")
    func fields() {
        #expect(Quantity(Value("2Gi"))?.value == 2 << 30)
        #expect(Quantity(Value(2))?.value == 2)
        #expect(Quantity(Value.double(0.5))?.text == "500m")
        #expect(Quantity(Value.bool(true)) == nil)
        #expect(Quantity(Value("x")) == nil)
    }
}

extension Array {
    /// The elements in an order that depends only on `seed`.
    func shuffled(seed: UInt64) -> [Element] {
        var random = ValueGenerator(seed: seed)
        var rest = self
        var result: [Element] = []
        while !rest.isEmpty { result.append(rest.remove(at: random.number(below: rest.count))) }
        return result
    }
}
