import Model
import Value

/// A process that a connection led to.
package struct ContainerPlace {
    let work: PodWork
    let index: Int
    /// Which run of the container it is.
    let generation: Int
    /// Where the connection came to.
    let port: Int
    /// Who connected, as it sees it.
    let client: String

    /// The pod.
    package var pod: ObjectKey { work.key }
    package var container: String { work.runs[index].name }

    /// Whether the same process still runs.
    package var isAlive: Bool {
        work.runs[index].generation == generation && work.runs[index].isAlive && !work.isDead
    }

    var plan: ContainerPlan { work.runs[index].plan }
}

/// What a connection came to.
package enum Reach {
    case container(ContainerPlace)
    /// The API server.
    case server
    /// The DNS server.
    case names
    /// The routes of Ingresses, at an address of theirs or in their controller's process.
    case ingress(IngressEntry)
    /// Nobody listens there.
    case refused
    /// Nothing comes back.
    case silent
    /// Nobody has the address, as turns out after a time.
    case unreachable(Milliseconds)
}
