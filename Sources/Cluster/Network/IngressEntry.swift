import Model
import Support
import Value

/// A way into the routes of Ingresses: an address that Ingresses have in their status, or the process of
/// a controller.
package struct IngressEntry {
    /// The word by which the controller knows its classes; nil for an address without one.
    let controller: String?
    let address: String?
    /// From where the backends are reached.
    let source: ClusterNetwork.Source
    let port: Int
}

// What Ingresses route. Source: the documentation of networking.k8s.io/v1 Ingress; for what it leaves to
// controllers, ingress-nginx.
extension ClusterNetwork {
    /// The entry at an address that an Ingress has in its status and no Service has.
    func ingressEntry(at address: String, _ port: Int) -> IngressEntry? {
        guard port == 80 || port == 443, state.count(.ingress) > 0 else { return nil }
        var isTheirs = false
        state.forEach(.ingress) { ingress in
            if Self.has(ingress, address) { isTheirs = true }
        }
        guard isTheirs else { return nil }
        return IngressEntry(
            controller: nil, address: address,
            source: Source(address: Self.machineAddress, node: "", work: nil), port: port)
    }

    private static func has(_ ingress: StoredObject, _ address: String) -> Bool {
        ingress.value[.status]["loadBalancer"].list("ingress").contains {
            $0.text(.ip) == address || $0.text(.hostname) == address
        }
    }

    /// The Ingresses that an entry serves, by namespace and name.
    private func ingresses(of entry: IngressEntry) -> [StoredObject] {
        state.list(.ingress) { ingress in
            if let address = entry.address { return Self.has(ingress, address) }
            let spec = ingress.value[.spec]
            let name =
                spec["ingressClassName"].string
                ?? ingress.value[.metadata][.annotations]["kubernetes.io/ingress.class"].string
            guard let name, let word = entry.controller else { return true }
            guard let known = state.get(.ingressClass, name: name) else { return name == word }
            return known.value[.spec].text("controller").contains(word)
        }
    }

    /// A route that is for a request.
    private struct IngressRoute {
        let ingress: StoredObject
        let backend: Value
        /// How well the host fits: exactly, by a wildcard, or because none is asked for.
        let hostRank: Int
        let isExact: Bool
        let path: String
    }

    /// Who answers a request at an entry; its answer.
    package func answer(_ entry: IngressEntry, to request: ServerRequest) -> ServerAnswer {
        var host = request.host.lowercased()
        if let colon = host.firstIndex(of: ":") { host = String(host[..<colon]) }
        let all = ingresses(of: entry)
        guard let route = route(all, host, request.path) else {
            return Self.page(404, "default backend - 404")
        }
        if entry.controller == "nginx", !request.isSecure, Self.forcesTLS(route.ingress, host) {
            var answer = Self.page(308, "308 Permanent Redirect")
            answer.headers.append(("Location", "https://\(host)\(request.target)"))
            return answer
        }
        var inner = request
        inner.isSecure = false
        inner.target = Self.rewritten(request.target, route.ingress)
        inner.headers.append(
            ("X-Forwarded-For", request.client.isEmpty ? entry.source.address : request.client))
        return forward(inner, to: route, from: entry.source)
    }

    private func route(
        _ ingresses: [StoredObject], _ host: String, _ path: String
    ) -> IngressRoute? {
        var best: IngressRoute?
        func offer(_ route: IngressRoute) {
            guard let known = best else { return best = route }
            let isBetter =
                (route.hostRank, route.path.utf8.count, route.isExact ? 1 : 0)
                > (known.hostRank, known.path.utf8.count, known.isExact ? 1 : 0)
            if isBetter { best = route }
        }
        for ingress in ingresses {
            let spec = ingress.value[.spec]
            if !spec["defaultBackend"].isNull {
                offer(
                    IngressRoute(
                        ingress: ingress, backend: spec["defaultBackend"], hostRank: -1,
                        isExact: false, path: ""))
            }
            for rule in spec.list("rules") {
                guard let rank = Self.rank(rule.text("host").lowercased(), host) else { continue }
                for row in rule["http"].list("paths") {
                    let isExact = row.text("pathType") == "Exact"
                    var own = row[.path].string ?? "/"
                    // A pattern of ingress-nginx: what is fixed of it counts.
                    if let mark = own.firstIndex(of: "(") { own = String(own[..<mark]) }
                    guard isExact ? own == path : Self.isPrefix(own, of: path) else { continue }
                    offer(
                        IngressRoute(
                            ingress: ingress, backend: row["backend"], hostRank: rank,
                            isExact: isExact, path: own))
                }
            }
        }
        return best
    }

    /// 2 for the host itself, 1 for a wildcard of one label, 0 for a rule without a host; else nil.
    private static func rank(_ rule: String, _ host: String) -> Int? {
        if rule.isEmpty { return 0 }
        if rule == host { return 2 }
        guard rule.hasPrefix("*."), let dot = host.firstIndex(of: "."), dot != host.startIndex
        else {
            return nil
        }
        return host[dot...] == rule.dropFirst() ? 1 : nil
    }

    /// Element by element: `/foo` is a prefix of `/foo/bar`, not of `/foobar`.
    private static func isPrefix(_ prefix: String, of path: String) -> Bool {
        let prefix = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
        return prefix.isEmpty || path == prefix || path.hasPrefix(prefix + "/")
    }

    private static func forcesTLS(_ ingress: StoredObject, _ host: String) -> Bool {
        let annotation = ingress.value[.metadata][.annotations][
            "nginx.ingress.kubernetes.io/ssl-redirect"]
        guard annotation.string != "false" else { return false }
        return ingress.value[.spec].list("tls").contains { row in
            row.list("hosts").contains { $0.string?.lowercased() == host }
        }
    }

    /// What a backend sees of the path: under `rewrite-target: /`, `/`; under `/$2` and a path such as
    /// `/shop(/|$)(.*)` what follows `/shop/`.
    private static func rewritten(_ target: String, _ ingress: StoredObject) -> String {
        let key: Key = "nginx.ingress.kubernetes.io/rewrite-target"
        guard let rule = ingress.value[.metadata][.annotations][key].string else { return target }
        guard let dollar = rule.firstIndex(of: "$") else { return rule }
        var longest = ""
        for row in ingress.value[.spec].list("rules").flatMap({ $0["http"].list("paths") }) {
            guard let path = row[.path].string, let mark = path.firstIndex(of: "(") else {
                continue
            }
            let own = String(path[..<mark])
            if isPrefix(own, of: target), own.utf8.count >= longest.utf8.count { longest = own }
        }
        var rest = target.dropFirst(longest.count)
        while rest.hasPrefix("/") { rest = rest.dropFirst() }
        return rule[..<dollar] + String(rest)
    }

    /// Sends a request on to an endpoint of a route's Service, by lot.
    private func forward(
        _ request: ServerRequest, to route: IngressRoute, from source: Source
    ) -> ServerAnswer {
        let backend = route.backend["service"]
        let key = ObjectKey(namespace: route.ingress.namespace, name: backend.text(.name))
        let port = backend[.port]
        guard let service = state.get(.service, key),
            let row = service.value[.spec].list(.ports).first(where: { row in
                if let name = port[.name].string { return row.text(.name) == name }
                return row.int(.port) == port.int("number")
            })
        else { return Self.page(503, "503 Service Temporarily Unavailable") }
        let ready = endpoints(of: key, port: row.text(.name)).filter(\.isReady)
        guard !ready.isEmpty else { return Self.page(503, "503 Service Temporarily Unavailable") }
        switch arrive(from: source, at: draw(of: ready).target) {
        case .container(let place):
            return answer(place, to: request) ?? Self.page(502, "502 Bad Gateway")
        case .server, .names, .ingress, .refused, .unreachable:
            return Self.page(502, "502 Bad Gateway")
        case .silent:
            var page = Self.page(504, "504 Gateway Time-out")
            page.takes = 5_000
            return page
        }
    }

    private static func page(_ status: Int, _ title: String) -> ServerAnswer {
        if title.hasPrefix("default") { return ServerAnswer(title, status: status) }
        return ServerAnswer(
            "<html>\n<head><title>\(title)</title></head>\n<body>\n"
                + "<center><h1>\(title)</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n",
            status: status, type: "text/html")
    }
}
