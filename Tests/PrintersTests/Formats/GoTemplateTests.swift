import Testing
import Value

@testable import Printers

@Suite("-o go-template")
struct GoTemplateTests {
    @Test(
        "a template prints what kubectl prints",
        arguments: [
            ("{{.kind}}", "List"),
            (
                #"{{range .items}}{{.metadata.name}} {{len .spec.containers}}{{"\n"}}{{end}}"#,
                "a 1\nb 2\na10 0\n"
            ),
            ("{{.nope}}", "<no value>"), ("{{.nope.deeper}}", "<no value>"),
            ("{{(index .items 0).spec.n}}", "5"),
            (
                "{{(index .items 0).spec.f}} {{(index .items 0).spec.z}} {{(index .items 0).spec.t}}",
                "1.5 <no value> true"
            ),
            ("{{eq (index .items 0).spec.n 5}}", "true"), ("{{if .nope}}a{{else}}b{{end}}", "b"),
            (#"{{if eq .kind "List"}}yes{{else if eq .kind "x"}}no{{else}}z{{end}}"#, "yes"),
            ("{{with .kind}}<{{.}}>{{end}}{{with .nope}}x{{else}}none{{end}}", "<List>none"),
            ("{{range $i, $e := .items}}{{$i}}:{{$e.metadata.name}};{{end}}", "0:a;1:b;2:a10;"),
            (
                "{{range $k, $v := (index .items 0).metadata.labels}}{{$k}}={{$v}},{{end}}",
                "a.b/c=dotted,app=x,rank=2,"
            ),
            ("{{range .nope}}x{{else}}empty{{end}}", "empty"),
            (#"{{$x := .kind}}{{$x}}{{$x = "y"}}{{$x}}"#, "Listy"),
            (#"{{define "t"}}[{{.}}]{{end}}{{template "t" .kind}}"#, "[List]"),
            (
                #"{{printf "%s-%d-%v|%5s|%-5s|%05d|%q|%x|%t|%%|%.2f" .kind 3 4 "a" "b" 42 "q" "hi" true 3.14159}}"#,
                #"List-3-4|    a|b    |00042|"q"|6869|true|%|3.14"#
            ),
            (#"{{printf "%d" (index .items 0).spec.n}}"#, "5"),
            (#"{{printf "%v %s" .nope 3}}"#, "<nil> %!s(int=3)"),
            (#"{{print 1 2 "a" "b" 3}}"#, "1 2ab3"), (#"{{println "a" 1}}"#, "a 1\n"),
            ("{{len .kind}}", "4"), (#"{{index .metadata "resourceVersion"}}"#, ""),
            ("{{index .kind 0}}", "76"), ("{{slice .kind 1 3}}", "is"),
            ("{{and 1 0}} {{and 1 2}} {{or 0 2}} {{not 0}} {{not .kind}}", "0 2 2 true false"),
            (
                #"{{lt 1 2}} {{le 2 2}} {{gt "b" "a"}} {{ge 1.5 1.5}} {{ne 1 2}}"#,
                "true true true true true"
            ),
            ("{{eq 1 2 1}}", "true"), (#"{{base64decode "aGVsbG8="}}"#, "hello"),
            (#"{{"a" | printf "%s-%s" "b"}}"#, "b-a"), ("{{/* c */}}x{{- /* d */ -}} y", "xy"),
            ("a {{- .kind -}} b", "aListb"), ("{{- .kind}}", "List"), (#"{{`raw\n`}}"#, #"raw\n"#),
            (#"{{"esc\t"}}"#, "esc\t"), ("{{'a'}}", "97"), ("{{.kind | len}}", "4"),
            (
                #"{{html "<a>&"}} {{js "it's"}} {{urlquery "a b&c"}}"#,
                #"&lt;a&gt;&amp; it\'s a+b%26c"#
            ),
            (
                #"{{exists . "kind"}} {{exists . "nope"}} {{exists . "metadata" "resourceVersion"}}"#,
                "true false true"
            ),
            (
                #"{{range .items}}{{if eq .metadata.name "b"}}{{break}}{{end}}{{.metadata.name}}{{end}}"#,
                "a"
            ),
            (
                #"{{range .items}}{{if eq .metadata.name "b"}}{{continue}}{{end}}{{.metadata.name}}{{end}}"#,
                "aa10"
            ),
            (#"{{block "b" .kind}}<{{.}}>{{end}}"#, "<List>"),
            ("{{range .items}}{{$.kind}}{{end}}", "ListListList"),
            ("{{.metadata.labels.app}}", "<no value>"),
            ("{{range .items}}{{.metadata.labels.app}},{{end}}", "x,x,<no value>,"),
            ("{{(index .items 0).metadata.labels}}", "map[a.b/c:dotted app:x rank:2]"),
            (#"{{index (index .items 0).metadata.labels "a.b/c"}}"#, "dotted"),
            (#"{{.items | len | printf "%03d"}}"#, "003"),
            (
                #"{{printf "%6.2f|%-8v|%+d|%e|%g" 3.14159 "x" 5 1234.5 1e21}}"#,
                "  3.14|x       |+5|1.234500e+03|1e+21"
            ),
            ("{{1500000.0}} {{1e3}} {{0x10}} {{010}}", "1.5e+06 1000 16 8"),
            (#"{{if and (eq .kind "List") (gt (len .items) 2)}}big{{end}}"#, "big"),
            ("{{range $i, $_ := .items}}{{if $i}},{{end}}{{.metadata.name}}{{end}}", "a,b,a10"),
            ("{{with $x := .kind}}{{$x}}{{end}}", "List"),
            (#"{{.kind}} }} {{"}}"}}"#, "List }} }}"),
            (#"{{index .items 0 "metadata" "name"}}"#, "a"),
            (#"{{printf "%d" "a"}}"#, "%!d(string=a)"), (#"{{printf "%s"}}"#, "%!s(MISSING)"),
            (#"{{printf "a" 1}}"#, "a%!(EXTRA int=1)"), (#"{{printf "%z" 1}}"#, "%!z(int=1)"),
            (#"{{printf "%s" 5}}"#, "%!s(int=5)"),
            (#"{{printf "%v" .metadata}}"#, "map[resourceVersion:]"),
            (
                #"{{printf "%s" (index .items 0).metadata.labels}}"#,
                "map[a.b/c:dotted app:x rank:2]"
            ),
            (#"{{printf "%T" .kind}}"#, "string"),
            (#"{{printf "%c %U %o %b %X %#x" 65 65 8 5 255 255}}"#, "A U+0041 10 101 FF 0xff"),
            (#"{{printf "%*d" 5 42}}"#, "   42"), (#"{{printf "%t" "x"}}"#, "%!t(string=x)"),
            (#"{{printf "%q" 65}}"#, "'A'"), (#"{{.kind}}{{"\x41\u0042"}}"#, "ListAB"),
            ("{{if not .nope}}none{{end}}", "none"),
            ("{{if or .nope .kind}}{{or .nope .kind}}{{end}}", "List"),
            ("{{len (index .items 0).metadata.labels}}", "3"), ("{{.Kind}}", "<no value>"),
            (#"{{ .kind }}{{- "x" -}} {{ .kind }}"#, "ListxList"),
            (#"{{ne .kind "List" }}"#, "false"), ("{{(.kind)}}", "List"),
            ("{{(len .items)}}", "3"),
            (
                #"{{range .items}}{{range .spec.containers}}{{.image}} {{end}}{{"\n"}}{{end}}"#,
                "nginx:1.12 \nredis:6 <e>& \n\n"
            ),
            ("{{eq .nope 1}}", "false"), ("{{eq .nope nil}}", "true"),
            ("{{eq (index .items 0).spec.t true}}", "true"), ("{{-3}}", "-3"), ("{{- 3}}", "3"),
            ("{{3 -}} x", "3x"), ("{{html .nope}}", "&lt;no value&gt;"),
            ("{{print .nope}}", "<nil>"), ("{{print nil}}", "<nil>"),
            ("{{println .metadata}}", "map[resourceVersion:]\n"),
            ("{{range .items}}{{.spec.n}}{{else}}e{{end}}", "5109"),
            ("{{if true}}{{else}}{{end}}", ""), (#"{{"a"|html}}"#, "a"),
            ("{{ with (index .items 0) }}{{ .metadata.name }}{{ end }}", "a"),
            ("{{range $k,$v := .metadata}}{{$k}}{{end}}", "resourceVersion"),
            ("{{$a := 1}}{{$b := $a}}{{$b}}{{if true}}{{$a = 2}}{{end}}{{$a}}", "12"),
        ])
    func prints(template: String, output: String) throws {
        #expect(try GoTemplate(template).output(for: FormatFixture.list) == output)
    }

    @Test(
        "a template that fails while it runs says where and why",
        arguments: [
            (
                "{{eq (index .items 0).spec.n 5.0}}",
                #"1:2: executing "output" at <eq (index .items 0).spec.n 5.0>: error calling eq: incompatible types for comparison"#
            ),
            (
                #"{{template "nope" .}}"#,
                #"1:11: executing "output" at <{{template "nope" .}}>: template "nope" not defined"#
            ),
            (
                "{{len 3}}",
                #"1:2: executing "output" at <len 3>: error calling len: len of type int"#
            ),
            (
                "{{index .items 5}}",
                #"1:2: executing "output" at <index .items 5>: error calling index: index out of range: 5"#
            ),
            (
                #"{{index .items "a"}}"#,
                #"1:2: executing "output" at <index .items "a">: error calling index: cannot index slice/array with type string"#
            ),
            (
                #"{{eq 1 "a"}}"#,
                #"1:2: executing "output" at <eq 1 "a">: error calling eq: incompatible types for comparison"#
            ),
            (
                #"{{lt 1 "a"}}"#,
                #"1:2: executing "output" at <lt 1 "a">: error calling lt: incompatible types for comparison"#
            ),
            (
                #"{{base64decode "!"}}"#,
                #"1:2: executing "output" at <base64decode "!">: error calling base64decode: base64 decode failed: illegal base64 data at input byte 0"#
            ),
            ("{{true}} {{nil}}", #"1:11: executing "output" at <nil>: nil is not a command"#),
            (
                "{{.kind.x}}",
                #"1:7: executing "output" at <.kind.x>: can't evaluate field x in type interface {}"#
            ),
            (
                "{{.items.x}}",
                #"1:8: executing "output" at <.items.x>: can't evaluate field x in type interface {}"#
            ),
            (
                "{{.kind | .kind}}",
                #"1:10: executing "output" at <.kind>: kind is not a method but has arguments"#
            ),
            (
                #"{{"a" "b"}}"#,
                #"1:2: executing "output" at <"a">: can't give argument to non-function "a""#
            ),
            (
                "{{.kind .kind}}",
                #"1:2: executing "output" at <.kind>: kind is not a method but has arguments"#
            ),
            (
                "{{len .nope}}",
                #"1:2: executing "output" at <len .nope>: error calling len: reflect: call of reflect.Value.Type on zero Value"#
            ),
            (
                "{{range 3}}{{.}}{{end}}",
                #"1:8: executing "output" at <3>: range can't iterate over 3"#
            ),
            (
                "{{range .kind}}{{.}}{{end}}",
                #"1:8: executing "output" at <.kind>: range can't iterate over List"#
            ),
            (
                "{{index .items 0.0}}",
                #"1:2: executing "output" at <index .items 0.0>: error calling index: cannot index slice/array with type float64"#
            ),
            (
                "{{not}}",
                #"1:2: executing "output" at <not>: wrong number of args for not: want 1 got 0"#
            ),
            (
                "{{eq 1}}",
                #"1:2: executing "output" at <eq 1>: error calling eq: missing argument for comparison"#
            ),
            (
                "{{call .kind}}",
                #"1:2: executing "output" at <call .kind>: error calling call: non-function .kind of type string"#
            ),
            (
                "{{printf}}",
                #"1:2: executing "output" at <printf>: wrong number of args for printf: want at least 1 got 0"#
            ),
            ("{{printf 1}}", #"1:9: executing "output" at <1>: expected string; found 1"#),
            (
                "{{lt .nope 1}}",
                #"1:2: executing "output" at <lt .nope 1>: error calling lt: invalid type for comparison"#
            ),
            (
                "{{eq .metadata .metadata}}",
                #"1:2: executing "output" at <eq .metadata .metadata>: error calling eq: non-comparable type map[resourceVersion:]: map[string]interface {}"#
            ),
            (
                "{{and}}",
                #"1:2: executing "output" at <and>: wrong number of args for and: want at least 1 got 0"#
            ),
        ])
    func fails(template: String, place: String) {
        let error = #expect(throws: FormatError.self) {
            try GoTemplate(template).output(for: FormatFixture.list)
        }
        #expect(
            error?.message
                == "error executing template \(GoSyntax.quoted(template)): template: output:\(place)"
        )
    }

    @Test(
        "a template that does not parse says why",
        arguments: [
            ("{{.kind", "unclosed action"), ("{{if}}", "missing value for if"),
            ("{{end}}", "unexpected {{end}}"), ("{{range .items}}", "unexpected EOF"),
            ("{{foo}}", #"function "foo" not defined"#), ("{{$x}}", #"undefined variable "$x""#),
            ("{{nope .kind}}", #"function "nope" not defined"#),
            ("{{1 | 2}}", "non executable command in pipeline stage 2"),
            ("{{else}}", "unexpected {{else}}"),
            ("{{if .kind}}a{{else}}b{{else}}c{{end}}", "expected end; found {{else}}"),
            (#"{{define "a"}}"#, "unexpected EOF"),
            (#"{{"unterminated}}"#, "unterminated quoted string"),
            ("{{`x}}", "unterminated raw quoted string"), ("{{/* unclosed", "unclosed comment"),
            ("{{ }}", "missing value for command"),
            ("{{.items.0}}", #"unexpected ".0" in operand"#),
            ("{{.items[0]}}", "bad character U+005B '['"),
            ("{{.kind}},{{.a-b}}", "bad character U+002D '-'"),
            ("{{#}}", ##"unexpected "#" in command"##),
        ])
    func refuses(template: String, message: String) {
        let error = #expect(throws: FormatError.self) { try GoTemplate(template) }
        #expect(
            error?.message
                == "error parsing template \(template), template: output:1: \(message)\n")
    }

    @Test("what was printed before a failure stays, with the debugging aid behind it")
    func partialOutput() {
        let error = #expect(throws: FormatError.self) {
            try GoTemplate("a{{.kind}}\n b{{len 3}}").output(for: ["kind": "Pod"])
        }
        #expect(
            error?.output == """
                aPod
                 bError executing template: template: output:2:4: executing "output" at <len 3>: \
                error calling len: len of type int. Printing more information for debugging the \
                template:
                \ttemplate was:
                \t\ta{{.kind}}
                 b{{len 3}}
                \traw data was:
                \t\t{"kind":"Pod"}
                \tobject given to template engine was:
                \t\tmap[kind:Pod]


                """)
    }

    @Test(
        "the message names the type that Go knows, and the operand it looked at last",
        arguments: [
            (
                #"{{with "List"}}{{.items}}{{end}}"#,
                "1:17: executing \"output\" at <.items>: can't evaluate field items in type string"
            ),
            (
                "{{with 2.5}}{{.a.b}}{{end}}",
                "1:16: executing \"output\" at <.a.b>: can't evaluate field a in type float64"
            ),
            (
                "{{range not `r`}}{{end}}",
                "1:12: executing \"output\" at <`r`>: range can't iterate over false"
            ),
            (
                "{{range exists $ | print}}{{end}}",
                "1:19: executing \"output\" at <print>: range can't iterate over true"
            ),
            (
                "{{slice 1 2.5}}",
                "1:2: executing \"output\" at <slice 1 2.5>: error calling slice: can't slice item of type int"
            ),
            (
                "{{eq (index .items 2).spec (index .items 2).spec}}",
                "1:2: executing \"output\" at <eq (index .items 2).spec (index .items 2).spec>: error calling eq: "
                    + "non-comparable type map[containers:[] n:%!s(int64=9)]: map[string]interface {}"
            ),
        ])
    func typed(template: String, place: String) {
        fails(template: template, place: place)
    }

    @Test("printf goes into containers, and complains about each element but null")
    func containers() throws {
        let template = try GoTemplate(
            #"{{printf "%t" .}}|{{html 1 .nope "x"}}|{{printf "%s" nil}}"#)
        #expect(
            try template.output(for: ["a": [1, nil, true]])
                == "map[%!t(string=a):[%!t(int64=1) <nil> true]]|1&lt;no value&gt;x|%!s(<nil>)")
    }

    @Test("a missing key is an error where the flag says so")
    func missingKeys() throws {
        let template = try GoTemplate("{{.nope}}", allowsMissingKeys: false)
        let error = #expect(throws: FormatError.self) { try template.output(for: ["a": 1]) }
        #expect(
            error?.message.hasSuffix(
                "executing \"output\" at <.nope>: map has no entry for key \"nope\"") == true)
    }

    @Test("endless recursion and deep nesting end in an error")
    func limits() throws {
        let endless = try GoTemplate(#"{{define "t"}}{{template "t"}}{{end}}{{template "t"}}"#)
        #expect(throws: FormatError.self) { try endless.output(for: [:]) }
        let double = try GoTemplate(
            #"{{define "t"}}{{template "t"}}{{template "t"}}{{end}}{{template "t"}}"#)
        #expect(throws: FormatError.self) { try double.output(for: [:]) }
        let deep = String(repeating: "{{if .a}}", count: 5000)
        #expect(throws: FormatError.self) { try GoTemplate(deep) }
        let parentheses = "{{" + String(repeating: "(", count: 5000) + "1"
        #expect(throws: FormatError.self) { try GoTemplate(parentheses) }
    }

    @Test(
        "doubles are rounded exactly, half to even",
        arguments: [
            ("%.2f", 2.675, "2.67"), ("%.0f", 0.5, "0"), ("%.0f", 1.5, "2"), ("%.1f", 0.25, "0.2"),
            ("%.3f", 9.9999, "10.000"), ("%f", 1e21, "1000000000000000000000.000000"),
            ("%.1f", 0.04, "0.0"), ("%.20f", 0.1, "0.10000000000000000555"),
            ("%e", 0.0, "0.000000e+00"),
            ("%.3e", 123456.0, "1.235e+05"), ("%.3g", 1234.5, "1.23e+03"),
            ("%.3g", 0.00012345, "0.000123"),
            ("%.10g", 100.0, "100"), ("%g", 100000.0, "100000"), ("%g", 1e6, "1e+06"),
            ("%8.2f|", -1.5, "   -1.50|"),
            ("%08.2f", -1.5, "-0001.50"), ("%-8.1f|", 1.0, "1.0     |"), ("%.0e", 15.0, "2e+01"),
        ])
    func rounding(format: String, number: Double, text: String) {
        #expect(GoFormat.format(format, [GoItem(value: .double(number))]) == text)
    }

    @Test("the parser and the evaluator survive any template")
    func anyTemplate() {
        let parts = [
            "{{", "}}", "{{end}}", "{{if ", "{{range ", "{{else}}", ".items", ".kind", "$x", " := ",
            " | ",
            "(", ")", "len ", "index ", "printf ", "\"%s%*d\"", "1", "-", "\n", "{{- ", " -}}", "'",
            "`",
            ", ", "nil", "{{define \"a\"}}", "{{template \"a\" .}}", "/*", "*/", "é",
        ]
        var state: UInt64 = 7
        for _ in 0..<5000 {
            var text = ""
            for _ in 0..<14 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += parts[Int(state >> 33) % parts.count]
            }
            let output = try? GoTemplate(text).output(for: FormatFixture.list)
            #expect(output == nil || output?.isEmpty != nil)
        }
    }
}
