import Cluster
import Model
import Printers
import Value

extension Verb {
    /// `kubectl get`.
    static let get: Verb = {
        var verb = Verb("get", summary: "Show objects")
        verb.usage = "(TYPE[,TYPE] [NAME … | -l label] | TYPE/NAME … | -f FILE) [flags]"
        verb.examples = [
            "get pods", "get deploy,rs -l app=web -o wide", "get pod/web-0 -o yaml",
            "get pods -w { scale deploy web --replicas=3 }",
        ]
        verb.flags = [
            .output, .selector, .fieldSelector, .allNamespaces, .filename, .recursive, .kustomize,
            .template, .showManagedFields, .allowMissingTemplateKeys,
            Flag("watch", "w", .bool, "show changes as they come"),
            Flag("watch-only", nil, .bool, "show only changes"),
            Flag("output-watch-events", nil, .bool, "show the kind of each change"),
            Flag("show-labels", nil, .bool, "a last column with all labels"),
            Flag("label-columns", "L", .strings, "columns for these labels"),
            Flag("no-headers", nil, .bool, "leave the header out"),
            Flag("show-kind", nil, .bool, "names with their kind"),
            Flag("sort-by", nil, .string, "a JSONPath to sort by"),
            Flag("ignore-not-found", nil, .bool, "a missing object is no error"),
            Flag("chunk-size", nil, .int, "accepted and ignored", standard: "500"),
            Flag("server-print", nil, .bool, "accepted and ignored", standard: "true"),
            Flag("subresource", nil, .string, "status or scale"),
            Flag("raw", nil, .string, "a path of the API"),
        ]
        verb.completes = .resources
        verb.run = { call in try Get(call: call).run() }
        verb.follow = { call in try Get(call: call).startWatch() }
        return verb
    }()
}

/// One run of `kubectl get`.
private struct Get {
    let call: VerbCall
    var flags: FlagValues { call.flags }

    func run() throws {
        if call.arguments.isEmpty, !flags.has("filename"), !flags.has("kustomize") {
            throw missingType
        }
        if flags.bool("watch") || flags.bool("watch-only") { return try watch() }
        let (objects, allErrors) = try call.find()
        var errors = allErrors
        if flags.bool("ignore-not-found") { errors.removeAll(where: isNotFound) }
        let printer = ResultPrinter(call: call)
        let sorted = try sort(objects)
        if printer.isTable {
            printTable(sorted)
            if objects.isEmpty, errors.isEmpty, !flags.bool("ignore-not-found") { try printNone() }
        } else if !(objects.isEmpty && (namesObjects || printer.format == "name")) {
            call.context.output.write(try printer.text(sorted, isSingle: isSingle))
        }
        try call.fail(errors)
    }

    private func isNotFound(_ error: VerbError) -> Bool {
        if case .api(let error, _) = error { return error.isNotFound }
        return false
    }

    private var missingType: VerbError {
        .plain(
            """
            You must specify the type of resource to get. Use "kubectl api-resources" for a complete \
            list of supported resources.

            error: Required resource not specified.
            Use "kubectl explain <resource>" for a detailed description of that resource (e.g. \
            kubectl explain pods).
            See 'kubectl get -h' for help and examples
            """)
    }

    private var namesObjects: Bool {
        call.arguments.count > 1 || call.arguments.contains { $0.contains("/") }
    }

    /// Whether exactly one object was asked for, so that it is printed without a list around it.
    private var isSingle: Bool {
        if flags.has("filename") || flags.has("kustomize") { return true }
        return call.arguments.contains { $0.contains("/") }
            ? call.arguments.count == 1
            : call.arguments.count == 2 && !call.arguments[0].contains(",")
    }

    private func sort(_ objects: [FoundObject]) throws(VerbError) -> [FoundObject] {
        let path = flags.string("sort-by")
        guard !path.isEmpty else { return objects }
        return objects
    }

    // MARK: Tables

    private func printTable(_ objects: [FoundObject]) {
        let printer = TablePrinter(options: tableOptions(objects))
        call.context.output.write(printer.print(objects.map(\.value), now: call.context.now))
    }

    private func tableOptions(_ objects: [FoundObject] = []) -> TableOptions {
        TableOptions(
            isWide: ResultPrinter(call: call).format == "wide",
            hidesHeaders: flags.bool("no-headers"), showsLabels: flags.bool("show-labels"),
            labelColumns: flags.list("label-columns"),
            showsNamespace: flags.bool("all-namespaces"),
            showsKind: flags.bool("show-kind") || asksForSeveralKinds(objects),
            showsWatchEvents: flags.bool("output-watch-events"))
    }

    private func asksForSeveralKinds(_ objects: [FoundObject]) -> Bool {
        if let first = objects.first, objects.contains(where: { $0.info !== first.info }) {
            return true
        }
        guard call.arguments.count == 1, let word = call.arguments.first, !word.contains("/"),
            let infos = try? call.resources.infos(word)
        else { return false }
        return infos.count > 1
    }

    private func printNone() throws(VerbError) {
        let infos =
            flags.has("filename") || namesObjects
            ? [] : try call.resources.infos(call.arguments[0])
        let isNamespaced = infos.contains { $0.isNamespaced } && !flags.bool("all-namespaces")
        call.context.output.error(
            isNamespaced
                ? "No resources found in \(call.namespace) namespace.\n" : "No resources found\n")
    }

    // MARK: Watching

    func startWatch() throws -> WatchSession {
        let session = try WatchSession(call: call, options: tableOptions())
        if !flags.bool("watch-only") { try session.printPresent() }
        return session
    }

    private func watch() throws {
        let session = try startWatch()
        defer { session.end() }
        if let block = call.context.block {
            try block()
        } else if let limit = call.context.timeLimit {
            try call.context.advance(by: limit)
        } else {
            switch try call.context.cluster.settle() {
            case .stopped: throw VerbInterruption.stopped
            case .settled, .restless: break
            }
        }
    }
}

/// A running `kubectl get -w`: prints what exists, then a row for every change, as it happens.
public final class WatchSession: CommitObserver, Following {
    private let call: VerbCall
    private let filters: [(WatchFilter, KindInfo)]
    private let printer: ResultPrinter
    private var table: WatchPrinter
    private var isFirst = true

    /// Begins to watch what the arguments of `call` name.
    init(call: VerbCall, options: TableOptions) throws(VerbError) {
        self.call = call
        printer = ResultPrinter(call: call)
        table = WatchPrinter(options: options)
        let list = try call.listOptions()
        switch try call.resources.parse(call.arguments) {
        case .kinds(let infos):
            if infos.count > 1 {
                throw .message("you may only specify a single resource type")
            }
            filters = infos.map {
                (WatchFilter($0.kind, namespace: call.listNamespace($0), options: list), $0)
            }
        case .objects(let references):
            if references.count > 1 {
                throw .message("you may only specify a single resource type")
            }
            filters = references.map {
                (
                    WatchFilter(
                        $0.info.kind, namespace: call.namespace(of: $0.info), name: $0.name,
                        options: list), $0.info
                )
            }
        }
        call.context.cluster.addObserver(self)
    }

    /// Prints what exists when the watch begins.
    func printPresent() throws(VerbError) {
        let (objects, errors) = try call.find()
        if printer.isTable {
            call.context.output.write(
                table.begin(objects.map(\.value), now: call.context.now))
        } else {
            for object in objects { call.context.output.write(text(object)) }
        }
        try call.fail(errors)
    }

    /// Stops watching.
    public func end() { call.context.cluster.removeObserver(self) }

    public func committed(_ change: Change, in cluster: SimulatedCluster) -> Bool {
        for (filter, info) in filters {
            guard let event = filter.event(change) else { continue }
            let object = FoundObject(info: info, value: event.object.apiValue)
            if printer.isTable {
                let now = Timestamp(worldTime: cluster.clock.now)
                call.context.output.write(
                    table.row(object.value, event: kind(event.type), now: now))
            } else {
                call.context.output.write(text(object))
            }
        }
        return false
    }

    private func kind(_ type: ChangeType) -> WatchEventType {
        switch type {
        case .added: .added
        case .modified: .modified
        case .deleted: .deleted
        }
    }

    private func text(_ object: FoundObject) -> String {
        (try? printer.text([object], isSingle: true)) ?? ""
    }
}
