import API
import Model
import Printers
import Support
import Value

extension Verb {
    /// `load deployment/web cpu=300m`: what autoscalers and `kubectl top` measure.
    static let load: Verb = {
        var verb = Verb(
            "load", group: .world, summary: "Say what pods use, and what metrics show")
        verb.changesMachines = true
        verb.usage = "[TYPE/NAME … | external] [METRIC=AMOUNT … | METRIC-]"
        verb.examples = [
            "load deployment/web cpu=300m memory=200Mi", "load deployment/web cpu=120%",
            "load deployment/web cpu=2 --total", "load deployment/web requests-per-second=50",
            "load ingress/shop hits=2k", "load external queue-length=30 -l queue=orders",
            "load deployment/web cpu-", "load",
        ]
        verb.flags = [
            Flag("total", nil, .bool, "for all ready pods together: more pods have less each"),
            Flag("container", "c", .string, "the container that carries it, not the first one"),
            Flag("labels", "l", .strings, "labels of a metric from outside, key=value"),
            .namespace,
        ]
        verb.completes = .resources
        verb.run = setLoad
        return verb
    }()

    private static func setLoad(_ call: VerbCall) throws {
        guard !call.arguments.isEmpty else { return try showLoads(call) }
        let words = call.arguments.filter { !isMetric($0) }
        let metrics = call.arguments.filter(isMetric)
        guard !words.isEmpty, !metrics.isEmpty else {
            throw VerbError.message(
                "load takes an object and metrics, as in: load deployment/web cpu=300m memory=200Mi"
            )
        }
        if words == ["external"] { return try setExternal(metrics, call) }
        for object in try call.findAll(words) {
            for word in metrics { try set(word, of: object, call) }
            call.context.output.line("\(object.info.singular)/\(object.name) loaded")
        }
    }

    /// `cpu=300m` sets, `cpu-` takes away.
    private static func isMetric(_ word: String) -> Bool {
        word.contains("=") || word.hasSuffix("-")
    }

    // MARK: Objects

    private static func set(_ word: String, of object: FoundObject, _ call: VerbCall) throws {
        let kind = object.info.kind
        let key = ObjectKey(namespace: object.namespace, name: object.name)
        let container = call.flags.string("container")
        let world = try call.context.world()
        guard let split = word.firstIndex(of: "=") else {
            let metric = String(word.dropLast())
            guard
                world.loads.remove(
                    kind, key, metric: metric, container: container.isEmpty ? nil : container)
            else {
                throw VerbError.message(
                    "\(object.info.singular)/\(object.name) has no load of \(metric)")
            }
            return
        }
        let metric = String(word[..<split])
        let text = String(word[word.index(after: split)...])
        let isResource = LoadTable.resources.contains(metric)
        if isResource, kind != .pod, !object.info.makesPods {
            throw VerbError.message(
                "\(metric) is measured of pods: name a pod, or what makes pods; "
                    + "a \(object.info.name) has none")
        }
        try checkContainer(container, of: object)
        world.loads.set(
            kind, key, metric: metric, container: container.isEmpty ? nil : container,
            to: try amount(text, metric, isTotal: call.flags.bool("total")))
    }

    private static func checkContainer(_ name: String, of object: FoundObject) throws {
        guard !name.isEmpty else { return }
        let spec = object.info.podSpecPath.map { object.value.value(at: $0) } ?? .null
        let names = spec[.containers].elements.map { $0.text(.name) }
        guard names.isEmpty || names.contains(name) else {
            throw VerbError.message(
                "\(object.info.singular)/\(object.name) has no container \(name), only "
                    + names.joined(separator: ", "))
        }
    }

    private static func amount(
        _ text: String, _ metric: String, isTotal: Bool
    ) throws -> LoadTable.Amount {
        if text.hasSuffix("%") {
            guard let percent = Int(text.dropLast()), percent >= 0,
                LoadTable.resources.contains(metric), !isTotal
            else {
                throw VerbError.message(
                    "a percentage is a whole number of the cpu or memory that each pod requests, as "
                        + "in cpu=80%; found \(metric)=\(text)\(isTotal ? " --total" : "")")
            }
            guard percent <= 1_000_000 else {
                throw VerbError.message("\(metric)= takes at most 1000000%; found \(text)")
            }
            return .utilization(percent)
        }
        let quantity = try quantity(text, metric)
        return isTotal ? .total(quantity) : .perPod(quantity)
    }

    private static func quantity(_ text: String, _ metric: String) throws -> Quantity {
        guard let quantity = try? Quantity(parsing: text), quantity >= .zero else {
            throw VerbError.message(
                "\(metric)= takes a quantity such as 300m, 2 or 200Mi, or a percentage of the "
                    + "request; found \(text)")
        }
        let most = metric == "cpu" ? "1M" : "16Ti"
        guard let limit = try? Quantity(parsing: most), quantity <= limit else {
            throw VerbError.message("\(metric)= takes at most \(most); found \(text)")
        }
        return quantity
    }

    // MARK: Outside

    private static func setExternal(_ metrics: [String], _ call: VerbCall) throws {
        let world = try call.context.world()
        var labels = Object()
        for pair in call.flags.list("labels") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else {
                throw VerbError.message("--labels is key=value; found \(pair)")
            }
            labels[Key(String(halves[0]))] = Value(String(halves[1]))
        }
        for word in metrics {
            let halves = word.split(separator: "=", maxSplits: 1).map(String.init)
            if halves.count == 2 {
                world.loads.setExternal(
                    halves[0], labels: labels, to: try quantity(halves[1], halves[0]))
            } else {
                world.loads.setExternal(
                    String(word.dropLast()), labels: labels, to: nil)
            }
            call.context.output.line(
                "external/\(halves.count == 2 ? halves[0] : String(word.dropLast())) loaded")
        }
    }

    // MARK: Showing

    private static func showLoads(_ call: VerbCall) throws {
        let entries = try call.context.world().loads.entries
        guard !entries.isEmpty else {
            return call.context.output.line("no loads; `load deployment/web cpu=300m` sets one")
        }
        let kinds = call.context.kinds
        var text = "NAMESPACE\tTARGET\tMETRIC\tLOAD\n"
        for entry in entries {
            let target =
                entry.kind.map { "\(kinds[$0].singular)/\(entry.key.name)" } ?? "external"
            let labels = entry.labels.sortedByName.map { "\($0.key.name)=\($0.value.string ?? "")" }
            let place = entry.container.map { " in \($0)" } ?? ""
            let list = labels.isEmpty ? "" : " (\(labels.joined(separator: ",")))"
            text +=
                "\(entry.key.namespace)\t\(target)\t\(entry.metric)\t"
                + "\(words(entry))\(place)\(list)\n"
        }
        call.context.output.write(TabWriter.align(text))
    }

    private static func words(_ entry: LoadTable.Entry) -> String {
        switch entry.amount {
        case .perPod(let each): "\(each.text) per pod"
        case .total(let total): entry.kind == nil ? total.text : "\(total.text) in all"
        case .utilization(let percent): "\(percent)% of the request"
        }
    }
}
