import Model
import Value

/// Who asks: the user, a controller, the kubelet of a node.
package struct Actor: Hashable, Sendable {
    /// "deployment-controller", "kubelet", "kubectl".
    package let name: String
    /// The node of a kubelet; empty otherwise.
    package let host: String

    package init(name: String, host: String) {
        self.name = name
        self.host = host
    }

    /// "kubelet, node-1" or "deployment-controller".
    package var description: String { host.isEmpty ? name : "\(name), \(host)" }
}

/// What an API request does.
package enum RequestVerb: UInt8, Sendable {
    case create, update, patch, delete, bind, evict, scale, status, finalize
}

/// A committed write as the world's history tells it.
package struct WriteRecord: Sendable {
    /// Its number: 1, 2, 3 …
    package let sequence: Int
    /// The number of the write that it answers; 0 where time or a user began it.
    package let trigger: Int
    package let time: Milliseconds
    package let kind: Kind
    package let key: ObjectKey
    /// What became of the object.
    package let type: ChangeType
    /// Who asked for what.
    package let actor: Actor
    package let verb: RequestVerb
    /// The key that the controller was syncing; nil outside a sync.
    package let syncing: ObjectKey?
    /// The version before; nil where there was none.
    package let old: Value?
    /// The version after; of a deletion the last one there was.
    package let object: Value

    package init(
        sequence: Int, trigger: Int, time: Milliseconds, kind: Kind, key: ObjectKey,
        type: ChangeType, actor: Actor,
        verb: RequestVerb, syncing: ObjectKey?, old: Value?, object: Value
    ) {
        self.sequence = sequence
        self.trigger = trigger
        self.time = time
        self.kind = kind
        self.key = key
        self.type = type
        self.actor = actor
        self.verb = verb
        self.syncing = syncing
        self.old = old
        self.object = object
    }
}
