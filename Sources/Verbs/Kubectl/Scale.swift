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
            .template, .allowMissingTemplateKeys, .showManagedFields,
            Flag("replicas", nil, .int, "the new number of replicas", isRequired: true),
            Flag("current-replicas", nil, .int, "only when the object has so many", standard: "-1"),
            Flag("resource-version", nil, .string, "only when the object has this version"),
        ]
        verb.completes = .resources
        verb.run = scale
        return verb
    }()

    private static func scale(_ call: VerbCall) throws {
        try Scaling(call).run()
    }
}

/// One run of `kubectl scale`. Source of rules and texts: kubectl's scale command and pkg/scale.
private struct Scaling {
    let call: VerbCall
    let printer: ResultPrinter
    let dryRun: DryRun
    let replicas: Int
    /// The number of replicas that the object must have; nil where any will do.
    let expected: Int?
    /// The resourceVersion that the object must have; empty where any will do.
    let version: String

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        dryRun = try call.dryRun()
        printer = try ResultPrinter(call)
        replicas = call.flags.int("replicas")
        let current = call.flags.int("current-replicas")
        expected = current == -1 ? nil : current
        version = call.flags.string("resource-version")
        if replicas < 0 {
            throw .message(
                "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0"
            )
        }
        if current < -1 {
            throw .message("The --current-replicas must specify an integer of -1 or greater")
        }
    }

    /// The first object that is refused ends it; one that was not found keeps no other from being scaled.
    func run() throws {
        var query = ObjectQuery(call, allowsKindAlone: call.flags.bool("all"))
        query.readsFilesAnew = false
        let found = try query.run()
        if !version.isEmpty, found.objects.count > 1 {
            throw VerbError.message("cannot use --resource-version with multiple resources")
        }
        if found.objects.isEmpty {
            try call.fail(found.errors)
            throw VerbError.message("no objects passed to scale")
        }
        for object in found.objects {
            try call.context.nextObject()
            if dryRun != .client { try scale(object) }
            if dryRun == .none, let timeout, timeout != 0 { try wait(for: object, timeout) }
            // kubectl prints the object as it was, with the new number where it knows the place.
            var scaled = object
            if ["", "apps"].contains(object.info.group) {
                scaled.value[.spec][.replicas] = Value(replicas)
            }
            _ = ChangeCause.recordAfterwards(object, call)
            try printer.confirm(scaled, "scaled", dryRun: dryRun)
        }
        try call.fail(found.errors)
    }

    private func scale(_ object: FoundObject) throws(VerbError) {
        let (kind, client) = (object.info.kind, call.context.client)
        do throws(APIError) {
            let scale = try client.scale(kind, namespace: object.namespace, name: object.name)
            let problem = mismatch(scale)
            if let problem { throw APIError(.conflict, problem) }
            var options = WriteOptions()
            options.isDryRun = dryRun == .server
            _ = try client.setScale(
                kind, namespace: object.namespace, name: object.name, replicas: replicas,
                options: options)
        } catch {
            throw error.message.hasPrefix("Expected ")
                ? .message(error.message) : .api(error, object.info)
        }
    }

    private var timeout: Milliseconds? { call.flags.milliseconds("timeout") }

    /// Waits until there are as many replicas as were asked for, or somebody else asked for others.
    private func wait(for object: FoundObject, _ limit: Milliseconds) throws {
        try call.context.tracking(object) { tracked in
            try call.context.wait(limit: limit) {
                guard let now = tracked.value else { return true }
                return now[.spec].int(.replicas) != replicas
                    || now[.status].int(.replicas) == replicas
            } expired: {
                .message("timed out waiting for the condition")
            }
        }
    }

    /// Why the object is not as it must be; nil where it is. Source: kubectl, PreconditionError.
    private func mismatch(_ scale: Value) -> String? {
        let current = scale[.spec].int(.replicas)
        if let expected, current != expected {
            return "Expected replicas to be \(expected), was \(current)"
        }
        let present = scale[.metadata].text(.resourceVersion)
        if !version.isEmpty, present != version {
            return "Expected resource version to be \(version), was \(present)"
        }
        return nil
    }
}
