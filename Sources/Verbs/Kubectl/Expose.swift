import Cluster
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
            ] + Flag.generatorFlags
        verb.completes = .resources
        verb.run = { call in
            let (objects, errors) = try call.find(allowsKindAlone: false)
            let creation = try Creation(call)
            try call.forEach(objects, after: errors) { object throws(VerbError) in
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
        guard
            [.service, .pod, .replicationController, .deployment, .replicaSet].contains(
                object.info.kind)
        else {
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
        let spec = object.value[.spec]
        switch object.info.kind {
        case .pod:
            let labels = object.value[.metadata][.labels]
            if labels.fields.isEmpty {
                throw .message("the pod has no labels and cannot be exposed")
            }
            return labels
        case .deployment, .replicaSet:
            if !spec[.selector][.matchExpressions].isNull {
                throw .message(
                    "couldn't convert expressions - "
                        + "\"\(JSON.text(spec[.selector][.matchExpressions]))\" to map-based "
                        + "selector format")
            }
            let labels = spec[.selector][.matchLabels]
            if labels.fields.isEmpty {
                throw .message(
                    "invalid \(object.info.singular): no selectors, therefore cannot be exposed")
            }
            return labels
        default:
            if spec[.selector].fields.isEmpty {
                throw .message(
                    "invalid \(object.info.singular) '\(object.name)': no selectors, therefore "
                        + "cannot be exposed")
            }
            return spec[.selector]
        }
    }

    /// The ports of the containers, or of the service that is exposed again.
    private var known: [(port: Int, protocol: String)] {
        if object.info.kind == .service {
            return object.value[.spec].list(.ports).map {
                ($0.int(.port), $0.text(.protocol))
            }
        }
        guard let path = PodTemplatePath.podSpec(object.info.kind) else { return [] }
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
        if numbers.isEmpty { numbers = known.map(\.port) }
        if numbers.isEmpty, flags.string("cluster-ip") != "None" {
            throw .message("couldn't find port via --port flag or introspection")
        }
        let target = flags.string("target-port")
        let given = flags.string("protocol")
        return numbers.enumerated().map { index, number in
            let found = known.first { $0.port == number }?.protocol ?? ""
            let name = given.isEmpty ? (found.isEmpty ? "TCP" : found) : given
            var entry: Value = [
                .port: Value(number), .protocol: Value(name),
                .targetPort: target.isEmpty
                    ? Value(number) : Int(target).map { Value($0) } ?? Value(target),
            ]
            if numbers.count > 1 { entry[.name] = Value("port-\(index + 1)") }
            return entry
        }
    }
}
