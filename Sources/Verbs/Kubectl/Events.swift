import API
import Model
import Printers
import Value

extension Verb {
    /// `kubectl events`.
    static let events: Verb = {
        var verb = Verb("events", summary: "List events, the oldest first")
        verb.usage =
            "[(-o|--output=)json|yaml|…] [--for TYPE/NAME] [--types=Warning,Normal] [--watch]"
        verb.examples = ["events --for deployment/web", "events --types=Warning -A"]
        verb.flags = [
            .allNamespaces, .output, .template, .showManagedFields, .allowMissingTemplateKeys,
            Flag("for", nil, .string, "only events about this object: TYPE/NAME"),
            Flag("types", nil, .strings, "only events of these types: Normal, Warning"),
            Flag("watch", "w", .bool, "go on as events come"),
            Flag("no-headers", nil, .bool, "leave the header out"),
            .chunkSize,
        ]
        verb.completes = .resources
        verb.run = { call in
            let events = try EventListing(call)
            try events.list()
            if call.flags.bool("watch") { try events.follow() }
        }
        verb.takesBlock = true
        verb.follow = { call in
            let events = try EventListing(call)
            try events.list()
            try events.begin()
            return events
        }
        return verb
    }()
}

/// One run of `kubectl events`. Source of rules and texts: kubectl's events command.
private final class EventListing: Following {
    private let call: VerbCall
    private let printer: ResultPrinter
    private let types: [String]
    private let subject: ResourceSelection.ObjectReference?
    private var lines: EventLines
    private var hasHeader = false
    private var watch: (any Watch)?

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        printer = try ResultPrinter(call)
        types = call.flags.list("types")
        for type in types where !["normal", "warning"].contains(type.lowercased()) {
            throw .message("valid --types are Normal or Warning")
        }
        let target = call.flags.string("for")
        if target.isEmpty {
            subject = nil
        } else {
            if let word = target.split(separator: "/").first, target.contains("/") {
                _ = try call.mapped(String(word))
            }
            guard target.contains("/"),
                case .objects(let found) = try call.resources.parse([target])
            else { throw .message("--for must be in resource/name form") }
            subject = found.first
        }
        lines = EventLines(showsNamespace: call.flags.bool("all-namespaces"))
    }

    private func selects(_ event: Value) -> Bool {
        if !types.isEmpty {
            let type = event.text(.type).lowercased()
            guard types.contains(where: { $0.lowercased() == type }) else { return false }
        }
        guard let subject else { return true }
        let object = event[.involvedObject]
        return object.text(.kind) == subject.info.name && object.text(.name) == subject.name
            && object.text(.apiVersion) == subject.info.apiVersion
    }

    /// The instant by which events are ordered.
    private static func instant(_ event: Value) -> Int64 {
        for field in [
            event[.series][.lastObservedTime], event[.lastTimestamp], event[.eventTime],
        ] {
            if let time = Timestamp(field) { return time.milliseconds }
        }
        return 0
    }

    func list() throws(VerbError) {
        let info = call.context.kinds[.event]
        let found: [Value]
        do throws(APIError) {
            found = try call.context.client.list(
                .event, namespace: call.listNamespace(info), options: ListOptions()
            ).items.filter(selects)
        } catch {
            throw .api(error, info)
        }
        let events = found.enumerated().sorted {
            let (left, right) = (Self.instant($0.element), Self.instant($1.element))
            return left == right ? $0.offset < $1.offset : left < right
        }.map(\.element)
        if !printer.isPlain {
            return try printer.writeList(events.map { FoundObject(info: info, value: $0) })
        }
        if events.isEmpty {
            if !call.flags.bool("watch") {
                call.context.output.error(
                    call.flags.bool("all-namespaces")
                        ? "No events found.\n"
                        : "No events found in \(call.namespace) namespace.\n")
            }
            return
        }
        write(events)
    }

    private func write(_ events: [Value]) {
        let wantsHeader = !hasHeader && !call.flags.bool("no-headers")
        hasHeader = true
        call.context.output.write(
            lines.text(events, header: wantsHeader, now: call.context.now))
    }

    /// Goes on until the cluster has settled.
    func follow() throws {
        try begin()
        defer { end() }
        try call.context.follow()
    }

    /// From now on events are printed as they come.
    func begin() throws(VerbError) {
        let info = call.context.kinds[.event]
        let target = WatchTarget(.event, namespace: call.listNamespace(info))
        do throws(APIError) {
            watch = try call.context.client.watch(target, after: nil) { self.print($0) }
        } catch {
            throw .api(error, info)
        }
    }

    private func print(_ change: WatchEvent) {
        guard change.type != .deleted, selects(change.object) else { return }
        if printer.isPlain { write([change.object]) } else { try? printer.write(change.object) }
    }

    func end() {
        watch?.stop()
        watch = nil
    }
}
