import Model
import Value

/// What stands in a pod's `/etc/resolv.conf`: how a short name becomes the names that are asked for.
package struct ResolverSettings: Sendable {
    /// The domains that are tried behind a short name, in order.
    package var search: [String] = []
    /// How many dots make a name be tried as it is before the search list.
    package var dots = 1
    /// Whether the cluster's server is asked, or only one outside.
    package var usesClusterServer = true

    /// The settings of pods in `namespace` that ask for nothing special.
    package init(namespace: String) {
        search = [
            "\(namespace).svc.\(ClusterZone.domain)", "svc.\(ClusterZone.domain)",
            ClusterZone.domain,
        ]
        dots = 5
    }

    /// The settings of a pod by its dnsPolicy and dnsConfig.
    /// Source: kubelet's network/dns, GetPodDNS: with the policy Default, and with ClusterFirst on
    /// the host's network, the node's own settings count.
    package init(pod: Value) {
        let spec = pod[.spec]
        let policy = spec[.dnsPolicy].string ?? "ClusterFirst"
        let isHost = spec.flag(.hostNetwork)
        let isClusterFirst =
            policy == "ClusterFirstWithHostNet" || policy == "ClusterFirst" && !isHost
        self.init(namespace: pod[.metadata].text(.namespace))
        if !isClusterFirst {
            search = []
            dots = 1
            usesClusterServer = false
        }
        let config = spec[.dnsConfig]
        if config[.nameservers].elements.contains(where: { $0.string == ClusterZone.serverAddress })
        {
            usesClusterServer = true
        }
        for domain in config[.searches].elements.compactMap(\.string)
        where !search.contains(domain) { search.append(domain) }
        for option in config[.options].elements where option.text(.name) == "ndots" {
            dots = option[.value].string.flatMap { Int($0) } ?? dots
        }
    }

    /// The absolute names that are tried for `name`, in order. Worked example, with the five dots of
    /// a pod in `default`: `web.shop` becomes `web.shop.default.svc.cluster.local.`,
    /// `web.shop.svc.cluster.local.`, `web.shop.cluster.local.`, `web.shop.`.
    package func names(for name: String) -> [String] {
        if name.hasSuffix(".") { return [DNSName.absolute(name)] }
        let searched = search.map { DNSName.absolute("\(name).\($0)") }
        let plain = DNSName.absolute(name)
        return name.count { $0 == "." } >= dots ? [plain] + searched : searched + [plain]
    }

    /// Looks `name` up along the search list: the first answer that has records; else that a name
    /// exists without a record of the type; else the answer to the last name.
    package func look(
        up name: String, _ type: DNSRecordType, in dns: any NameServer
    ) -> (response: DNSResponse, asked: [DNSResponse]) {
        var asked: [DNSResponse] = []
        for candidate in names(for: name) {
            let response = answer(candidate, type, dns)
            asked.append(response)
            if !response.answers.isEmpty { return (response, asked) }
        }
        return (asked.first { $0.status == .noError } ?? asked[asked.count - 1], asked)
    }

    /// The answer of the server in use about one absolute name.
    package func answer(
        _ name: String, _ type: DNSRecordType, _ dns: any NameServer
    ) -> DNSResponse {
        if usesClusterServer { return dns.answer(name, type) }
        var response = DNSResponse(name: DNSName.absolute(name), type: type)
        response.status = .noSuchName
        response.isAuthoritative = false
        return response
    }
}
