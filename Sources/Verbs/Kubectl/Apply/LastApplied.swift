import Model
import Printers
import Value

/// The annotation in which client-side apply keeps the manifest.
enum LastApplied {
    static let annotation = "kubectl.kubernetes.io/last-applied-configuration"

    /// The manifest as the annotation holds it: compact JSON and a newline, without the annotation
    /// itself.
    static func text(of manifest: Value) -> String {
        JSON.text(plain(manifest), style: .canonical) + "\n"
    }

    /// The manifest without the annotation; its annotations stay, if empty.
    static func plain(_ manifest: Value) -> Value {
        var result = manifest
        var annotations = result[.metadata][.annotations].fields
        annotations[annotation] = .null
        result[.metadata][.annotations] = .object(annotations)
        return result
    }

    /// The manifest with its own text as annotation.
    static func annotated(_ manifest: Value) -> Value {
        var result = manifest
        result[.metadata][.annotations][annotation] = Value(text(of: manifest))
        return result
    }

    /// The manifest that was applied last; null where there was none.
    static func original(of object: Value) -> Value {
        guard let text = object[.metadata][.annotations][annotation].string,
            let value = try? JSON.parse(text)
        else { return .null }
        return value
    }
}

extension Verb {
    /// `kubectl apply view-last-applied`.
    static let applyViewLastApplied: Verb = {
        var verb = Verb("view-last-applied", summary: "Show the manifest that was applied last")
        verb.usage = "(TYPE [NAME | -l label] | TYPE/NAME | -f FILE) [flags]"
        verb.examples = ["apply view-last-applied deployment/web -o json"]
        verb.flags = [
            .filename, .recursive, .kustomize, .selector, .all,
            Flag(
                "output", "o", .string, "yaml or json", standard: "yaml",
                choices: ["yaml", "json"]),
        ]
        verb.completes = .resources
        verb.run = viewLastApplied
        return verb
    }()

    private static func viewLastApplied(_ call: VerbCall) throws {
        let format = call.flags.string("output")
        guard ["yaml", "json"].contains(format) else {
            throw call.usageError(
                "Unexpected -o output mode: \(format), the flag 'output' must be one of yaml|json")
        }
        var query = ObjectQuery(call, allowsKindAlone: call.flags.has("namespace"))
        query.hasAll = true
        let found = try query.run()
        try call.forEach(found) { object throws(VerbError) in
            let original = LastApplied.original(of: object.value)
            // kubectl says nothing about an object that was never applied.
            if original.isNull { return }
            call.context.output.write(
                format == "json" ? indented(original) + "\n" : YAMLPrinter.text(original))
        }
    }

    private static func indented(_ value: Value) -> String {
        JSON.text(value, style: JSONStyle(indent: 2, sortsKeys: true, escapesHTML: true))
    }

    /// `kubectl apply set-last-applied`.
    static let applySetLastApplied: Verb = {
        var verb = Verb(
            "set-last-applied", summary: "Make a manifest the one that was applied last")
        verb.usage = "-f FILE [flags]"
        verb.examples = ["apply set-last-applied -f web.yaml --create-annotation=true"]
        verb.flags = [
            .filename, .output, .dryRun, .template, .allowMissingTemplateKeys, .showManagedFields,
            Flag("create-annotation", nil, .bool, "also where there is no annotation yet"),
        ]
        verb.completes = .files
        verb.run = setLastApplied
        return verb
    }()

    private static func setLastApplied(_ call: VerbCall) throws {
        let dryRun = try call.dryRun()
        let printer = try ResultPrinter(call)
        let found = try call.findManifests()
        try call.fail(found.errors)
        // All are looked at before one is changed.
        var changes: [(object: FoundObject, manifest: Value)] = []
        for manifest in found.objects {
            var object = manifest
            do throws(APIError) {
                object.value = try call.context.client.get(
                    manifest.info.kind, namespace: manifest.namespace, name: manifest.name)
            } catch {
                throw VerbError.api(error, manifest.info)
            }
            let original = LastApplied.original(of: object.value)
            if original.isNull, !call.flags.bool("create-annotation") {
                throw VerbError.message(
                    "no last-applied-configuration annotation found on resource: "
                        + "\(manifest.name), to create the annotation, run the command with "
                        + "--create-annotation")
            }
            if original == manifest.value {
                call.context.output.line(
                    "set-last-applied \(manifest.name): no changes required.")
            } else {
                changes.append((object, manifest.value))
            }
        }
        for (object, manifest) in changes {
            // Not the text of ``LastApplied/text(of:)``: there are no empty annotations and no
            // newline, so that the next apply changes the annotation again.
            let text = JSON.text(manifest, style: .go)
            let result = try call.patch(object, in: .merge) { value throws(VerbError) in
                value[.metadata][.annotations][LastApplied.annotation] = Value(text)
            }
            try printer.confirm(result ?? object, "configured", dryRun: dryRun)
        }
    }
}
