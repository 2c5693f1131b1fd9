import Model
import Support
import Value

extension Verb {
    /// `kubectl expose`.
    static let expose: Verb = {
        var verb = Verb("expose", summary: "Create a service for the pods of an object")
        verb.usage =
            "(-f FILE | TYPE NAME) [--port=port] [--target-port=number-or-name] [--name=name] "
            + "[--type=type] [flags]"
        verb.examples = ["expose deployment web --port=80 --target-port=8080"]
        verb.flags =
            [
                .filename, .recursive, .kustomize,
                Flag("port", nil, .string, "the port of the service"),
                Flag("target-port", nil, .string, "the port of the pods, or its name"),
                Flag("protocol", nil, .string, "TCP, UDP or SCTP"),
                Flag("name", nil, .string, "the name of the service"),
                Flag("type", nil, .string, "ClusterIP, NodePort, LoadBalancer or ExternalName"),
                Flag("selector", nil, .string, "the labels of the pods, where others are wanted"),
                Flag("labels", "l", .string, "labels of the service"),
                Flag("cluster-ip", nil, .string, "the address; None for a headless service"),
                Flag("external-ip", nil, .string, "a further address"),
                Flag("load-balancer-ip", nil, .string, "the address of the load balancer"),
                Flag("session-affinity", nil, .string, "None or ClientIP"),
                .record,
            ] + Flag.generatorFlags
        verb.completes = .resources
        verb.holdsGoTypes = true
        verb.run = { call in
            var query = ObjectQuery(call)
            query.hasSelectors = false
            let found = try query.run()
            let creation = try Creation(call)
            try call.forEach(found) { object throws(VerbError) in
                try creation.generate(
                    .service, try Exposure(call: call, object: object).service(), failing: nil,
                    operation: "exposed")
            }
        }
        return verb
    }()
}

/// The service for one object. Source of rules and texts: kubectl's expose command and
/// polymorphichelpers.
private struct Exposure {
    let call: VerbCall
    let object: FoundObject
    var flags: FlagValues { call.flags }

    func service() throws(VerbError) -> Value {
        guard object.info.isExposable else {
            let group = object.info.group.isEmpty ? "" : ".\(object.info.group)"
            throw .message("cannot expose a \(object.info.name)\(group)")
        }
        let given = flags.string("name")
        var labels = object.value[.metadata][.labels]
        if flags.has("labels") {
            guard let pairs = KeyValueText.pairs(flags.string("labels")) else {
                throw .message("unexpected label spec: \(flags.string("labels"))")
            }
            labels = KeyValueText.map(pairs)
        }
        var spec: Value = [.selector: try selector(), .ports: .array(try ports())]
        for (flag, key) in [
            ("type", Key.type), ("session-affinity", "sessionAffinity"),
            ("load-balancer-ip", "loadBalancerIP"), ("cluster-ip", .clusterIP),
        ] where !flags.string(flag).isEmpty {
            spec[key] = Value(flags.string(flag))
        }
        let affinity = flags.string("session-affinity")
        guard ["", "None", "ClientIP"].contains(affinity) else {
            throw .message("unknown session affinity: \(affinity)")
        }
        let external = flags.string("external-ip")
        if !external.isEmpty { spec["externalIPs"] = [Value(external)] }
        var metadata: Value = [
            .name: Value(given.isEmpty ? String(object.name.prefix(63)) : given)
        ]
        if !labels.isNull { metadata[.labels] = labels }
        return [.metadata: metadata, .spec: spec]
    }

    private func selector() throws(VerbError) -> Value {
        let text = flags.string("selector")
        if !text.isEmpty {
            guard let pairs = KeyValueText.pairs(text) else {
                throw .message("invalid label selector: \(text)")
            }
            return KeyValueText.map(pairs)
        }
        guard let problem = selectorProblem else { return introspectedSelector }
        throw .message(
            "couldn't retrieve selectors via --selector flag or introspection: \(problem)")
    }

    /// The labels by which the pods behind the object are found; a pod's own for a pod.
    private var introspectedSelector: Value {
        guard let selector = object.info.podSelector else {
            return object.value[.metadata][.labels]
        }
        let value = object.value.value(at: selector.path)
        return switch selector.form {
        case .labels: value
        case .labelSelector: value[.matchLabels]
        }
    }

    /// Why no selector can be taken from the object. Source: MapBasedSelectorForObject.
    private var selectorProblem: String? {
        let isEmpty = introspectedSelector.fields.isEmpty
        guard let selector = object.info.podSelector else {
            return isEmpty ? "the pod has no labels and cannot be exposed" : nil
        }
        switch selector.form {
        case .labels:
            let isService = object.info.podTemplate == nil
            return isEmpty && isService ? "the service has no pod selector set" : nil
        case .labelSelector:
            if isEmpty {
                return "invalid \(object.info.singular): no selectors, therefore cannot be exposed"
            }
            let expressions = object.value.value(at: selector.path)[.matchExpressions].elements
            guard !expressions.isEmpty else { return nil }
            let shown = expressions.map { expression in
                let values = expression[.values].elements.compactMap(\.string)
                return "{Key:\(expression.text(.key)) Operator:\(expression.text(.operator)) "
                    + "Values:[\(values.joined(separator: " "))]}"
            }
            return "couldn't convert expressions - \"[\(shown.joined(separator: " "))]\" to "
                + "map-based selector format"
        }
    }

    /// The ports of the containers, or of the service that is exposed again.
    private var known: [(port: Int, protocol: String)] {
        guard let path = object.info.podSpecPath else {
            return object.value[.spec].list(.ports).map {
                ($0.int(.port), $0.text(.protocol))
            }
        }
        return object.value.value(at: path).list(.containers).flatMap { $0.list(.ports) }.map {
            ($0.int(.containerPort), $0.text(.protocol))
        }
    }

    private func ports() throws(VerbError) -> [Value] {
        let known = known
        var numbers: [Int] = []
        for part in flags.string("port").split(separator: ",") {
            guard let number = Int(part) else {
                throw .message("strconv.Atoi: parsing \"\(part)\": invalid syntax")
            }
            numbers.append(number)
        }
        if numbers.isEmpty {
            // A port of two protocols counts once.
            for (port, _) in known where !numbers.contains(port) { numbers.append(port) }
        }
        if numbers.isEmpty, flags.string("cluster-ip") != "None" {
            throw .message("couldn't find port via --port flag or introspection")
        }
        let target = flags.string("target-port")
        var entries: [Value] = []
        for (index, number) in numbers.enumerated() {
            let protocols = protocols(of: number, among: known)
            for name in protocols {
                var entry: Value = [
                    .port: Value(number), .protocol: Value(name),
                    .targetPort: target.isEmpty
                        ? Value(number) : Int(target).map { Value($0) } ?? Value(target),
                ]
                if protocols.count > 1 {
                    entry[.name] = Value("port-\(index + 1)-\(name.lowercased())")
                } else if numbers.count > 1 {
                    entry[.name] = Value("port-\(index + 1)")
                }
                entries.append(entry)
            }
        }
        return entries
    }

    /// The protocol that was asked for, else those of the object's ports of that number, else TCP.
    private func protocols(
        of number: Int, among known: [(port: Int, protocol: String)]
    ) -> [String] {
        let given = flags.string("protocol")
        if !given.isEmpty { return [given] }
        var found: [String] = []
        for (port, name) in known where port == number {
            let name = name.isEmpty ? "TCP" : name
            if !found.contains(name) { found.append(name) }
        }
        return found.isEmpty ? ["TCP"] : found
    }
}
