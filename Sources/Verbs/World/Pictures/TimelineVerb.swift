import API
import Model
import Pictures
import Value

extension Verb {
    /// `timeline`: pods and nodes over time, drawn.
    static let timeline: Verb = {
        var verb = Verb(
            "timeline", group: .world, summary: "Draw pods and nodes over time, with what was done")
        verb.usage = "[TYPE/NAME …] [--since 1m] [--all] [--width COLUMNS] [--html FILE]"
        verb.examples = ["timeline", "timeline deployment/web", "timeline --since 1m"]
        verb.flags = [
            Flag("since", nil, .duration, "only what happened so long ago at most"),
            .allNamespaces,
            Flag("all", nil, .bool, "every pod of a workload, not only the first twenty"),
            Flag("width", nil, .int, "the columns of the picture; that of the terminal, or 80"),
            Flag(
                "html", nil, .string,
                "write a page for a browser to this file, with the cluster at every instant"),
            Flag(
                "color", nil, .bool,
                "tell revisions and stages by colours (ANSI) too; a terminal does so unasked"),
        ]
        verb.completes = .resources
        verb.run = { call in try Timeline(call: call).run() }
        return verb
    }()
}

/// One run of `timeline`.
private struct Timeline {
    let call: VerbCall

    private static let lanesPerGroup = 20

    func run() throws {
        let names = try call.objectNames()
        let start = try start()
        let history = History(
            start: start, end: call.context.clock.now, writes: try writes(since: start),
            objects: call.allObjects(),
            marks: call.context.session.marks.filter { $0.time >= start })
        if call.flags.has("html") { return try write(history) }
        let choice = LaneBuilder.Choice(
            namespace: call.flags.bool("all-namespaces") ? nil : call.namespace, names: names)
        guard let text = TimelineText.text(history, choice, try style()) else {
            throw VerbError.message(
                names.isEmpty
                    ? "there is nothing to draw: no node and no pod of the namespace "
                        + "\(call.namespace) in this time"
                    : "there is nothing to draw of "
                        + names.map { "\($0.kind)/\($0.name)" }
                        .joined(separator: ", ") + " in this time")
        }
        call.context.output.write(text)
    }

    /// A page of everything: what is shown is chosen in the browser.
    private func write(_ history: History) throws {
        let path = call.flags.string("html")
        guard !path.isEmpty else { throw VerbError.message("--html takes the name of a file") }
        guard call.arguments.isEmpty else {
            throw VerbError.message("the page shows everything: leave the names out beside --html")
        }
        do throws(FileProblem) {
            try call.context.files.write(
                TimelinePage.page(history, script: nil, title: "drydock session"), to: path)
        } catch {
            throw VerbError.message("\(path): \(error.message)")
        }
        do throws(VerbError) {
            _ = try call.context.session.save(path, to: path, replaces: true)
            call.context.output.line("\(path) written; open it in a browser")
        } catch {
            throw VerbError.message(
                "a script writes nothing to the disk: `drydock run --report html=FILE` writes the "
                    + "timelines of its scenarios; the page is the file \(path) of the session")
        }
    }

    private func start() throws -> Milliseconds {
        let kept = try call.context.world().historyStart
        guard let since = call.flags.milliseconds("since") else { return kept }
        guard since > 0 else {
            throw VerbError.message("--since takes a time above zero, as in 1m")
        }
        let (start, isTooLong) = call.context.clock.now.subtractingReportingOverflow(since)
        return isTooLong ? kept : max(start, kept)
    }

    private func writes(since start: Milliseconds) throws -> [History.Write] {
        let kinds = call.context.kinds
        return try call.context.world().writes(since: start, last: .max) { _, _ in true }.map {
            History.Write(kind: kinds[$0.kind].singular, record: $0)
        }
    }

    private func style() throws -> TimelineText.Style {
        TimelineText.Style(
            width: try call.pictureWidth(),
            usesColor: call.flags.has("color")
                ? call.flags.bool("color") : call.context.session.showsColor,
            lanesPerGroup: call.flags.bool("all") ? .max : Self.lanesPerGroup)
    }
}

extension VerbCall {
    /// The columns of a picture: those of `--width`, of the terminal, or 80.
    func pictureWidth() throws(VerbError) -> Int {
        let allowed = TimelineText.Style.narrowest...TimelineText.Style.widest
        guard flags.has("width") else {
            let width = context.session.screenWidth ?? 80
            return min(max(width, allowed.lowerBound), allowed.upperBound)
        }
        let width = flags.int("width")
        guard allowed.contains(width) else {
            throw VerbError.message(
                "--width takes \(allowed.lowerBound) to \(allowed.upperBound) columns, not \(width)"
            )
        }
        return width
    }

    /// The objects that the words name, each of which exists or did so within the history.
    func objectNames() throws -> [LaneBuilder.Choice.Name] {
        guard !arguments.isEmpty else { return [] }
        switch try resources.parse(arguments) {
        case .objects(let objects):
            return objects.map { LaneBuilder.Choice.Name(kind: $0.info.singular, name: $0.name) }
        case .kinds(let infos):
            let kind = infos.first?.singular ?? "deployment"
            throw VerbError.message("name the object, as in \(kind)/web")
        }
    }

    /// All objects of the cluster that are not events.
    func allObjects() -> [History.Item] {
        context.kinds.all.filter { $0.kind != .event }.flatMap { info in
            ((try? context.client.list(info.kind, namespace: nil, options: ListOptions()))?.items
                ?? [])
                .map { History.Item(kind: info.singular, value: $0) }
        }
    }
}
