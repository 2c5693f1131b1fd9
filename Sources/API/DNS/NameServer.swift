/// A DNS server of a cluster, as it answers at one instant.
package protocol NameServer {
    /// The answer to a question about an absolute name; a missing final dot is put there.
    func answer(_ name: String, _ type: DNSRecordType) -> DNSResponse
}

/// The zone that a cluster's DNS looks after, with kubeadm's settings.
package enum ClusterZone {
    /// The cluster's domain, without a final dot.
    package static let domain = "cluster.local"
    /// The address of the server.
    package static let serverAddress = "10.96.0.10"
}
