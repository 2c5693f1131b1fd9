import Testing

@Suite("Expressions")
struct ExpressionTests {
    @Test(
        "evaluate",
        arguments: [
            ("1 + 2 * 3", "7"), ("7 / 2", "3"), ("-7 / 2", "-4"), ("7 % 3", "1"), ("-7 % 3", "2"),
            ("7.0 / 2", "3.5"), ("div(7, 2)", "3.5"), ("1.5 + 1", "2.5"),
            ("\"a\" + \"b\"", "ab"), ("[1] + [2]", "[1,2]"),
            ("{a: 1} + {b: 2}", "{\"a\":1,\"b\":2}"),
            ("1 == 1.0", "true"), ("1 == \"1\"", "false"), ("null == null", "true"),
            ("not true or true", "true"), ("1 < 2 and 2 < 3", "true"),
            ("if 1 > 2 then \"x\" else \"y\"", "y"),
            ("3 in [1, 2, 3]", "true"), ("4 not in 1..3", "true"), ("\"b\" in \"abc\"", "true"),
            ("[1, 2] contains 2", "true"), ("{a: null} contains \"a\"", "true"),
            ("\"web-12\" =~ \"^web-[0-9]+$\"", "true"),
            ("1..3", "1..3"), ("list(1..3)", "[1,2,3]"), ("count(1..5)", "5"),
            ("[1, 2, 3][-1]", "3"), ("{a: {b: [4]}}.a.b[0]", "4"),
            ("[{a: 1}, {a: 2}][*].a", "[1,2]"), ("[{n: \"x\", v: 1}][n=x].v", "1"),
            ("[3, 1, 2] where it > 1", "[3,2]"),
            ("[3, 1, 2] sort by it", "[1,2,3]"), ("[3, 1, 2] sort by it desc", "[3,2,1]"),
            ("map([1, 2], it * 2)", "[2,4]"), ("map([1, 2], fn(x) => x + 1)", "[2,3]"),
            ("map([\"a\"], upper)", "[\"A\"]"),
            ("every [1, 2] has it > 0", "true"), ("any [1, 2] has it > 1", "true"),
            ("none [1, 2] has it > 2", "true"), ("every [] has it > 0", "false"),
            ("\"a${1 + 1}b${[1, \"x\"]}\"", "a2b[1,\"x\"]"),
            ("30s + 1m", "1m30s"), ("90s == 1m30s", "true"), ("2 * 30s == 1m", "true"),
            ("2Gi == 2048Mi", "true"), ("quantity(\"500m\") < 1", "true"),
            ("30s < duration(\"5m\")", "true"), ("25% == \"25%\"", "true"), ("5m", "5m"),
            ("quantity(\"5m\") == 5m", "true"), ("duration(300) == 5m", "true"),
            ("min(3, 1, 2)", "1"), ("max([1, 5])", "5"), ("sum([1, 2, 3])", "6"),
            ("sum([30s, 1m])", "1m30s"),
            ("upper(\"a\") + lower(\"B\")", "Ab"), ("split(\"a,b\", \",\")", "[\"a\",\"b\"]"),
            ("join([1, 2], \"-\")", "1-2"), ("replace(\"aXbX\", \"X\", \"\")", "ab"),
            ("startsWith(\"abc\", \"ab\") and endsWith(\"abc\", \"bc\")", "true"),
            ("substring(\"abcdef\", 1, -1)", "bcde"), ("padLeft(7, 3, \"0\")", "007"),
            ("padRight(\"a\", 6, \"xyz\")", "axyzxy"), ("length(padLeft(\"a\", 200000))", "200000"),
            ("format(\"{} of {}\", 1, 3)", "1 of 3"), ("length(\"äöü\")", "3"),
            ("keys({b: 1, a: 2})", "[\"b\",\"a\"]"), ("hasKey({a: null}, \"a\")", "true"),
            ("abs(-3) + round(2.5) + floor(-1.5) + ceil(1.2)", "6"),
            ("range(2, 8, 3)", "[2,5]"), ("range(3, 0, -1)", "[3,2,1]"),
            ("toJson({a: [1, null]})", "{\"a\":[1,null]}"), ("fromJson('{\"a\": 1.5}').a", "1.5"),
            ("type(1) + type(null) + type(30s)", "integernullduration"),
            ("unique([1, 2, 1])", "[1,2]"), ("flatten([[1], 2])", "[1,2]"),
            ("slice([1, 2, 3], -2)", "[2,3]"), ("zip([1], [\"a\"])", "[[1,\"a\"]]"),
            ("default(null, 4)", "4"), ("isEmpty(\"\")", "true"),
            ("{a: {c: [1, {d: 2}], e: 3}} matches {a: {c: [1, {d: 2}]}}", "true"),
            ("{a: [1, 2]} matches {a: [1]}", "false"), ("{a: [1, 2]} matches {a: […, 2]}", "true"),
            ("{a: 1} matches {b: null}", "true"), ("time(\"2025-01-01T00:01:00Z\")", "1m0s"),
            ("(fn(a, b = a + 1) => a * b)(3)", "12"),
            ("9223372036854775807 - 1 + 1", "9223372036854775807"),
            ("[1, 2] < [1, 3]", "true"), ("\"a\" < \"b\"", "true"), ("1 < 1.5", "true"),
        ])
    func evaluation(expression: String, expected: String) {
        #expect(evaluate(expression) == expected)
    }
}
