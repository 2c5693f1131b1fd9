import Testing
import Value

@testable import CEL

@Suite("CEL checker")
struct CheckerTests {
    @Test("what does not fit is refused in cel-go's words", arguments: CELRow.rows(table))
    func refusals(_ row: CELRow) { row.check() }

    private static let table = #"""
        1 + 'a' => refused 1:3: found no matching overload for '_+_' applied to '(int, string)'
        1 == 'a' => refused 1:3: found no matching overload for '_==_' applied to '(int, string)'
        !1 => refused 1:1: found no matching overload for '!_' applied to '(int)'
        1 && true => refused 1:1: expected type 'bool' but found 'int'
        x => refused 1:1: undeclared reference to 'x' (in container '')
        x.y => refused 1:1: undeclared reference to 'x' (in container '')
        f(1) => refused 1:2: undeclared reference to 'f' (in container '')
        'a'.f() => refused 1:6: undeclared reference to 'f' (in container '')
        'a'.size(1) => refused 1:9: found no matching overload for 'size' applied to 'string.(int)'
        size(1) => refused 1:5: found no matching overload for 'size' applied to '(int)'
        'a'.b => refused 1:4: type 'string' does not support field selection
        [1, 'a'] => refused 1:5: expected type 'int' but found 'string'
        {'a': 1, 'b': 'x'} => refused 1:15: expected type 'int' but found 'string'
        {'a': 1, 2: 2} => refused 1:10: expected type 'string' but found 'int'
        1.all(x, true) => refused 1:1: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)
        [1].all(x, x) => refused 1:12: expected type 'bool' but found 'int'
        [1].map(x, x + 'a') => refused 1:14: found no matching overload for '_+_' applied to '(int, string)'
        true ? 1 : 'a' => refused 1:6: found no matching overload for '_?_:_' applied to '(bool, int, string)'
        [1][true] => refused 1:4: found no matching overload for '_[_]' applied to '(list(int), bool)'
        duration('1s') + 1 => refused 1:16: found no matching overload for '_+_' applied to '(duration, int)'
        ip('1.1.1.1').family(1) => refused 1:21: found no matching overload for 'family' applied to 'net.IP.(int)'
        optional.of(1) + 1 => refused 1:16: found no matching overload for '_+_' applied to '(optional_type(int), int)'
        # What cannot be read.
        1 + => refused 1:4: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}
        *a | b => refused 1:1: Syntax error: extraneous input '*' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}
        a | b => refused 1:3: Syntax error: token recognition error at: '| '
        (1 => refused 1:3: Syntax error: missing ')' at '<EOF>'
        [1 => refused 1:3: Syntax error: mismatched input '<EOF>' expecting {']', ','}
        {a} => refused 1:3: Syntax error: mismatched input '}' expecting ':'
        a! == 1 => refused 1:2: Syntax error: mismatched input '!' expecting <EOF>
        {'a': 1}.'a' => refused 1:10: Syntax error: no viable alternative at input '.'a''
        in => refused 1:1: Syntax error: mismatched input 'in' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}
        namespace => refused 1:1: reserved identifier: namespace
        9223372036854775808 => refused 1:1: invalid int literal
        18446744073709551616u => refused 1:1: invalid uint literal
        a.`b` => refused 1:3: unsupported syntax: '`'
        '\ud800' => refused 1:1: invalid unicode code point
        """#.replacing("        ", with: "")

    @Test("an issue is shown with its line and a caret")
    func excerpts() {
        let environment = CELEnvironment()
        #expect(throws: CELError.self) { try CELProgram("1 +\n  'é' + x", environment) }
        do throws(CELError) {
            _ = try CELProgram("1 +\n  'é' + x", environment)
        } catch {
            #expect(
                error.text == """
                    ERROR: <input>:1:3: found no matching overload for '_+_' applied to '(int, string)'
                     | 1 +
                     | ..^
                    ERROR: <input>:2:9: undeclared reference to 'x' (in container '')
                     |   'é' + x
                     | ...\u{FF0E}....^
                    """)
        }
    }

    @Test("deep nesting and long texts are refused, not run into")
    func limits() {
        let deep = String(repeating: "(", count: 300) + "1" + String(repeating: ")", count: 300)
        let long = String(repeating: "1 + ", count: 300) + "1"
        let huge = "'" + String(repeating: "a", count: 100_001) + "'"
        for text in [deep, long, huge] {
            #expect(throws: CELError.self) { try CELProgram(text, CELEnvironment()) }
        }
        let wide = Array(repeating: "true", count: 2000).joined(separator: " && ")
        #expect(throws: Never.self) { try CELProgram(wide, CELEnvironment()) }
    }
}

@Suite("CEL values of the host")
struct HostValueTests {
    private static let shape = CELShape(
        .object(
            CELFields(
                typeName: "selfType",
                fields: [
                    ("replicas", CELShape(.int)), ("name", CELShape(.string)),
                    ("dash-ed", CELShape(.bool)), ("at", CELShape(.timestamp)),
                    ("rate", CELShape(.double)), ("namespace", CELShape(.string)),
                    ("tags", CELShape(.list(CELShape(.string), .set))),
                    ("labels", CELShape(.map(CELShape(.string)))),
                    ("port", CELShape(.intOrString)),
                    (
                        "items",
                        CELShape(
                            .list(
                                CELShape(
                                    .object(
                                        CELFields(
                                            typeName: "selfType.items",
                                            fields: [
                                                ("key", CELShape(.string)),
                                                ("value", CELShape(.int)),
                                            ]))), .map(keys: ["key"])))
                    ),
                ])))

    private static let object: Value = [
        "replicas": 3, "name": "web", "dash-ed": true, "at": "2024-01-01T00:00:00Z", "rate": 2,
        "namespace": "ns", "tags": ["a", "b"], "labels": ["app": "web"], "port": "http",
        "items": [["key": "x", "value": 1], ["key": "y", "value": 2]],
    ]

    @Test(
        "fields are read through their shapes",
        arguments: [
            ("self.replicas + 1 == 4", true), ("self.dash-ed", nil),
            ("self.dash__dash__ed", true), ("self.__namespace__ == 'ns'", true),
            ("self.at.getFullYear() == 2024", true), ("self.rate / 4.0 == 0.5", true),
            ("self.tags == ['b', 'a']", true), ("self.labels['app'] == 'web'", true),
            ("self.labels.all(k, k == 'app')", true), ("has(self.name)", true),
            ("self.port == 'http'", true), ("type(self.port) == string", true),
            ("self.items.map(i, i.value).sum() == 3", true),
            ("self.items[0].key == 'x'", true), ("'b' in self.tags", true),
            ("self.tags + ['b', 'c'] == ['a', 'b', 'c']", true), ("self.missing", nil),
            ("self.replicas == 'x'", nil), ("self.?name.orValue('') == 'web'", true),
        ] as [(String, Bool?)])
    func fields(_ text: String, _ expected: Bool?) throws {
        let environment = CELEnvironment(variables: [CELEnvironment.Variable("self", Self.shape)])
        guard let expected else {
            #expect(throws: CELError.self) { try CELProgram(text, environment) }
            return
        }
        let program = try CELProgram(text, environment)
        let value = program.evaluate([Self.shape.read(Self.object)]).value
        #expect(value.bool == expected, "\(value)")
        #expect(program.uses("self"))
    }

    @Test(
        "what runs is priced as cel-go prices it",
        arguments: [
            ("1 + 2", 1), ("self.name", 2), ("self.name == 'web'", 3),
            ("self.name.startsWith('w')", 3), ("[1, 2, 3].all(x, x > 0)", 16),
            ("has(self.name)", 1), ("'a' in ['a', 'b']", 0), ("self.tags.size() == 2", 4),
            ("self.replicas > 1 ? self.name : 'x'", 4), ("[self.name]", 12),
            ("self.name.matches('^w')", 3),
        ] as [(String, UInt64)])
    func costs(_ text: String, _ cost: UInt64) throws {
        let environment = CELEnvironment(variables: [CELEnvironment.Variable("self", Self.shape)])
        let program = try CELProgram(text, environment)
        #expect(program.evaluate([Self.shape.read(Self.object)]).cost == cost)
    }

    @Test("the limit of costs ends everything")
    func limit() throws {
        let text = "[1, 2, 3, 4, 5, 6, 7, 8].all(x, x > 0) || true"
        let program = try CELProgram(text, CELEnvironment())
        #expect(program.evaluate(limit: 20).value.fault == .costExceeded)
        #expect(program.evaluate(limit: 1000).value.bool == true)
    }
}
