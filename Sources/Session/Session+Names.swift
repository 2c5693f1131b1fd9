import API
import Cluster
import Language
import Value

extension Session {
    package func resolve(_ name: String, type word: String) throws -> Resolution {
        guard let type = DNSRecordType(named: word) else {
            let known = DNSRecordType.allCases.map(\.rawValue).joined(separator: ", ")
            throw HostError("\(word) is no type of DNS record", hint: "known are \(known)")
        }
        let settings = ResolverSettings(namespace: namespace)
        let dns = ClusterDNS(cluster)
        if type == .ptr, let reverse = DNSName.reverse(of: name) {
            return resolution([dns.answer(reverse, type)], of: type)
        }
        return resolution(settings.look(up: name, type, in: dns).asked, of: type)
    }

    /// The last answer that was looked at, and what all of them depend on.
    private func resolution(_ asked: [DNSResponse], of type: DNSRecordType) -> Resolution {
        let isAddress = type == .a || type == .aaaa
        let response = asked.last { !$0.answers.isEmpty }
        let values = isAddress ? response?.addresses : response?.answers.map(\.data)
        var reads: [ResourceQuery] = []
        for subject in asked.flatMap(ClusterDNS.subjects(of:)) {
            for query in queries(about: subject) where !reads.contains(query) {
                reads.append(query)
            }
        }
        return Resolution(values: values ?? [], reads: reads)
    }

    /// A Service and its endpoint slices; all of them where an address is asked for its name.
    private func queries(about subject: ClusterDNS.Subject) -> [ResourceQuery] {
        guard let services = kind(named: "services"), let slices = kind(named: "endpointslices")
        else { return [] }
        switch subject {
        case .service(let namespace, let name):
            return [
                ResourceQuery(
                    kind: services, writtenKind: "service", name: name,
                    namespace: .named(namespace)),
                ResourceQuery(
                    kind: slices, writtenKind: "endpointslices", name: nil,
                    namespace: .named(namespace),
                    requirements: [
                        LabelRequirement(
                            key: "kubernetes.io/service-name", relation: .equal, values: [name])
                    ]),
            ]
        case .everything:
            return [services, slices].map {
                ResourceQuery(
                    kind: $0, writtenKind: $0.resource, name: nil, namespace: .all)
            }
        }
    }
}
