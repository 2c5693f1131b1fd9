import Model
import Testing
import Value

@testable import Cluster

@Suite("protection of storage in use")
struct StorageProtectionControllersTests {
    private typealias Storage = PersistentVolumeControllerTests

    private func world() throws -> WholeWorld {
        let world = try WholeWorld(nodes: 1)
        try world.create(.persistentVolume, Storage.volume("v", "1Gi"))
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi"))
        try world.settle()
        return world
    }

    @Test("a pod without a node does not hold its claim")
    func unscheduled() throws {
        let world = try world()
        var pod = Storage.user("p", of: "c")
        pod[.spec][.nodeSelector] = ["no": "such"]
        try world.create(.pod, pod)
        try world.settle()
        try world.delete(.persistentVolumeClaim, "c")
        try world.settle()
        #expect(world.get(.persistentVolumeClaim, "c") == nil)
    }

    @Test("a pod on a node holds its claim even when it has finished, until it is deleted")
    func finished() throws {
        let world = try world()
        var pod = Storage.user("p", of: "c")
        pod[.spec][.restartPolicy] = "Never"
        pod[.spec][.containers][0][.command] = ["true"]
        try world.create(.pod, pod)
        try world.settle()
        #expect(PodView(try world.found(.pod, "p").value).phase == "Succeeded")
        try world.delete(.persistentVolumeClaim, "c")
        try world.settle()
        #expect(world.get(.persistentVolumeClaim, "c")?.isDeleting == true)
        try world.delete(.pod, "p")
        try world.settle()
        #expect(world.get(.persistentVolumeClaim, "c") == nil)
    }

    @Test("a bound volume stays until its claim is gone, an unbound one goes at once")
    func volumes() throws {
        let world = try world()
        try world.create(.persistentVolume, Storage.volume("free", "1Gi"))
        try world.settle()
        try world.delete(.persistentVolume, "free")
        try world.delete(.persistentVolume, "v")
        try world.settle()
        #expect(world.get(.persistentVolume, "free") == nil)
        #expect(world.get(.persistentVolume, "v")?.isDeleting == true)
        try world.delete(.persistentVolumeClaim, "c")
        try world.settle()
        #expect(world.get(.persistentVolume, "v") == nil)
    }
}
