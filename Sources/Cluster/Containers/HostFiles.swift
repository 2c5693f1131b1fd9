import API
import Model
import Value

/// The files that kubelet and runtime write into every container: `/etc/hosts`, `/etc/resolv.conf`.
enum HostFiles {
    /// The pod's host name and domain. Source: kubelet's GeneratePodHostNameAndDomain.
    static func names(of pod: Value) -> (host: String, domain: String) {
        let spec = pod[.spec]
        if let other = spec[.hostnameOverride].string, !other.isEmpty { return (cut(other), "") }
        let own = spec.text(.hostname)
        let host = cut(own.isEmpty ? pod[.metadata].text(.name) : own)
        let subdomain = spec.text(.subdomain)
        return (
            host,
            subdomain.isEmpty
                ? "" : "\(subdomain).\(pod[.metadata].text(.namespace)).svc.\(ClusterZone.domain)"
        )
    }

    /// A host name has 63 characters at most, and ends in none of `-.`.
    private static func cut(_ name: String) -> String {
        guard name.utf8.count > 63 else { return name }
        var name = name.prefix(63)
        while let last = name.last, last == "-" || last == "." { name = name.dropLast() }
        return String(name)
    }

    /// Source: kubelet's managedHostsFileContent, nodeHostsFileContent.
    static func hosts(of pod: Value, addresses: [String], node: String, nodeAddress: String)
        -> String
    {
        let (host, domain) = names(of: pod)
        var text: String
        if pod[.spec].flag(.hostNetwork) {
            text = "# Kubernetes-managed hosts file (host network).\n"
            text += "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n"
            text += "\(nodeAddress)\t\(node)\n"
        } else {
            text = "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n"
            text += "::1\tlocalhost ip6-localhost ip6-loopback\n"
            text += "fe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\n"
            text += "fe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n"
            for address in addresses {
                text +=
                    domain.isEmpty
                    ? "\(address)\t\(host)\n" : "\(address)\t\(host).\(domain)\t\(host)\n"
            }
        }
        let aliases = pod[.spec][.hostAliases].elements
        if !aliases.isEmpty { text += "\n# Entries added by HostAliases.\n" }
        for alias in aliases {
            let names = alias[.hostnames].elements.compactMap(\.string).joined(separator: "\t")
            text += "\(alias.text(.ip))\t\(names)\n"
        }
        return text
    }

    /// The name server of a machine that asks none of the cluster's.
    private static let outside = "192.168.0.2"

    /// Source: kubelet's network/dns, GetPodDNS, appendDNSConfig, mergeDNSOptions. Options that upstream
    /// takes from a map stand in the order of their names here.
    static func resolver(of pod: Value) -> String {
        let spec = pod[.spec]
        let policy = spec[.dnsPolicy].string ?? "ClusterFirst"
        let isHost = spec.flag(.hostNetwork)
        var servers: [String] = []
        var options: [String: String] = [:]
        var searches: [String] = []
        if policy == "ClusterFirstWithHostNet" || policy == "ClusterFirst" && !isHost {
            servers = [ClusterZone.serverAddress]
            searches = ResolverSettings(namespace: pod[.metadata].text(.namespace)).search
            options["ndots"] = "5"
        } else if policy != "None" {
            servers = [outside]
        }
        let config = spec[.dnsConfig]
        for server in config[.nameservers].elements.compactMap(\.string)
        where !servers.contains(server) { servers.append(server) }
        for search in config[.searches].elements.compactMap(\.string)
        where !searches.contains(search) { searches.append(search) }
        for option in config[.options].elements {
            options[option.text(.name)] = option[.value].string ?? ""
        }
        var text = ""
        if !searches.isEmpty { text += "search \(searches.joined(separator: " "))\n" }
        for server in servers { text += "nameserver \(server)\n" }
        let shown = options.sorted { $0.key < $1.key }.map {
            $0.value.isEmpty ? $0.key : "\($0.key):\($0.value)"
        }
        if !shown.isEmpty { text += "options \(shown.joined(separator: " "))\n" }
        return text
    }
}
