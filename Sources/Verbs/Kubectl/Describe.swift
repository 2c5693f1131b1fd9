import API
import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl describe`.
    static let describe: Verb = {
        var verb = Verb(
            "describe", summary: "Show objects in detail, with related objects and events")
        verb.usage = "(-f FILE | TYPE [NAME_PREFIX | -l label] | TYPE/NAME) [flags]"
        verb.examples = ["describe deploy web", "describe pods -l app=web", "describe node node-1"]
        verb.flags = [
            .selector, .allNamespaces, .filename, .recursive, .kustomize,
            Flag(
                "show-events", nil, .bool, "also the events; of several objects only if said",
                standard: "true"),
            .chunkSize,
        ]
        verb.completes = .resources
        verb.run = describe
        return verb
    }()

    private static func describe(_ call: VerbCall) throws {
        if call.arguments.isEmpty, !call.hasFiles {
            throw VerbError.message(
                "You must specify the type of resource to describe. Use \"kubectl api-resources\" for "
                    + "a complete list of supported resources.")
        }
        let found = try call.find(allowsKindAlone: true)
        var context = context(call)
        // Of several objects, or when there was a mistake, only on demand.
        if found.objects.count > 1 || !found.errors.isEmpty, !call.flags.has("show-events") {
            context.showsEvents = false
        }
        if found.objects.isEmpty, call.arguments.count == 2 {
            let matches = try withPrefix(call)
            for object in matches where !StopRequest.isMade {
                let text = Describer.describe(object.value, context: context)
                call.context.output.write(text + "\n")
            }
            if !matches.isEmpty { return }
        }
        for (index, object) in found.objects.enumerated() where !StopRequest.isMade {
            if index > 0 { call.context.output.write(Describer.separator) }
            call.context.output.write(Describer.describe(object.value, context: context))
        }
        if found.objects.isEmpty, found.errors.isEmpty {
            call.context.output.error(
                call.flags.bool("all-namespaces")
                    ? "No resources found\n"
                    : "No resources found in \(call.namespace) namespace.\n")
        }
        try call.fail(found.errors)
    }

    /// The objects whose names begin with the name that was given.
    private static func withPrefix(_ call: VerbCall) throws(VerbError) -> [FoundObject] {
        guard !call.arguments[0].contains("/") else { return [] }
        let prefix = call.arguments[1]
        return try call.list(call.resources.infos(call.arguments[0])).objects.filter {
            $0.name.hasPrefix(prefix)
        }
    }

    private static func context(_ call: VerbCall) -> DescribeContext {
        let client = call.context.client
        let kinds = call.context.kinds
        // All objects are described as of one instant, and events are listed for each of them.
        let known = ListedObjects()
        var context = DescribeContext(
            now: call.context.now, kinds: kinds, printers: call.context.session.printers,
            list: { reference, namespace in
                if let items = known[reference, namespace] { return items }
                guard
                    let info = kinds.all.first(where: {
                        $0.name == reference.kind && $0.group == reference.group
                    }),
                    let result = try? client.list(
                        info.kind, namespace: namespace.isEmpty ? nil : namespace,
                        options: ListOptions())
                else { return [] }
                known[reference, namespace] = result.items
                return result.items
            })
        context.showsEvents = call.flags.bool("show-events")
        return context
    }
}

/// What was listed for one `describe`.
private final class ListedObjects {
    private var lists: [KindReference: [String: [Value]]] = [:]

    subscript(_ kind: KindReference, _ namespace: String) -> [Value]? {
        get { lists[kind]?[namespace] }
        set { lists[kind, default: [:]][namespace] = newValue }
    }
}
