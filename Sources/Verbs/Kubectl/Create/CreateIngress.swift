import Model
import Value

extension Verb {
    /// `kubectl create ingress`.
    static let createIngress = generator(
        "ingress", aliases: ["ing"], summary: "Create an ingress",
        usage: "NAME --rule=host/path=service:port[,tls[=secret]] [flags]",
        examples: ["create ingress web --rule='shop.example.com/*=web:80'"],
        flags: [
            Flag("rule", nil, .strings, "host/path=service:port[,tls[=secret]]"),
            Flag("default-backend", nil, .string, "where all else goes: service:port"),
            Flag("class", nil, .string, "the ingress class"),
            Flag("annotation", nil, .strings, "an annotation: key=value"),
        ],
        run: createIngress)

    private static func createIngress(_ call: VerbCall) throws {
        let name = try call.onlyName()
        let rules = call.flags.strings("rule")
        let fallback = call.flags.string("default-backend")
        if rules.isEmpty, fallback.isEmpty {
            throw VerbError.message(
                "not enough information provided: every ingress has to either specify a "
                    + "default-backend (which catches all traffic) or a list of rules (which catch "
                    + "specific paths)")
        }
        var value: Value = [.metadata: [.name: Value(name)]]
        for annotation in call.flags.strings("annotation") {
            guard let pair = KeyValueText.pairs(annotation)?.first else {
                throw VerbError.message(
                    "annotation \(annotation) is invalid and should be in format key=[value]")
            }
            value[.metadata][.annotations][pair.key] = Value(pair.value)
        }
        let ingressClass = call.flags.string("class")
        if !ingressClass.isEmpty { value[.spec]["ingressClassName"] = Value(ingressClass) }
        if !fallback.isEmpty {
            guard let service = backend(fallback) else {
                throw VerbError.message(
                    "default-backend should be in format servicename:serviceport")
            }
            value[.spec]["defaultBackend"] = service
        }
        var hosts: [(host: String, paths: [Value])] = []
        for text in rules { try add(text, &hosts, &value) }
        if !hosts.isEmpty {
            value[.spec]["rules"] = .array(
                hosts.map { host, paths -> Value in
                    var rule: Value = ["http": ["paths": .array(paths)]]
                    if !host.isEmpty { rule["host"] = Value(host) }
                    return rule
                })
        }
        try Creation(call).generate(.ingress, value, failing: "failed to create ingress:")
    }

    /// One `--rule`. Source: kubectl's create_ingress.
    private static func add(
        _ text: String, _ hosts: inout [(host: String, paths: [Value])], _ value: inout Value
    ) throws(VerbError) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let halves = parts[0].split(separator: "=", maxSplits: 1).map(String.init)
        guard halves.count == 2, let slash = halves[0].firstIndex(of: "/"),
            let service = backend(halves[1])
        else {
            throw .message(
                "rule \(text) is invalid and should be in format "
                    + "host/path=svcname:svcport[,tls[=secret]]")
        }
        let host = String(halves[0][..<slash])
        var path = String(halves[0][slash...])
        let isPrefix = path.hasSuffix("*")
        if isPrefix { path.removeLast() }
        let entry: Value = [
            "path": Value(path), "pathType": isPrefix ? "Prefix" : "Exact", "backend": service,
        ]
        if let place = hosts.firstIndex(where: { $0.host == host }) {
            hosts[place].paths.append(entry)
        } else {
            hosts.append((host, [entry]))
        }
        for option in parts.dropFirst() where option == "tls" || option.hasPrefix("tls=") {
            var tls = Value.emptyObject
            if !host.isEmpty { tls["hosts"] = [Value(host)] }
            if option.count > 4 { tls["secretName"] = Value(String(option.dropFirst(4))) }
            value[.spec]["tls"].append(tls)
        }
    }

    private static func backend(_ text: String) -> Value? {
        let parts = text.split(separator: ":").map(String.init)
        guard parts.count == 2 else { return nil }
        let port: Value =
            Int(parts[1]).map { ["number": Value($0)] } ?? [.name: Value(parts[1])]
        return [.service: [.name: Value(parts[0]), .port: port]]
    }
}
