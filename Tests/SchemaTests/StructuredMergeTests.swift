import Model
import Testing
import Value

@testable import Schema

@Suite("Merging what policies want into objects")
struct StructuredMergeTests {
    /// A patch of a deployment, and what it makes of the one below; or why it is refused.
    struct Row: Sendable, CustomStringConvertible {
        let patch: String
        let path: String
        let result: String

        init(_ patch: String, _ path: String, _ result: String) {
            self.patch = patch
            self.path = path
            self.result = result
        }

        var description: String { patch }
    }

    private static let deployment = """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, labels: {a: x}, finalizers: [b/f]},
         spec: {replicas: 2, template: {spec: {containers: [
           {name: one, image: i:1, env: [{name: A, value: "1"}], ports: [{containerPort: 80, protocol: TCP}]},
           {name: two, image: i:2}]}}}}
        """

    static let rows: [Row] = [
        Row("{metadata: {labels: {b: z}}}", "metadata.labels", #"{"a":"x","b":"z"}"#),
        Row("{metadata: {labels: {a: z}}}", "metadata.labels", #"{"a":"z"}"#),
        Row("{metadata: {finalizers: [c/g, b/f]}}", "metadata.finalizers", #"["b/f","c/g"]"#),
        Row("{spec: {replicas: 5}}", "spec.replicas", "5"),
        Row(
            "{spec: {template: {spec: {containers: [{name: two, image: j}]}}}}",
            "spec.template.spec.containers[*].image", #"["i:1","j"]"#),
        Row(
            "{spec: {template: {spec: {containers: [{name: three, image: k}]}}}}",
            "spec.template.spec.containers[*].name", #"["one","two","three"]"#),
        Row(
            "{spec: {template: {spec: {containers: [{name: two}, {name: one}]}}}}",
            "spec.template.spec.containers[*].name", #"["two","one"]"#),
        Row(
            "{spec: {template: {spec: {containers: [{name: one, env: [{name: B, value: '2'}]}]}}}}",
            "spec.template.spec.containers[0].env[*].name", #"["A","B"]"#),
        Row(
            "{spec: {template: {spec: {containers: [{name: one, ports: [{containerPort: 80, name: web}]}]}}}}",
            "spec.template.spec.containers[0].ports",
            #"[{"containerPort":80,"name":"web","protocol":"TCP"}]"#),
        Row(
            "{spec: {replicaz: 5}}", "",
            "failed to convert patch object to typed object: .spec.replicaz: field not declared in schema"
        ),
        Row(
            "{spec: {template: {spec: {containers: [{name: one, command: [a]}]}}}}", "",
            "invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: "
                + ".spec.template.spec.containers[0].command"),
    ]

    @Test("built-in kinds by their field facts", arguments: rows)
    func builtIn(_ row: Row) throws {
        var merge = StructuredMerge(.deployment)
        let outcome = Self.outcome(&merge, row, value(Self.deployment))
        #expect(outcome == row.result)
    }

    static let customRows: [Row] = [
        Row("{spec: {tags: [b, a]}}", "spec.tags", #"["a","b"]"#),
        Row("{spec: {crew: [{name: ida, age: 3}]}}", "spec.crew", #"[{"age":3,"name":"ida"}]"#),
        Row("{spec: {free: {x: {z: 2}}}}", "spec.free", #"{"w":1,"x":{"z":2}}"#),
        Row("{metadata: {labels: {b: z}}}", "metadata.labels", #"{"b":"z"}"#),
        Row(
            "{spec: {plain: [1]}}", "",
            "invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.plain"
        ),
    ]

    @Test("custom kinds by their schemas", arguments: customRows)
    func custom(_ row: Row) throws {
        let schema = value(
            """
            {type: object, properties: {spec: {type: object, properties: {
              tags: {type: array, x-kubernetes-list-type: set, items: {type: string}},
              crew: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name],
                items: {type: object, properties: {name: {type: string}, age: {type: integer}}}},
              plain: {type: array, items: {type: integer}},
              free: {type: object, x-kubernetes-preserve-unknown-fields: true}}}}}
            """)
        let boat = value(
            "{kind: Boat, spec: {tags: [a], crew: [{name: ida}], plain: [3], free: {w: 1}}}")
        var merge = StructuredMerge(schema: schema)
        let outcome = Self.outcome(&merge, row, boat)
        #expect(outcome == row.result)
    }

    private static func outcome(
        _ merge: inout StructuredMerge, _ row: Row, _ object: Value
    ) -> String {
        do throws(StructuredMerge.Problem) {
            let merged = try merge.apply(value(row.patch), to: object)
            guard let path = try? FieldPath(parsing: "." + row.path) else { return "no path" }
            return JSON.text(merged[path], style: .canonical)
        } catch {
            return error.message
        }
    }
}
