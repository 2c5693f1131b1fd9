import Model
import Support
import Value

/// Drops the fields of pods and templates that stand behind gates which 1.36 ships closed: the server
/// takes the object without them, and without a word. An old version that uses one may keep it.
///
/// Source: pkg/api/pod/util.go (dropDisabledFields): ContainerStopSignals, GenericWorkload,
/// ClusterTrustBundleProjection, PodCertificateRequest.
enum PodFieldGates {
    private static let projections: [Key] = ["clusterTrustBundle", "podCertificate"]
    private static let stopSignal: Key = "stopSignal"
    private static let schedulingGroup: Key = "schedulingGroup"
    private static let containers: [Key] = [.containers, .initContainers, .ephemeralContainers]

    /// Drops them from the template at `path`, or from the pod itself.
    static func drop(from object: inout Value, old: Value, at path: [Key]) {
        let place = path + [.spec]
        let spec = object.value(at: place)
        let before = old.value(at: place)
        var result = spec
        if before[schedulingGroup].isNull, !spec[schedulingGroup].isNull {
            result[schedulingGroup] = .null
        }
        if usesStopSignal(spec), !usesStopSignal(before) { dropStopSignals(&result) }
        for key in projections where uses(key, spec) && !uses(key, before) {
            dropProjection(key, &result)
        }
        if result != spec {
            object.modify(at: place) { $0 = result }
        }
    }

    private static func usesStopSignal(_ spec: Value) -> Bool {
        containers.contains { list in
            spec.list(list).contains { !$0[.lifecycle][stopSignal].isNull }
        }
    }

    private static func dropStopSignals(_ spec: inout Value) {
        for list in containers {
            for index in spec[list].elements.indices
            where !spec[list][index][.lifecycle][stopSignal].isNull {
                spec[list][index][.lifecycle][stopSignal] = .null
                if spec[list][index][.lifecycle].count == 0 {
                    spec[list][index][.lifecycle] = .null
                }
            }
        }
    }

    private static func uses(_ projection: Key, _ spec: Value) -> Bool {
        spec.list(.volumes).contains { volume in
            volume[.projected].list(.sources).contains { !$0[projection].isNull }
        }
    }

    private static func dropProjection(_ projection: Key, _ spec: inout Value) {
        for index in spec[.volumes].elements.indices {
            for number in spec[.volumes][index][.projected][.sources].elements.indices
            where !spec[.volumes][index][.projected][.sources][number][projection].isNull {
                spec[.volumes][index][.projected][.sources][number][projection] = .null
            }
        }
    }
}
