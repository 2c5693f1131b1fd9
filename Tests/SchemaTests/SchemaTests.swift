import Model
import Testing
import Value
import YAML

@testable import Schema

/// A row: a schema, an object, and all that is wrong with it, line by line.
struct SchemaRow: CustomStringConvertible, Sendable {
    let schema: String
    let object: String
    let errors: [String]

    init(_ schema: String, _ object: String, _ errors: String...) {
        self.schema = schema
        self.object = object
        self.errors = errors
    }

    var description: String { "\(object) as \(schema)" }
}

func value(_ text: String) -> Value {
    (try? YAML.parse(text)) ?? .null
}

@Suite("Schemas of custom resources")
struct SchemaTests {
    /// A schema of an object whose `spec` has the given schema.
    private static func schema(_ spec: String) -> CustomResourceSchema {
        CustomResourceSchema(value("{type: object, properties: {spec: \(spec)}}"))
    }

    @Test("what does not fit is refused in upstream's words", arguments: rows)
    func refusals(_ row: SchemaRow) {
        let schema = Self.schema(row.schema)
        let errors = schema.validate(value("{spec: \(row.object)}"), old: nil).map(\.message)
        #expect(errors == row.errors)
    }

    private static let rows = [
        SchemaRow("{type: string}", "abc"),
        SchemaRow(
            "{type: string}", "5",
            "spec: Invalid value: \"integer\": spec in body must be of type string: \"integer\""),
        SchemaRow(
            "{type: integer}", "two",
            "spec: Invalid value: \"string\": spec in body must be of type integer: \"string\""),
        SchemaRow("{type: integer}", "2.0"),
        SchemaRow(
            "{type: integer}", "1.5",
            "spec: Invalid value: \"number\": spec in body must be of type integer: \"number\"",
            "<nil>: Invalid value: \"\": Checked value must be of type integer (default format) in spec"
        ),
        SchemaRow("{type: number}", "3"),
        SchemaRow(
            "{type: boolean}", "yes please",
            "spec: Invalid value: \"string\": spec in body must be of type boolean: \"string\""),
        SchemaRow(
            "{type: object}", "[]",
            "spec: Invalid value: \"array\": spec in body must be of type object: \"array\""),
        SchemaRow("{x-kubernetes-int-or-string: true}", "80"),
        SchemaRow("{x-kubernetes-int-or-string: true}", "http"),
        SchemaRow(
            "{x-kubernetes-int-or-string: true}", "true",
            "spec: Invalid value: \"boolean\": spec in body must be of type integer,string: \"boolean\""
        ),
        SchemaRow(
            "{type: integer, minimum: 1, maximum: 10}", "11",
            "spec: Invalid value: 11: spec in body should be less than or equal to 10"),
        SchemaRow(
            "{type: integer, minimum: 1}", "0",
            "spec: Invalid value: 0: spec in body should be greater than or equal to 1"),
        SchemaRow(
            "{type: number, minimum: 0.5, exclusiveMinimum: true}", "0.5",
            "spec: Invalid value: 0.5: spec in body should be greater than 0.5"),
        SchemaRow(
            "{type: integer, multipleOf: 5}", "7",
            "spec: Invalid value: 7: spec in body should be a multiple of 5"),
        SchemaRow("{type: integer, multipleOf: 5}", "15"),
        SchemaRow(
            "{type: integer, format: int32}", "3000000000",
            "<nil>: Invalid value: \"\": Checked value must be of type integer with format int32 in spec"
        ),
        SchemaRow(
            "{type: string, minLength: 2}", "x",
            "spec: Invalid value: \"x\": spec in body should be at least 2 chars long"),
        SchemaRow(
            "{type: string, maxLength: 2}", "xyz",
            "spec: Too long: may not be more than 2 bytes"),
        SchemaRow("{type: string, maxLength: 2}", "éé"),
        SchemaRow(
            "{type: string, pattern: '^[a-z]+$'}", "Tea",
            "spec: Invalid value: \"Tea\": spec in body should match '^[a-z]+$'"),
        SchemaRow(
            "{type: string, enum: [S, M]}", "XL",
            "spec: Unsupported value: \"XL\": supported values: \"S\", \"M\""),
        SchemaRow(
            "{type: array, items: {type: string}, maxItems: 1}", "[a, b]",
            "spec: Too many: 2: must have at most 1 items"),
        SchemaRow(
            "{type: array, items: {type: string}, minItems: 1}", "[]",
            "spec: Invalid value: 0: spec in body should have at least 1 items"),
        SchemaRow(
            "{type: array, items: {type: string}}", "[a, 5]",
            "spec[1]: Invalid value: \"integer\": spec[1] in body must be of type string: \"integer\""
        ),
        SchemaRow(
            "{type: array, x-kubernetes-list-type: set, items: {type: string}}", "[a, b, a, a]",
            "spec[2]: Duplicate value: \"a\""),
        SchemaRow(
            "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object, properties: {k: {type: string}, v: {type: string}}}}",
            "[{k: a, v: x}, {k: a, v: z}]", "spec[1]: Duplicate value: {\"k\":\"a\"}"),
        SchemaRow(
            "{type: object, required: [b, a]}", "{}", "spec.b: Required value",
            "spec.a: Required value"),
        SchemaRow(
            "{type: object, additionalProperties: {type: integer}}", "{x: z}",
            "spec.x: Invalid value: \"string\": spec.x in body must be of type integer: \"string\""),
        SchemaRow(
            "{type: object, maxProperties: 1, additionalProperties: {type: integer}}",
            "{x: 1, y: 2}",
            "spec: Too many: 2: must have at most 1 items"),
        SchemaRow(
            "{type: string, format: uuid}", "abc",
            "spec: Invalid value: \"abc\": spec in body must be of type uuid: \"abc\""),
        SchemaRow("{type: string, format: ipv4}", "10.0.0.1"),
        SchemaRow(
            "{type: string, format: date-time}", "'tomorrow'",
            "spec: Invalid value: \"tomorrow\": spec in body must be of type date-time: \"tomorrow\""
        ),
        SchemaRow("{type: string, format: made-up}", "abc"),
        SchemaRow("{type: string, nullable: true}", "null"),
        SchemaRow(
            "{type: object, properties: {a: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}",
            "{}", "<nil>: Invalid value: \"\": \"spec\" must validate at least one schema (anyOf)",
            "spec.a: Required value"),
        SchemaRow(
            "{type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}",
            "{a: x, b: z}",
            "<nil>: Invalid value: \"\": \"spec\" must validate one and only one schema (oneOf). Found 2 valid alternatives"
        ),
        SchemaRow(
            "{type: integer, not: {enum: [5]}}", "5",
            "<nil>: Invalid value: \"\": \"spec\" must not validate the schema (not)"),
        SchemaRow(
            "{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}",
            "{kind: Pod}", "spec.apiVersion: Required value"),
        // Rules.
        SchemaRow(
            "{type: object, properties: {min: {type: integer}, max: {type: integer}}, x-kubernetes-validations: [{rule: self.min <= self.max, message: min above max}]}",
            "{min: 5, max: 3}", "spec: Invalid value: min above max"),
        SchemaRow(
            "{type: object, properties: {num: {type: integer, x-kubernetes-validations: [{rule: self % 2 == 0}]}}}",
            "{num: 3}", "spec.num: Invalid value: 3: failed rule: self % 2 == 0"),
        SchemaRow(
            "{type: object, properties: {num: {type: integer}}, x-kubernetes-validations: [{rule: self.num > 1, messageExpression: '\"num is \" + string(self.num)', reason: FieldValueForbidden, fieldPath: .num}]}",
            "{num: 1}", "spec.num: Forbidden: num is 1"),
        SchemaRow(
            "{type: object, properties: {num: {type: integer}}, x-kubernetes-validations: [{rule: self.num > 1}]}",
            "{}", "spec: Invalid value: \"object\": no such key: num evaluating rule: self.num > 1"),
        SchemaRow(
            "{type: object, properties: {at: {type: string, format: date-time}}, x-kubernetes-validations: [{rule: \"self.at.getDate('Australia/Sydney') == 14\"}, {rule: \"self.at.getHours('Mars') == 1\"}]}",
            "{at: '2009-02-13T23:31:30Z'}",
            "spec: Invalid value: \"object\": unknown time zone Mars evaluating rule: self.at.getHours('Mars') == 1"
        ),
        SchemaRow(
            "{type: object, required: [a], properties: {a: {type: integer}}, x-kubernetes-validations: [{rule: self.a > 1}]}",
            "{}", "spec.a: Required value",
            "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"
        ),
        SchemaRow(
            "{type: array, items: {type: object, properties: {k: {type: string}}, x-kubernetes-validations: [{rule: self.k != 'x', message: no x}]}}",
            "[{k: a}, {k: x}]", "spec[1]: Invalid value: no x"),
    ]

    @Test("rules that speak of the old object run on changes alone")
    func transitions() {
        let schema = Self.schema(
            "{type: object, properties: {num: {type: integer, x-kubernetes-validations: "
                + "[{rule: self >= oldSelf, message: may not shrink}]}}}")
        let old = value("{spec: {num: 5}}")
        #expect(schema.validate(value("{spec: {num: 1}}"), old: nil).isEmpty)
        #expect(
            schema.validate(value("{spec: {num: 1}}"), old: old).map(\.message) == [
                "spec.num: Invalid value: 1: may not shrink"
            ])
        #expect(schema.validate(value("{spec: {num: 6}}"), old: old).isEmpty)
    }

    @Test("where nothing changed nothing is wrong")
    func ratcheting() {
        let schema = Self.schema(
            "{type: object, properties: {a: {type: string, maxLength: 1}, b: {type: integer}}}")
        let old = value("{spec: {a: long, b: 1}}")
        #expect(schema.validate(value("{spec: {a: long, b: 2}}"), old: old).isEmpty)
        #expect(schema.validate(value("{spec: {a: longer, b: 1}}"), old: old).count == 1)
    }

    @Test("defaults are filled in at every depth, nulls count as absent")
    func defaults() {
        let schema = Self.schema(
            "{type: object, properties: {num: {type: integer, default: 1}, free: {type: string, "
                + "nullable: true, default: x}, o: {type: object, default: {}, properties: "
                + "{f: {type: boolean, default: false}}}, l: {type: array, items: {type: object, "
                + "properties: {p: {type: string, default: TCP}}}}}}")
        var object = value("{spec: {num: null, free: null, gone: null, l: [{}, {p: UDP}]}}")
        schema.fillDefaults(&object)
        #expect(
            object
                == value(
                    "{spec: {num: 1, free: null, gone: null, o: {f: false}, l: [{p: TCP}, {p: UDP}]}}"
                ))
        let before = object
        schema.fillDefaults(&object)
        #expect(object == before)
    }

    @Test("what the schema does not have is taken out and named")
    func pruning() {
        let schema = CustomResourceSchema(
            value(
                "{type: object, properties: {spec: {type: object, properties: {a: {type: string}, l: "
                    + "{type: array, items: {type: object, properties: {k: {type: string}}}}, m: "
                    + "{type: object, additionalProperties: {type: object, properties: {v: {type: "
                    + "integer}}}}}}, raw: {type: object, x-kubernetes-preserve-unknown-fields: true}}}"
            ))
        var object = value(
            "{apiVersion: v1, kind: K, metadata: {name: x}, extra: 5, spec: {a: x, junk: 1, l: "
                + "[{k: a, z: 1}], m: {one: {v: 1, w: 2}}}, raw: {any: {thing: [1]}}}")
        let unknown = schema.prune(&object)
        #expect(unknown == ["extra", "spec.junk", "spec.l[0].z", "spec.m.one.w"])
        #expect(
            object
                == value(
                    "{apiVersion: v1, kind: K, metadata: {name: x}, spec: {a: x, l: [{k: a}], m: "
                        + "{one: {v: 1}}}, raw: {any: {thing: [1]}}}"))
        #expect(schema.prune(&object).isEmpty)
    }

    @Test("rules that do not compile are refused with their definition")
    func problems() {
        let schema = value(
            "{type: object, properties: {spec: {type: object, properties: {num: {type: integer}}, "
                + "x-kubernetes-validations: [{rule: self.m > 1}, {rule: self.num}, {rule: self.num > 1, "
                + "optionalOldSelf: true}]}}}")
        let errors = CustomResourceSchema.problems(of: schema, at: "schema").map(\.message)
        let place = "schema.properties[spec].x-kubernetes-validations"
        func shown(_ rule: String, _ optional: String = "null") -> String {
            "{\"Rule\":\"\(rule)\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,"
                + "\"FieldPath\":\"\",\"OptionalOldSelf\":\(optional)}"
        }
        #expect(
            errors == [
                "\(place)[0].rule: Invalid value: \(shown("self.m > 1")): compilation failed: "
                    + "ERROR: <input>:1:5: undefined field 'm'\n | self.m > 1\n | ....^",
                "\(place)[1].rule: Invalid value: \(shown("self.num")): cel expression must evaluate "
                    + "to a bool",
                "\(place)[2].optionalOldSelf: Invalid value: true: may not be set if oldSelf is not "
                    + "used in rule",
            ])
    }

    /// Figures of apiextensions' own tables (`schema/cel`, TestCostEstimation).
    @Test(
        "rules are priced before they run as upstream prices them",
        arguments: [
            ("{type: array, items: {type: number}}", "self.all(x, true)", 4_718_591),
            ("{type: array, maxItems: 10, items: {type: number}}", "self.all(x, true)", 32),
            ("{type: array, items: {type: number}}", "self.all(x, x == 0.0)", 6_291_454),
            (
                "{type: array, maxItems: 10, items: {type: number}}",
                "self.all(x, self.all(y, true))", 352
            ),
            ("{type: string}", "self.contains('test')", 314_574),
            ("{type: string, maxLength: 10}", "self.contains('test')", 5),
            ("{type: string}", "self.startsWith('test')", 2),
            ("{type: string}", "size(self + 'hello') > size('hello')", 314_578),
            ("{type: string, maxLength: 4}", "size(self + 'hello') > size('hello')", 7),
            ("{type: array, items: {type: number}}", "self[1] == 0.0", 2),
            ("{type: array, items: {type: string}}", "self[1] == self[1]", 314_577),
            ("{type: string}", "self.matches('x')", 314_574),
            ("{type: string, maxLength: 50}", "self.matches('x')", 22),
            ("{type: string}", "''.matches('(((((((((())))))))))[0-9]')", 7),
            ("{type: string}", "self.matches('')", 1), ("{type: string}", "self == 'x'", 2),
            ("{type: string, maxLength: 0}", "self == 'x'", 1),
            (
                "{type: array, items: {x-kubernetes-int-or-string: true}}", "self.all(x, true)",
                4_718_591
            ), ("{type: array, items: {type: boolean}}", "self[0] == false", 2),
        ] as [(String, String, UInt64)])
    func estimates(_ schema: String, _ rule: String, _ cost: UInt64) throws {
        let node = SchemaNode(value(schema))
        let shape = try #require(node.sized(isResource: false, "self")).shape
        let compiled = CompiledRule(SchemaRule(["rule": Value(rule)]), shape)
        #expect(compiled.program?.costEstimate.most == cost)
    }

    @Test(
        "schemas whose extensions do not fit are refused",
        arguments: [
            SchemaRow("{type: array, items: {type: string}, x-kubernetes-list-type: set}", ""),
            SchemaRow(
                "{type: string, x-kubernetes-list-type: set}", "",
                "s.type: Invalid value: \"string\": must be array if x-kubernetes-list-type is specified"
            ),
            SchemaRow(
                "{type: array, items: {type: object}, x-kubernetes-list-type: set}", "",
                "s.items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set"
            ),
            SchemaRow(
                "{type: array, items: {type: object, properties: {k: {type: string}}}, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k]}",
                "",
                "s.items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"
            ),
            SchemaRow(
                "{type: array, items: {type: string}, x-kubernetes-list-type: ordered}", "",
                "s.x-kubernetes-list-type: Unsupported value: \"ordered\": supported values: \"atomic\", \"set\", \"map\""
            ),
            SchemaRow(
                "{type: array, uniqueItems: true, items: {type: string}}", "",
                "s.uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic"
            ),
            SchemaRow(
                "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
                "",
                "s.additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive"
            ),
        ])
    func extensions(_ row: SchemaRow) {
        let errors = CustomResourceSchema.problems(of: value(row.schema), at: "s")
        #expect(errors.map(\.message) == row.errors)
    }

    @Test("a rule that could cost too much is refused with its definition")
    func costs() {
        let schema = value(
            "{type: object, properties: {l: {type: array, items: {type: string}, "
                + "x-kubernetes-validations: [{rule: 'self.all(x, self.exists(y, y == x))'}]}}}")
        let errors = CustomResourceSchema.problems(of: schema, at: "schema").map(\.message)
        let advice =
            "(try simplifying the rule, or adding maxItems, maxProperties, and maxLength where "
            + "arrays, maps, and strings are declared)"
        #expect(
            errors.first
                == "schema.properties[l].x-kubernetes-validations[0].rule: Forbidden: estimated "
                + "rule cost exceeds budget by factor of more than 100x \(advice)")
        #expect(errors.count == 3)
        let bounded = value(
            "{type: object, properties: {l: {type: array, maxItems: 9, items: {type: string, "
                + "maxLength: 9}, x-kubernetes-validations: [{rule: 'self.all(x, self.exists(y, y == x))'}]}}}"
        )
        #expect(CustomResourceSchema.problems(of: bounded, at: "schema").isEmpty)
    }
}
