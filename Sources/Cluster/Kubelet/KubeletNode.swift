import API
import Model
import Support
import Value

/// A node as its kubelet sees it.
struct KubeletNode {
    let name: String
    let actor: ActorID
    /// Dense, from 0.
    let number: Int
    /// The node's own address.
    var address: Value = .null
    var isAlive = false
    /// Whether it runs without reaching the API server.
    var isCutOff = false
    /// When the last pod that was to be started will start.
    var isFull: Milliseconds = -1_000_000
    /// The images that were pulled, and until when pulls are on their way.
    var images: Set<String> = []
    var pullsUntil: Milliseconds = 0
    /// Bytes in use, by ``Pressure``; whether the node says so, and until when it goes on saying so.
    var usage: [Int64] = [0, 0]
    var isPressed = [false, false]
    var pressedUntil: [Milliseconds] = [0, 0]
    /// When the eviction manager looks next.
    var nextPass: Milliseconds?
    /// How often it died or was cut off: what it meant to do before is void then.
    var lives = 0
    /// How often its machine was started again after it died.
    var boots = 0
    /// Whether it died, and its machine is still there.
    var isDown = false
    /// Whether it last saw its node as cordoned.
    var wasUnschedulable = false
    /// The addresses of its pods.
    var addresses: AddressPool
    /// The pods that wait for more of the node.
    var crowded: [Slot] = []
    /// The pods that wait for a free address, and when each is tried again.
    var starved: [(slot: Slot, retry: Milliseconds)] = []

    init(name: String, actor: ActorID, number: Int) {
        self.name = name
        self.actor = actor
        self.number = number
        addresses = AddressPool(range: "10.244.\(number % 256).0/24")!
        relistPhase = Milliseconds(number % 7) * 130 + 70
    }

    /// Where in each second the kubelet looks what became of its containers.
    var relistPhase: Milliseconds
}
