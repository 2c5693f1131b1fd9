import Testing
import Value

@testable import Language

/// Quantities and durations in expressions, and numbers that nothing can hold.
@Suite("Amounts")
struct AmountTests {
    @Test(
        "compare and add up as amounts",
        arguments: [
            ("10Gi > 9Gi", "true"), ("quantity(\"500m\") == 0.5", "true"),
            ("quantity(\"500m\") == 50%", "true"), ("quantity(\"2\") > 150%", "true"),
            ("0.4 < 50%", "true"), ("quantity(\"4\") == 4", "true"),
            ("quantity(\"500m\") == \"0.5\"", "true"), ("quantity(\"1n\") == 1e-12", "false"),
            ("quantity(\"1n\") > 1e-12", "true"), ("1Gi < 1e300", "true"),
            ("max([9Gi, 10Gi, 512Mi])", "10Gi"),
            ("sort([9Gi, 10Gi, 512Mi])", "[\"512Mi\",\"9Gi\",\"10Gi\"]"),
            ("sum([quantity(\"900m\"), quantity(\"2\")])", "2900m"), ("sum([])", "0"),
            ("64Gi * 50%", "32Gi"), ("64Gi / 2", "32Gi"), ("1Gi * 0.5", "512Mi"),
            ("quantity(\"500m\") * 3", "1500m"), ("3 * 1Gi", "3Gi"), ("2Gi / 1Gi", "2"),
            ("{cpu: quantity(\"1000m\")} == {cpu: 1}", "true"),
            ("{cpu: quantity(\"1000m\")} == {cpu: \"2\"}", "false"),
            ("[{m: 1Gi}] == [{m: \"1024Mi\"}]", "true"),
            ("unique([quantity(\"1\"), quantity(\"1000m\")])", "[\"1\"]"),
            ("9223372036854775807 == 9223372036854775807.0", "false"),
            ("9007199254740993 > 9007199254740992.0", "true"),
            ("number(quantity(\"100m\"))", "0.1"),
        ])
    func amounts(expression: String, expected: String) {
        #expect(evaluate(expression) == expected)
    }

    @Test(
        "a result that cannot be held is an error",
        arguments: [
            ("1e308 * 10", "DD3020"), ("1e308 + 1e308", "DD3020"), ("1e308 / 0.1", "DD3020"),
            ("2562047h + 2562047h", "DD3020"), ("2562047h * 2", "DD3020"),
            ("quantity(\"9e28\") * 9000000000", "DD3020"), ("quantity(\"1n\") / 2", "DD3020"),
            ("number(\"1e400\")", "DD3029"), ("number(\"9223372036854775808\")", "DD3029"),
            ("number(\"1e-400\")", "DD3029"), ("number(quantity(\"1e25\"))", "DD3029"),
            ("quantity(\"100Ei\")", "DD3029"), ("quantity(1e300)", "DD3029"),
            ("duration(\"9999999h\")", "DD3029"), ("duration(\"0.5ms\")", "DD3029"),
            ("duration(99999999999999)", "DD3020"), ("duration(1e20)", "DD3020"),
            ("duration(0.0001)", "DD3020"), ("99999999999999999m > 1h", "DD3029"),
            ("fromJson(\"99999999999999999999\")", "DD3032"),
            ("count(-9223372036854775808..9223372036854775807)", "DD3020"),
            ("sum([\"1Gi\", \"2Gi\"])", "DD3005"),
        ])
    func errors(expression: String, code: String) {
        #expect(evaluate(expression).contains(code), "\(evaluate(expression))")
    }

    @Test(
        "a literal that cannot be held is an error before anything runs",
        arguments: [
            ("2562048h", "DD2063"), ("9999999h", "DD2063"), ("0.5ms", "DD2063"),
            ("999999999Ei", "DD2063"), ("0.1n", "DD2063"), ("1e400", "DD1204"),
            ("1e-400", "DD1206"), ("99999999999999999999", "DD1203"),
        ])
    func literals(text: String, code: String) {
        let ran = run("print 1\nprint \(text)\n")
        #expect(ran.output.isEmpty)
        #expect(ran.trouble.contains(code), "\(ran.trouble)")
    }

    @Test(
        "indices and widths of any size",
        arguments: [
            ("padLeft(\"a\", -9223372036854775808)", "a"),
            ("substring(\"abc\", -9223372036854775808, 9223372036854775807)", "abc"),
            ("slice([1], -9223372036854775808)", "[1]"),
            ("(-9223372036854775808..9223372036854775807)[-1]", "9223372036854775807"),
            ("(-9223372036854775808..9223372036854775807)[0]", "-9223372036854775808"),
        ])
    func indices(expression: String, expected: String) {
        #expect(evaluate(expression) == expected)
    }
}
