import API
import Foundation
import Model
import Testing
import Value

@testable import Cluster

/// Merges of server-side apply, worked out by hand: Tests/Golden/Ownership/merges.txt, which says how it
/// is read.
@Suite("server-side apply")
struct MergeTableTests {
    struct Row: CustomTestStringConvertible {
        let title: String
        var lines: [String] = []
        var testDescription: String { title }
    }

    static let rows: [Row] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden/Ownership/merges.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        var rows: [Row] = []
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("== ") {
                rows.append(Row(title: String(line.dropFirst(3))))
            } else if !line.hasPrefix("#"), !rows.isEmpty {
                rows[rows.count - 1].lines.append(line)
            }
        }
        return rows
    }()

    /// A value; none for `nothing`.
    private static func value(_ text: String) throws -> Value? {
        if text == "nothing" { return Value?.none }
        return try JSON.parse(text)
    }

    @Test("the table has more than a hundred merges")
    func count() { #expect(Self.rows.count > 100) }

    @Test("merges as the rules say", arguments: rows)
    func merges(row: Row) throws {
        let thing = try OwnedThing()
        var failure = ""
        for line in row.lines {
            if !failure.isEmpty, !line.hasPrefix("! ") {
                Issue.record("\(row.title): \(failure)")
                failure = ""
            }
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            switch (words[0], words.count > 1 ? words[1] : "") {
            case ("!", _):
                #expect(failure == String(line.dropFirst(2)), "\(row.title)")
                failure = ""
            case ("spec", _):
                #expect(try thing.spec == JSON.parse(String(line.dropFirst(5))), "\(row.title)")
            case (let manager, "owns"):
                let owned = try thing.owned(by: manager)
                #expect(
                    try owned == Self.value(words[2]),
                    "\(row.title): \(manager) owns \(owned.map { JSON.text($0) } ?? "nothing")")
            case (let manager, let verb):
                failure = try thing.write(verb, Self.value(words[2]), by: manager)
            }
        }
        #expect(failure.isEmpty, "\(row.title)")
    }
}

/// A custom resource that several managers write.
struct OwnedThing {
    let cluster = SimulatedCluster()
    let kind: Kind
    var client: any APIClient { cluster }
    /// The object's name.
    var name = "one"

    init() throws {
        _ = try cluster.create(
            .customResourceDefinition, namespace: "", Self.definition, options: WriteOptions())
        try cluster.advance(by: 3_000)
        guard
            case .success(let kind) = cluster.kinds.kind(
                apiVersion: "example.com/v1", name: "Thing")
        else { throw APIError(.notFound, "there are no things") }
        self.kind = kind
        cluster.showsManagedFields = true
    }

    /// Writes the spec; answers what went wrong: the managers and paths of a conflict, or the words.
    func write(_ verb: String, _ spec: Value?, by manager: String) throws -> String {
        var options = WriteOptions()
        options.fieldManager = manager
        options.forcesConflicts = verb == "forces"
        var object: Value = [
            .apiVersion: "example.com/v1", .kind: "Thing", .metadata: [.name: Value(name)],
        ]
        if let spec { object[.spec] = spec }
        do throws(APIError) {
            switch verb {
            case "creates":
                _ = try client.create(kind, namespace: "default", object, options: options)
            case "updates":
                _ = try client.patch(
                    kind, namespace: "default", name: name,
                    .merge([.spec: spec ?? .null]), subresource: .none, options: options)
            default:
                _ = try client.patch(
                    kind, namespace: "default", name: name, .apply(object), subresource: .none,
                    options: options)
            }
            return ""
        } catch {
            return Self.words(of: error)
        }
    }

    private static func words(of error: APIError) -> String {
        guard error.reason == .conflict else {
            let text = error.message.split(separator: "): ", maxSplits: 1).last ?? ""
            return text.split(whereSeparator: { $0 == "\n" || $0 == " " }).joined(separator: " ")
        }
        var order: [String] = []
        var paths: [String: [String]] = [:]
        for cause in error.causes {
            let manager = String(cause.message.split(separator: "\"")[1])
            if paths[manager] == nil { order.append(manager) }
            paths[manager, default: []].append(cause.field)
        }
        return order.sorted().map { "\($0) \(paths[$0]!.joined(separator: " "))" }
            .joined(separator: "; ")
    }

    var object: Value {
        get throws { try client.get(kind, namespace: "default", name: name) }
    }

    var spec: Value { get throws { try object[.spec] } }

    /// What a manager owns below `f:spec`; nil for nothing.
    func owned(by manager: String) throws -> Value? {
        let entry = try object[.metadata][.managedFields].elements.first {
            $0.text("manager") == manager
        }
        guard let fields = entry?["fieldsV1"].object, fields.contains("f:spec") else { return nil }
        return fields["f:spec"]
    }

    private static let definition: Value = {
        let text: Value = [.type: "string"]
        func map(_ properties: Value) -> Value { [.type: "object", "properties": properties] }
        let set: Value = [
            .type: "array", "x-kubernetes-list-type": "set", .items: text,
        ]
        let spec: Value = map([
            "n": [.type: "integer", "nullable": true], "s": text,
            "o": map(["a": text, "b": text, "p": map(["q": text, "r": text])]),
            "m": [.type: "object", "additionalProperties": text],
            "am": [
                .type: "object", "additionalProperties": text,
                "x-kubernetes-map-type": "atomic",
            ],
            "set": set,
            "list": [
                .type: "array", "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["k"],
                .items: [
                    .type: "object", "required": ["k"],
                    "properties": [
                        "k": text, "v": [.type: "integer"], "w": [.type: "integer"], "set": set,
                        "sub": map(["x": text, "y": text]),
                    ],
                ],
            ],
            "atom": [.type: "array", .items: text],
            "ports": [
                .type: "array", "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["port", "proto"],
                .items: [
                    .type: "object", "required": ["port"],
                    "properties": [
                        "port": [.type: "integer"],
                        "proto": [.type: "string", "default": "TCP"], "name": text,
                    ],
                ],
            ],
            "free": [.type: "object", "x-kubernetes-preserve-unknown-fields": true],
        ])
        let schema = map([.spec: spec])
        let version: Value = [
            .name: "v1", "served": true, .storage: true,
            "schema": ["openAPIV3Schema": schema],
        ]
        let names: Value = ["plural": "things", "singular": "thing", .kind: "Thing"]
        return [
            .apiVersion: "apiextensions.k8s.io/v1", .kind: "CustomResourceDefinition",
            .metadata: [.name: "things.example.com"],
            .spec: [
                "group": "example.com", "scope": "Namespaced", "names": names,
                "versions": [version],
            ],
        ]
    }()
}
