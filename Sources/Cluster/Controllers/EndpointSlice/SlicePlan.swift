import Model
import Support
import Value

/// How the endpoints of one set of ports are spread over slices, and which slices that changes.
///
/// Source: staging/src/k8s.io/endpointslice/reconciler.go, reconcileByPortMapping. Endpoints stay in
/// their slice; slices that change anyway are filled up first, the fullest before the others; what is
/// left goes into the one unchanged slice that it fills best, or into new ones. Worked example: two
/// slices of 100 and 98 endpoints, five new pods and none gone: no unchanged slice takes five, so a
/// third slice comes to be, and only that is written.
struct SlicePlan {
    /// The most endpoints of a slice (upstream's --max-endpoints-per-slice).
    static let capacity = 100

    /// A slice as it shall be.
    struct Slice {
        /// As it is; nil for one to be created.
        var current: StoredObject?
        let ports: [EndpointPort]
        var endpoints: [Value]
        fileprivate var isChanged = false
    }

    private(set) var created: [Slice] = []
    private(set) var updated: [Slice] = []
    private(set) var deleted: [StoredObject] = []

    init() {}

    /// Plans one set of ports. `labelsDiffer` says whether a slice lacks the labels of its service.
    init(
        _ endpoints: [Value], at ports: [EndpointPort], over current: [StoredObject],
        labelsDiffer: (StoredObject) -> Bool
    ) {
        var rest = Rest(endpoints, over: current)
        var slices: [Slice] = []
        for object in current {
            let old = object.value[.endpoints].elements
            let kept = old.compactMap { rest.take($0) }
            if kept.isEmpty, !old.isEmpty {
                deleted.append(object)
                continue
            }
            var slice = Slice(current: object, ports: ports, endpoints: kept)
            slice.isChanged = kept != old || labelsDiffer(object)
            slices.append(slice)
        }
        finish(&slices, &rest, at: ports)
    }

    /// Plans the endpoints of one set of ports that all pods have, of which `roster` knows where they stand;
    /// nil where one of them stands in two slices.
    init?(
        _ roster: SliceRoster, at ports: [EndpointPort], over all: [StoredObject], labels: Value
    ) {
        let shown = Value.array(ports.map { $0.value(showsEmptyName: true) })
        let current = all.filter { $0.value[.ports] == shown }
        guard let kept = roster.kept(in: current) else { return nil }
        var slices: [Slice] = []
        for (object, kept) in zip(current, kept) {
            let old = object.value[.endpoints].elements
            if let kept, kept.isEmpty, !old.isEmpty {
                deleted.append(object)
                continue
            }
            var slice = Slice(current: object, ports: ports, endpoints: kept ?? old)
            slice.isChanged = kept != nil || object.value[.metadata][.labels] != labels
            slices.append(slice)
        }
        var rest = Rest(roster.rest)
        finish(&slices, &rest, at: ports)
        delete(all.filter { $0.value[.ports] != shown })
    }

    /// Gives the endpoints their places that have none yet.
    private mutating func finish(
        _ slices: inout [Slice], _ rest: inout Rest, at ports: [EndpointPort]
    ) {
        let fullest = slices.indices.filter { slices[$0].isChanged }.sorted {
            slices[$0].endpoints.count == slices[$1].endpoints.count
                ? $0 < $1 : slices[$0].endpoints.count > slices[$1].endpoints.count
        }
        for index in fullest { rest.fill(&slices[index]) }
        while !rest.isEmpty {
            if let index = Self.bestFit(slices, rest.count) {
                rest.fill(&slices[index])
                slices[index].isChanged = true
            } else {
                var slice = Slice(current: nil, ports: ports, endpoints: [])
                rest.fill(&slice)
                created.append(slice)
            }
        }
        updated = slices.filter(\.isChanged)
    }

    /// The unchanged slice that `count` more endpoints fill best (getSliceToFill).
    private static func bestFit(_ slices: [Slice], _ count: Int) -> Int? {
        guard count < capacity else { return nil }
        return slices.indices.filter { index in
            let room = capacity - slices[index].endpoints.count
            return !slices[index].isChanged && room >= count && room - count < capacity
        }.min { slices[$0].endpoints.count > slices[$1].endpoints.count }
    }

    /// Adds what another set of ports needs.
    mutating func add(_ other: SlicePlan) {
        created += other.created
        updated += other.updated
        deleted += other.deleted
    }

    /// Adds slices whose ports nobody has any more.
    mutating func delete(_ slices: [StoredObject]) { deleted += slices }

    /// Adds the empty slice that a service without endpoints has.
    mutating func createPlaceholder() {
        created.append(Slice(current: nil, ports: [], endpoints: []))
    }

    /// Leaves alone what was to be deleted.
    mutating func keepAll() { deleted = [] }

    /// Turns creations into updates of slices that would be deleted. Source: finalize.
    mutating func recycle() {
        var left: [StoredObject] = []
        for object in deleted {
            if var slice = created.popLast() {
                slice.current = object
                updated.append(slice)
            } else {
                left.append(object)
            }
        }
        deleted = left
    }

    /// Whether two plans come to the same.
    func isSame(as other: SlicePlan) -> Bool {
        func areSame(_ left: [Slice], _ right: [Slice]) -> Bool {
            left.count == right.count
                && zip(left, right).allSatisfy {
                    $0.current === $1.current && $0.ports == $1.ports
                        && $0.endpoints == $1.endpoints
                }
        }
        return areSame(created, other.created) && areSame(updated, other.updated)
            && deleted == other.deleted
    }

    /// The endpoints that have no place yet, by pod, in their order.
    private struct Rest {
        private let endpoints: [Value]
        private var isTaken: [Bool]
        /// Most endpoints are in a slice as they are: these are found by their storage.
        private var byStorage: [ObjectIdentifier: Int] = [:]
        /// The others by their pod.
        private var byPod: [String: Int] = [:]
        /// All by their pod, once an old endpoint is found neither way: its pod is gone, or it stands in two
        /// slices, of which the first has it.
        private var allByPod: [String: Int]?
        private var next = 0
        private(set) var count: Int

        init(_ endpoints: [Value], over current: [StoredObject]) {
            self.endpoints = endpoints
            count = endpoints.count
            isTaken = Array(repeating: false, count: endpoints.count)
            byStorage.reserveCapacity(endpoints.count)
            for (place, endpoint) in endpoints.enumerated() {
                byStorage[endpoint.fields.identity] = place
            }
            var isPlaced = isTaken
            for slice in current {
                for old in slice.value[.endpoints].elements {
                    if let place = byStorage[old.fields.identity] { isPlaced[place] = true }
                }
            }
            for place in endpoints.indices where !isPlaced[place] {
                byPod[endpoints[place][.targetRef].text(.uid)] = place
            }
        }

        /// Endpoints of which none has a place.
        init(_ endpoints: [Value]) {
            self.endpoints = endpoints
            count = endpoints.count
            isTaken = Array(repeating: false, count: endpoints.count)
        }

        var isEmpty: Bool { count == 0 }

        /// The endpoint of the same pod as `old`, which then has its place.
        mutating func take(_ old: Value) -> Value? {
            if let place = byStorage[old.fields.identity] { return take(at: place) }
            let uid = old[.targetRef].text(.uid)
            return (byPod[uid] ?? place(ofPod: uid)).flatMap { take(at: $0) }
        }

        private mutating func place(ofPod uid: String) -> Int? {
            if allByPod == nil {
                var places: [String: Int] = [:]
                for (place, endpoint) in endpoints.enumerated() {
                    places[endpoint[.targetRef].text(.uid)] = place
                }
                allByPod = places
            }
            return allByPod?[uid]
        }

        private mutating func take(at place: Int) -> Value? {
            guard !isTaken[place] else { return nil }
            isTaken[place] = true
            count -= 1
            return endpoints[place]
        }

        mutating func fill(_ slice: inout Slice) {
            while next < endpoints.count, slice.endpoints.count < SlicePlan.capacity {
                if let endpoint = take(at: next) { slice.endpoints.append(endpoint) }
                next += 1
            }
        }
    }
}
