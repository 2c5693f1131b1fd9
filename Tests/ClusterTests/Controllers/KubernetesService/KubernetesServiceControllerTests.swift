import Model
import Testing
import Value

@testable import Cluster

@Suite("the API server's own service")
struct KubernetesServiceControllerTests {
    @Test("comes back within ten seconds, under its old address, with endpoints")
    func comesBack() throws {
        let world = try WholeWorld(nodes: 0)
        try world.cluster.advance(by: 3_000)
        let before = try world.found(.service, "kubernetes")
        try world.delete(.service, "kubernetes")
        try world.delete(.endpointSlice, "kubernetes")
        try world.cluster.advance(by: 6_900)
        #expect(world.get(.service, "kubernetes") == nil)
        #expect(world.get(.endpoints, "kubernetes") == nil)
        try world.cluster.advance(by: 200)
        let after = try world.found(.service, "kubernetes")
        #expect(after.uid != before.uid)
        #expect(after.value[.spec][.clusterIP] == "10.96.0.1")
        #expect(
            try world.found(.endpoints, "kubernetes").value[.subsets][0][.addresses][0][.ip]
                == "172.18.0.1")
        #expect(world.get(.endpointSlice, "kubernetes") != nil)
    }
}
