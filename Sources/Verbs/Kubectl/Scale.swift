import API
import Model
import Value

extension Verb {
    /// `kubectl scale`.
    static let scale: Verb = {
        var verb = Verb("scale", summary: "Set the number of replicas")
        verb.usage = "--replicas=COUNT (-f FILE | TYPE NAME | TYPE/NAME …) [flags]"
        verb.examples = [
            "scale deploy web --replicas=3", "scale sts/mysql --current-replicas=3 --replicas=5",
        ]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .selector, .all, .dryRun, .record, .timeout,
            .template, .showManagedFields,
            Flag("replicas", nil, .int, "the new number of replicas", isRequired: true),
            Flag("current-replicas", nil, .int, "only when the object has so many", standard: "-1"),
            Flag("resource-version", nil, .string, "only when the object has this version"),
        ]
        verb.completes = .resources
        verb.run = scale
        return verb
    }()

    private static func scale(_ call: VerbCall) throws {
        let replicas = call.flags.int("replicas")
        if replicas < 0 {
            throw VerbError.message(
                "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0"
            )
        }
        let dryRun = try call.dryRun()
        let printer = try ResultPrinter(call)
        let (objects, errors) = try call.find(allowsKindAlone: false)
        if objects.isEmpty {
            // kubectl words a missing object in two ways: named by manifest, and by kind and name.
            if call.flags.has("filename") { try call.fail(errors) }
            let reason = errors.first.map { " \($0.plainText)" } ?? ""
            throw VerbError.message("no objects passed to scale\(reason)")
        }
        try call.forEach(objects, after: errors) { object throws(VerbError) in
            do throws(APIError) {
                let scale = try call.context.client.scale(
                    object.info.kind, namespace: object.namespace, name: object.name)
                let current = scale[.spec].int(.replicas)
                let expected = call.flags.int("current-replicas")
                if expected >= 0, current != expected {
                    throw APIError(.conflict, "Expected replicas to be \(expected), was \(current)")
                }
                if dryRun != .client {
                    var options = WriteOptions()
                    options.isDryRun = dryRun == .server
                    _ = try call.context.client.setScale(
                        object.info.kind, namespace: object.namespace, name: object.name,
                        replicas: replicas, options: options)
                }
            } catch {
                if error.message.hasPrefix("Expected replicas") { throw .message(error.message) }
                throw .api(error, object.info)
            }
            // kubectl prints the object as it was.
            try printer.confirm(object, "scaled", dryRun: dryRun)
        }
    }
}
