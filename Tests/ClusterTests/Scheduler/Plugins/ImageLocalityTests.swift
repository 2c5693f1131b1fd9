import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin ImageLocality")
struct ImageLocalityTests {
    private static func images(_ images: (String, Int)...) -> Value {
        .array(
            images.map { [.names: [Value($0.0)], .sizeBytes: Value($0.1 * 1024 * 1024)] })
    }

    private static func containers(_ images: String..., initial: [String] = []) -> Value {
        func list(_ images: [String]) -> Value {
            .array(images.enumerated().map { [.name: Value("c\($0)"), .image: Value($1)] })
        }
        return [.containers: list(images), .initContainers: list(initial)]
    }

    /// Of four nodes two hold nginx:1.25 of 500 Mi, one redis:latest of 2000 Mi, one nothing.
    @Test(
        "an image counts by its size and by how many nodes have it",
        arguments: [
            // 500 · 2/4 = 250: 100·(250 - 23)/(1000 - 23) = 23.2.
            (containers("nginx:1.25"), [23, 23, 0, 0]),
            // 2000 · 1/4 = 500: 100·(500 - 23)/977 = 48.8; a name without a tag means latest.
            (containers("redis"), [0, 0, 48, 0]),
            // Two containers: up to 2000: 100·(250 - 23)/1977 = 11.4, 100·(500 - 23)/1977 = 24.1.
            (containers("nginx:1.25", "redis"), [11, 11, 24, 0]),
            // Init containers count like others.
            (containers("nginx:1.25", initial: ["redis"]), [11, 11, 24, 0]),
            // The port of a registry is no tag.
            (containers("registry:5000/redis"), [0, 0, 0, 0]),
            (containers("nginx:1.26"), [0, 0, 0, 0]),
        ] as [(Value, [Int])])
    func score(spec: Value, expected: [Int]) throws {
        var world = try PluginWorld()
        world.add(
            node("a", images: Self.images(("nginx:1.25", 500))),
            node("b", images: Self.images(("nginx:1.25", 500))),
            node("c", images: Self.images(("redis:latest", 2000))), node("d"))
        #expect(world.points(ImageLocality.self, pod(spec)) == expected)
    }

    @Test("an image of less than 23 Mi is worth nothing, one of more than 1000 Mi no more")
    func bounds() throws {
        var world = try PluginWorld()
        world.add(node("a", images: Self.images(("tiny:1", 22), ("huge:1", 5000))))
        #expect(world.points(ImageLocality.self, pod(Self.containers("tiny:1"))) == [0])
        #expect(world.points(ImageLocality.self, pod(Self.containers("huge:1"))) == [100])
    }

    @Test("where no node reports images, nobody gets points")
    func noImages() throws {
        var world = try PluginWorld()
        world.add(node("a"), node("b"))
        #expect(world.points(ImageLocality.self, pod()) == nil)
    }
}
