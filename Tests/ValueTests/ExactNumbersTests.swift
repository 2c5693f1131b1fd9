import Testing
import Value

@Suite("exact numbers")
struct ExactNumbersTests {
    @Test(
        "a text is the number that it says",
        arguments: [
            ("0", Value.int(0)), ("-12", .int(-12)), ("+7", .int(7)),
            ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("1.5", .double(1.5)), ("1e3", .double(1000)), (".5", .double(0.5)),
            ("0e400", .double(0)), ("0.000", .double(0)), ("1E-3", .double(0.001)),
        ])
    func numbers(text: String, value: Value) throws {
        #expect(try Value(exactly: text) == value)
    }

    @Test(
        "a number that has no exact value is refused, not rounded, capped or made infinite",
        arguments: [
            "9223372036854775808", "-9223372036854775809", "1e400", "-1e400", "1e-400",
            "99999999999999999999999999",
        ])
    func outOfRange(text: String) {
        #expect(throws: NumberRangeError.self) { try Value(exactly: text) }
    }

    @Test(
        "what is no decimal number is none",
        arguments: ["", "-", ".", "1e", "0x10", "nan", "inf", "1 "])
    func noNumbers(text: String) throws {
        #expect(try Value(exactly: text) == nil)
    }

    @Test(
        "durations reach as far as Go's, in whole milliseconds",
        arguments: [
            ("2562047h", 9_223_369_200_000), ("1.5h", 5_400_000), ("1d", 86_400_000),
            ("1000us", 1), ("-2m", -120_000), ("0.001s", 1), ("0", 0),
        ])
    func durations(text: String, milliseconds: Int64) throws {
        #expect(try Duration(exactly: text)?.milliseconds == milliseconds)
    }

    @Test(
        "other durations are refused",
        arguments: ["2562048h", "99999999999999999999h", "0.5ms", "1us", "1.0000000000000000001s"])
    func wrongDurations(text: String) {
        #expect(throws: NumberRangeError.self) { try Duration(exactly: text) }
    }

    @Test(
        "quantities are exact to a billionth",
        arguments: [
            ("7Ei", "7Ei"), ("1n", "1n"), ("1e28", "10e27"), ("0.1", "100m"),
            ("12345678901234567890123456789", "12345678901234567890123456789"),
        ])
    func quantities(text: String, canonical: String) throws {
        #expect(try Quantity(exactly: text)?.text == canonical)
    }

    @Test(
        "other quantities are refused",
        arguments: [
            "8Ei", "999999999Ei", "0.1n", "1e-10", "1e30", "1e400", "0.0000000000000000001Gi",
        ])
    func wrongQuantities(text: String) {
        #expect(throws: NumberRangeError.self) { try Quantity(exactly: text) }
    }

    @Test("sums, products and parts of quantities are exact or none")
    func arithmetic() throws {
        let most = Quantity(nanos: .max)
        #expect(most.adding(Quantity(nanos: 1)) == nil)
        #expect(most.adding(-most)?.isZero == true)
        #expect(most.multiplied(by: Quantity(2)) == nil)
        #expect(Quantity(nanos: 1).multiplied(by: Quantity(milli: 500)) == nil)
        #expect(Quantity(milli: 500).multiplied(by: Quantity(-3))?.text == "-1500m")
        #expect(Quantity(nanos: 1).divided(by: 2) == nil)
        #expect(Quantity(3).divided(by: 2)?.text == "1500m")
    }
}
