import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl explain`.
    static let explain: Verb = {
        var verb = Verb("explain", summary: "Show the fields of a kind")
        verb.usage = "TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group]"
        verb.examples = ["explain deployment.spec.strategy", "explain pods --recursive"]
        verb.flags = [
            Flag("recursive", "R", .bool, "all fields beneath, by name"),
            Flag("api-version", nil, .string, "the version to explain"),
            Flag(
                "output", "o", .string, "plaintext or plaintext-openapiv2", standard: "plaintext",
                choices: ["plaintext", "plaintext-openapiv2"]),
        ]
        verb.completes = .resources
        verb.run = { call in try FieldExplanation(call: call).run() }
        return verb
    }()
}

/// One run of `kubectl explain`: the field facts in the words of OpenAPI.
private struct FieldExplanation {
    let call: VerbCall

    func run() throws {
        guard let word = call.arguments.first else {
            throw VerbError.message(
                "You must specify the type of resource to explain. Use \"kubectl api-resources\" "
                    + "for a complete list of supported resources.")
        }
        if call.arguments.count > 1 {
            throw VerbError.message("We accept only this format: explain RESOURCE")
        }
        let parts = word.split(separator: ".").map(String.init)
        let (named, path) = try resolve(parts)
        let info = try inAskedVersion(named)
        let format = call.flags.string("output")
        guard ["plaintext", "plaintext-openapiv2"].contains(format) else {
            throw VerbError.message("unrecognized format: \(format)")
        }
        if FieldFacts.root(of: info.kind) == nil { return try explainCustom(info, path) }
        do throws(ExplainError) {
            write(try Explain.explain(info, path: path))
        } catch {
            throw noField(error, of: info)
        }
    }

    /// The same resource in the version of `--api-version`.
    private func inAskedVersion(_ info: KindDescriptor) throws -> KindDescriptor {
        let version = call.flags.string("api-version")
        if version.isEmpty { return info }
        let kinds = call.context.kinds
        guard
            let asked = kinds.everyVersion.first(where: {
                $0.apiVersion == version && $0.plural == info.plural && kinds.serves($0.kind)
            })
        else {
            let group = version.contains("/") ? version : "/\(version)"
            throw VerbError.message(
                "couldn't find resource for \"\(group), Resource=\(info.plural)\"")
        }
        return asked
    }

    private func write(_ found: Model.Explanation) {
        let info = found.kind
        let explanation = Printers.Explanation(
            group: info.group, kind: info.name, version: info.version,
            field: found.field.map { row($0, within: nil) }, descriptions: found.descriptions,
            fields: found.fields.map { row($0, within: isRecursive ? [] : nil) })
        call.context.output.write(explanation.text(isRecursive: isRecursive))
    }

    /// kubectl prints what it knows of the kind before it says that there is no such field.
    private func noField(_ error: ExplainError, of info: KindDescriptor) -> VerbError {
        call.context.output.write(
            Printers.Explanation.header(group: info.group, kind: info.name, version: info.version))
        let suggestion = call.context.session.givesHints ? error.suggestion : nil
        let near = suggestion.map { " (did you mean \"\($0)\"?)" } ?? ""
        return .message(error.message + near)
    }

    /// A custom resource, by the schema of its definition.
    private func explainCustom(_ info: KindDescriptor, _ path: [String]) throws {
        guard let schema = SchemaExplanation(info, call.context.client) else {
            throw VerbError.message(
                "couldn't find resource for \"\(info.apiVersion), Resource=\(info.plural)\"")
        }
        do throws(ExplainError) {
            if path.first == "metadata" {
                return write(try Explain.explainMetadata(info, path: Array(path.dropFirst())))
            }
            let explanation = try schema.explanation(path, isRecursive: isRecursive)
            call.context.output.write(explanation.text(isRecursive: isRecursive))
        } catch {
            throw noField(error, of: info)
        }
    }

    private var isRecursive: Bool { call.flags.bool("recursive") }

    /// The kind and the fields behind it. A group may stand between: `deployments.apps.spec`.
    private func resolve(_ parts: [String]) throws(VerbError) -> (KindDescriptor, [String]) {
        let kinds = call.context.kinds
        for count in stride(from: parts.count, through: 2, by: -1) {
            let name = parts[..<count].joined(separator: ".")
            if let kind = kinds.kind(named: name), kinds[kind].group.hasPrefix(parts[1]) {
                return (kinds[kind], Array(parts[count...]))
            }
        }
        guard let first = parts.first, let kind = kinds.kind(named: first) else {
            throw .plain(
                "the server doesn't have a resource type \"\(parts.first ?? "")\"")
        }
        return (kinds[kind], Array(parts.dropFirst()))
    }

    /// A field; with those beneath it if `open` is given, the names of the types that it is within.
    /// As in kubectl, a type within itself (JSONSchemaProps) is not opened again.
    private func row(
        _ field: ExplainedField, within open: [String]?
    ) -> Printers.Explanation.Field {
        var inner: [ExplainedField] = []
        var open = open
        if let type = field.type, open?.contains(type.name) == false {
            inner = Explain.fields(of: type)
            open?.append(type.name)
        }
        return Printers.Explanation.Field(
            name: field.name, type: field.typeName, isRequired: field.isRequired,
            allowedValues: field.values, description: field.summary ?? "",
            fields: inner.map { row($0, within: open) })
    }
}
