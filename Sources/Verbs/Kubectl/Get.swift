import API
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
            .chunkSize,
            .idle(
                "server-print", .bool, "tables are the same wherever they are made",
                standard: "true"),
            Flag("subresource", nil, .string, "status or scale"),
            Flag("raw", nil, .string, "a path of the API"),
        ]
        verb.completes = .resources
        verb.run = { call in try Get(call).run() }
        verb.takesBlock = true
        verb.follow = { call in try Get(call).startWatch() }
        return verb
    }()
}

/// One run of `kubectl get`.
private struct Get {
    let call: VerbCall
    let printer: ResultPrinter
    var flags: FlagValues { call.flags }

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        printer = try ResultPrinter(call, family: .get)
    }

    func run() throws {
        if flags.has("raw") { try checkRaw() }
        if flags.bool("show-labels"), !printer.isPlain {
            throw VerbError.message(
                "--show-labels option cannot be used with \(flags.string("output")) printer")
        }
        if flags.has("raw") { return try RawRequest(call: call).get() }
        if flags.bool("watch") || flags.bool("watch-only") { return try watch() }
        if flags.has("output-watch-events") {
            throw VerbError.message(
                "--output-watch-events option can only be used with --watch or --watch-only")
        }
        if call.arguments.isEmpty, !call.hasFiles { throw missingType }
        var found = try call.find(allowsKindAlone: true)
        if flags.bool("ignore-not-found") { found = found.ignoringMissing() }
        let errors = found.errors
        var objects = found.objects
        if !flags.string("subresource").isEmpty {
            try read(flags.string("subresource"), of: &objects)
        }
        let sorted = try sort(objects)
        if printer.isPlain {
            printTable(sorted)
            if sorted.isEmpty, errors.isEmpty, !flags.bool("ignore-not-found") { try printNone() }
        } else if isSingle, objects.count <= 1 {
            if let object = objects.first { try printer.write(object.value) }
        } else if !(objects.isEmpty && flags.bool("ignore-not-found")) {
            try printer.writeList(sorted)
        }
        try call.fail(errors)
    }

    /// `--raw` stands alone. Source: kubectl's get command, Validate.
    private func checkRaw() throws(VerbError) {
        let filters = ["watch", "watch-only", "selector", "filename", "field-selector"]
        if filters.contains(where: { flags.has($0) }) {
            throw .message(
                "--raw may not be specified with other flags that filter the server request or alter "
                    + "the output")
        }
        if !flags.string("output").isEmpty {
            throw .message("--raw and --output are mutually exclusive")
        }
    }

    /// `--subresource`: the part of each object, which is the object itself but for its Scale.
    private func read(_ part: String, of objects: inout [FoundObject]) throws(VerbError) {
        if part == "scale" {
            objects = try scales(of: objects)
            return
        }
        for object in objects where !object.info.serves(part: part) {
            throw .api(
                APIError(.notFound, "the server could not find the requested resource"),
                object.info)
        }
    }

    /// `--subresource=scale`: the Scale of each object instead of the object.
    private func scales(of objects: [FoundObject]) throws(VerbError) -> [FoundObject] {
        var scales: [FoundObject] = []
        for object in objects {
            var result = object
            do throws(APIError) {
                result.value = try call.context.client.scale(
                    object.info.kind, namespace: object.namespace, name: object.name)
            } catch {
                throw .api(error, object.info)
            }
            scales.append(result)
        }
        return scales
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
        if call.hasFiles { return true }
        return call.arguments.contains { $0.contains("/") }
            ? call.arguments.count == 1
            : call.arguments.count == 2 && !call.arguments[0].contains(",")
    }

    /// The objects by `--sort-by`. A field that none of them has, or a path that does not parse, leaves
    /// no rows of a table; fields that have no order end kubectl. Source: kubectl's get/sorter.go.
    private func sort(_ objects: [FoundObject]) throws(VerbError) -> [FoundObject] {
        let path = flags.string("sort-by")
        guard !path.isEmpty else { return objects }
        do throws(FormatError) {
            return try SortBy(path).order(of: objects.map(\.value)).map { objects[$0] }
        } catch {
            let type = SortBy.sortedType
            var words = error.message
            guard words.hasPrefix("Field "), let place = words.firstRange(of: type) else {
                if printer.isPlain { return [] }
                throw .message(error.message)
            }
            if printer.isPlain { words.replaceSubrange(place, with: "[][][]reflect.Value") }
            call.context.log(
                .fatal, printer.isPlain ? "sorter.go:375" : "sorter.go:329", words)
            throw .exit(1)
        }
    }

    // MARK: Tables

    private func printTable(_ objects: [FoundObject]) {
        let printers = call.context.printers(for: objects.map(\.info))
        call.context.output.write(
            TablePrinter(options: tableOptions(objects), printers: printers).print(
                objects.map(\.value), now: call.context.now))
    }

    private func tableOptions(_ objects: [FoundObject] = []) -> TableOptions {
        TableOptions(
            isWide: printer.isWide,
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
            call.hasFiles || namesObjects
            ? [] : try call.resources.infos(call.arguments[0])
        // One kind of the cluster among them is enough. Source: kubectl's get command.
        let isNamespaced =
            !infos.isEmpty && infos.allSatisfy { $0.isNamespaced } && !flags.bool("all-namespaces")
        call.context.output.error(
            isNamespaced
                ? "No resources found in \(call.namespace) namespace.\n" : "No resources found\n")
    }

    // MARK: Watching

    func startWatch() throws -> WatchSession {
        try WatchSession(call, printer, options: tableOptions())
    }

    private func watch() throws {
        let session = try startWatch()
        defer { session.end() }
        try call.context.follow()
    }
}

extension KindDescriptor {
    /// Whether objects can be read through that part of theirs.
    fileprivate func serves(part: String) -> Bool {
        switch part {
        case "status": hasStatusSubresource
        case "resize", "ephemeralcontainers": kind == .pod
        case "approval": kind == .certificateSigningRequest
        default: false
        }
    }
}

/// A running `kubectl get -w`: prints what exists, then a row for every change, as it happens.
package final class WatchSession: Following {
    private let call: VerbCall
    private let printer: ResultPrinter
    private var table: WatchPrinter
    private var watch: (any Watch)?

    /// Prints what the arguments of `call` name, unless only changes are wanted, and begins to watch it.
    init(
        _ call: VerbCall, _ printer: ResultPrinter, options: TableOptions
    ) throws(VerbError) {
        self.call = call
        self.printer = printer
        let present = try call.find(allowsKindAlone: true)
        let (info, target) = try Self.target(of: call, present)
        try call.fail(present.errors)
        table = WatchPrinter(options: options, printers: call.context.printers(for: [info]))
        do throws(APIError) {
            watch = try call.context.client.watch(target, after: nil) { self.print($0) }
        } catch {
            throw .api(error, info)
        }
        if !call.flags.bool("watch-only") { try printPresent(present) }
    }

    /// The one kind, or one object of it, that the arguments or a manifest name.
    private static func target(
        of call: VerbCall, _ present: Found
    ) throws(VerbError) -> (KindDescriptor, WatchTarget) {
        let options = try call.listOptions()
        if call.hasFiles {
            guard let object = present.objects.first, present.objects.count == 1 else {
                throw .message(
                    "watch is only supported on individual resources and resource collections - "
                        + "\(present.objects.count) resources were found")
            }
            let target = WatchTarget(
                object.info.kind, namespace: object.namespace, name: object.name)
            return (object.info, target)
        }
        switch try call.resources.parse(call.arguments) {
        case .kinds(let infos):
            if infos.count > 1 { throw .message("you may only specify a single resource type") }
            let namespace = call.listNamespace(infos[0])
            return (
                infos[0], WatchTarget(infos[0].kind, namespace: namespace, options: options)
            )
        case .objects(let references):
            if references.count > 1 {
                throw .message("you may only specify a single resource type")
            }
            let info = references[0].info
            let target = WatchTarget(
                info.kind, namespace: call.namespace(of: info), name: references[0].name,
                options: options)
            return (info, target)
        }
    }

    /// Prints what exists when the watch begins.
    private func printPresent(_ present: Found) throws(VerbError) {
        if printer.isPlain {
            call.context.output.write(
                table.begin(present.objects.map(\.value), now: call.context.now))
        } else {
            for object in present.objects { try printer.write(object.value) }
        }
    }

    /// Stops watching.
    package func end() {
        watch?.stop()
        watch = nil
    }

    private func print(_ event: WatchEvent) {
        if printer.isPlain {
            call.context.output.write(
                table.row(event.object, event: kind(event.type), now: call.context.now))
            return
        }
        do throws(VerbError) {
            try printer.write(event.object)
        } catch {
            call.context.output.error(error.text)
        }
    }

    private func kind(_ type: ChangeType) -> WatchEventType {
        switch type {
        case .added: .added
        case .modified: .modified
        case .deleted: .deleted
        }
    }
}
