import Support
import Value

/// Nodes that hold the images of a pod score higher, by the images' sizes.
///
/// Nodes tell of their images in `status.images`. The nodes of this simulation report none there:
/// what is not in the status counts for nothing.
enum ImageLocality: ScorePlugin {
    static let name = "ImageLocality"
    static let podFields: [Key] = [.containers, .initContainers, .volumes]
    static let nodeTallies = [holders]

    /// By image: the nodes that hold it.
    private static let holders = NodeTally(name: "images") { Array($0.images.keys) }

    private static let mebibyte: Int64 = 1024 * 1024
    /// Less than that is pulled in no time; what is larger counts as this much per container.
    private static let least = 23 * mebibyte
    private static let mostPerContainer = 1_000 * mebibyte

    /// An image counts by its size times the share of nodes that hold it, so that pods do not crowd
    /// on few nodes. An image of 500 MiB on 2 of 4 nodes counts 250 MiB; for a pod of one container
    /// that gives 100 · (250 - 23) / (1000 - 23) = 23.
    static func score(_ pod: PodToPlace, _ candidates: [Int], _ cache: inout SchedulerCache)
        -> [Int]?
    {
        let counts = cache.counts(holders)
        guard !counts.isEmpty else { return nil }
        let reading = pod.needs.reading(Images.self)
        let nodes = Double(cache.present.count)
        let most = mostPerContainer * Int64(reading.containers)
        return candidates.map { number in
            let sum = reading.names.reduce(Int64(0)) { sum, image in
                guard let size = cache.nodes[number].images[image] else { return sum }
                return sum + Int64(Double(size) * (Double(counts[image] ?? 0) / nodes))
            }
            let bounded = max(least, min(most, sum))
            return Int(Int64(Points.maximum) * (bounded - least) / (most - least))
        }
    }

    private final class Images: PodReading {
        /// With a tag each, those of several containers as often as they are used.
        let names: [String]
        let containers: Int

        init(_ pod: PodNeeds) {
            let all = pod.spec[.initContainers].elements + pod.spec[.containers].elements
            containers = all.count
            let volumes = pod.spec[.volumes].elements.compactMap { $0[.image]["reference"].string }
            names = (all.map { $0.text(.image) } + volumes).map(Self.normalized)
        }

        /// "nginx" is "nginx:latest"; the colon of a registry's port is no tag.
        private static func normalized(_ name: String) -> String {
            let last = name.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
            return last.contains(":") ? name : name + ":latest"
        }
    }
}
