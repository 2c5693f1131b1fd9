import API
import Model
import Value

/// From where a verb asks the cluster's DNS: the resolver settings of a namespace or of one pod.
struct NameLookup {
    let settings: ResolverSettings
    let dns: any NameServer

    /// The flags of verbs that ask for names.
    static let flags: [Flag] = [
        Flag("from", nil, .string, "the pod whose resolver settings count, as in pod/web-0"),
        .namespace,
    ]

    /// The settings that the flags of `call` ask for; without any those of a pod in the namespace in
    /// force.
    init(_ call: VerbCall) throws(VerbError) {
        let context = call.context
        dns = try context.world().nameServer
        let given = call.flags.string("namespace")
        let namespace = given.isEmpty ? context.namespace : given
        guard call.flags.has("from") else {
            settings = ResolverSettings(namespace: namespace)
            return
        }
        var name = call.flags.string("from")[...]
        for prefix in ["pod/", "pods/", "po/"] where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
        }
        do throws(APIError) {
            settings = ResolverSettings(
                pod: try context.client.get(.pod, namespace: namespace, name: String(name)))
        } catch {
            throw .api(error, context.kinds[.pod])
        }
    }

    /// What the verbs say of a server that is not there.
    static func checkServer(_ server: String) throws(VerbError) {
        let names = ["kube-dns.kube-system", "kube-dns.kube-system.svc.\(ClusterZone.domain)"]
        guard server == ClusterZone.serverAddress || names.contains(server) else {
            throw .message(
                "the only DNS server of the simulated cluster is \(ClusterZone.serverAddress) (kube-dns), "
                    + "not \(server)")
        }
    }
}
