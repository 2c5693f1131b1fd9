import Support
import Value

extension KindPrinter {
    static let ingress = KindPrinter(table: .ingress, description: .ingress)
    static let ingressClass = KindPrinter(table: .ingressClass, description: .ingressClass)
}

extension Table {
    static let ingress = Table(
        .name,
        .text("CLASS", or: "<none>") { $0[.spec]["ingressClassName"] },
        TableColumn("HOSTS") { ingress, _ in ingressHosts(ingress[.spec][.rules].elements) },
        TableColumn("ADDRESS") { ingress, context in
            shortenedAddresses(ingress[.status][.loadBalancer], isWide: context.isWide)
        },
        TableColumn("PORTS") { ingress, _ in
            ingress[.spec]["tls"].elements.isEmpty ? "80" : "80, 443"
        },
        .age)

    static let ingressClass = Table(
        TableColumn("NAME", isName: true) { object, _ in
            let mark = object[.metadata][.annotations][
                "ingressclass.kubernetes.io/is-default-class"]
            return object.objectName + (mark.string == "true" ? " (default)" : "")
        },
        .text("CONTROLLER") { $0[.spec][.controller] },
        TableColumn("PARAMETERS") { object, _ in
            let parameters = object[.spec][.parameters]
            guard !parameters.isNull else { return "<none>" }
            let group = parameters[.apiGroup].string.map { ".\($0)" } ?? ""
            return "\(parameters[.kind].cellText)\(group)/\(parameters[.name].cellText)"
        },
        .age)
}

extension Description {
    static let ingress = Description { ingress, context, writer in
        let spec = ingress[.spec]
        writer.line(0, "Name:\t\(ingress.objectName)")
        writer.labels("Labels", ingress[.metadata][.labels])
        writer.line(0, "Namespace:\t\(ingress.objectNamespace)")
        let addresses = loadBalancerAddresses(ingress[.status][.loadBalancer])
        writer.line(0, "Address:\t\(addresses.joined(separator: ","))")
        writer.line(0, "Ingress Class:\t\(spec["ingressClassName"].cellText(or: "<none>"))")
        let fallback = spec["defaultBackend"]
        let namespace = ingress.objectNamespace
        let fallbackText =
            fallback.isNull ? "<default>" : backendText(fallback, namespace, context)
        writer.line(0, "Default backend:\t\(fallbackText)")
        writer.certificates(spec["tls"].elements)
        writer.line(0, "Rules:")
        writer.line(1, "Host\tPath\tBackends")
        writer.line(1, "----\t----\t--------")
        let rules = spec[.rules].elements.filter { !$0["http"].isNull }
        for rule in rules {
            writer.line(1, "\(rule[.host].cellText(or: "*"))\t")
            for path in rule["http"]["paths"].elements {
                let backend = backendText(path["backend"], namespace, context)
                writer.line(2, "\t\(path[.path].cellText) \t\(backend)")
            }
        }
        if rules.isEmpty { writer.line(1, "*\t*\t\(fallbackText)") }
        writer.annotations("Annotations", ingress[.metadata][.annotations])
    }

    static let ingressClass = Description { object, _, writer in
        writer.heading(object, hasNamespace: false)
        writer.labelsAndAnnotations(object)
        writer.line(0, "Controller:\t\(object[.spec][.controller].cellText)")
        let parameters = object[.spec][.parameters]
        guard !parameters.isNull else { return }
        writer.line(0, "Parameters:")
        writer.field("APIGroup", parameters[.apiGroup], level: 1)
        writer.line(1, "Kind:\t\(parameters[.kind].cellText)")
        writer.line(1, "Name:\t\(parameters[.name].cellText)")
    }

    /// `web:80 (10.0.0.1:8080,10.0.0.2:8080)`: a service, its port and endpoints.
    private static func backendText(
        _ backend: Value, _ namespace: String, _ context: DescribeContext
    ) -> String {
        let service = backend[.service]
        guard !service.isNull else {
            let resource = backend[.resource]
            guard !resource.isNull else { return "" }
            return "APIGroup: \(resource[.apiGroup].cellText(or: "<none>")),"
                + " Kind: \(resource[.kind].cellText), Name: \(resource[.name].cellText)"
        }
        let name = service[.name].cellText
        let number = service[.port]["number"].cellInt
        let portName = service[.port][.name].cellText
        let front = "\(name):\(number != 0 ? String(number) : portName)"
        let object = context.object(.service, namespace: namespace, name: name)
        guard !object.isNull else {
            return "\(front) (<error: services \"\(name)\" not found>)"
        }
        let port = object[.spec][.ports].elements.last { port in
            number != 0
                ? port[.port].cellInt == number
                : !portName.isEmpty && port[.name].cellText == portName
        }
        let slices = context.endpointSlices(of: name, in: namespace)
        let endpoints = endpointsText(slices, portName: port?[.name].cellText ?? "")
        return "\(front) (\(endpoints))"
    }
}

extension DescriptionWriter {
    fileprivate mutating func certificates(_ list: [Value]) {
        guard !list.isEmpty else { return }
        line(0, "TLS:")
        for entry in list {
            let secret = entry[.secretName].cellText
            let hosts = entry["hosts"].texts.joined(separator: ",")
            line(1, secret.isEmpty ? "SNI routes \(hosts)" : "\(secret) terminates \(hosts)")
        }
    }
}

/// At most three hosts; rules beyond the third count as more, with or without a host.
private func ingressHosts(_ rules: [Value]) -> String {
    let limit = 3
    var list: [String] = []
    var hasMore = false
    for rule in rules {
        if list.count == limit { hasMore = true }
        let host = rule[.host].cellText
        if !hasMore, !host.isEmpty { list.append(host) }
    }
    guard !list.isEmpty else { return "*" }
    let text = list.joined(separator: ",")
    return hasMore ? "\(text) + \(rules.count - limit) more..." : text
}
