import Model
import Support
import Value

extension KindStrategy {
    /// A volume says since when it is in its phase.
    /// Source: the persistentvolume strategy and its status strategy.
    static let persistentVolume = with { strategy in
        strategy.initialStatus = [.phase: "Pending"]
        strategy.completeNew = { volume, server, _, _ in
            volume[.status]["lastPhaseTransitionTime"] = server.timestamp
        }
        strategy.carryOverStatus = { status, old, server in
            let time: Key = "lastPhaseTransitionTime"
            if status[.phase] == old[.phase] {
                if status[time].isNull { status[time] = old[time] }
            } else if status[time].isNull || status[time] == old[time] {
                status[time] = server.timestamp
            }
        }
    }

    static let persistentVolumeClaim = with { strategy in
        strategy.initialStatus = [.phase: "Pending"]
        strategy.completeNew = { claim, _, _, _ in completeDataSources(&claim, old: .null) }
        strategy.completeChanged = { claim, _, _, current in
            completeDataSources(&claim, old: current.value)
        }
        strategy.quota = .claims
    }

    /// Of a source that is given by its old or its new field, the other is filled in. The old one
    /// knows claims and snapshots alone; what else it names is dropped, as it always was.
    ///
    /// Source: pkg/api/persistentvolumeclaim (EnforceDataSourceBackwardsCompatibility,
    /// NormalizeDataSources; KEP-1495); namespaces of references are behind a closed gate.
    private static func completeDataSources(_ claim: inout Value, old: Value) {
        var spec = claim[.spec]
        let before = old[.spec]
        if !spec[.dataSourceRef].text(.namespace).isEmpty, before[.dataSourceRef].isNull {
            spec[.dataSourceRef] = nil
        }
        let source = spec[.dataSource]
        if before[.dataSource].isNull, before[.dataSourceRef].isNull, spec[.dataSourceRef].isNull,
            !source.isNull, !isClaimOrSnapshot(source)
        {
            spec[.dataSource] = nil
        }
        if !spec[.dataSource].isNull, spec[.dataSourceRef].isNull {
            spec[.dataSourceRef] = spec[.dataSource]
        } else if !spec[.dataSourceRef].isNull, spec[.dataSource].isNull,
            spec[.dataSourceRef].text(.namespace).isEmpty
        {
            spec[.dataSource] = spec[.dataSourceRef]
            spec[.dataSource][.namespace] = .null
        }
        if spec != claim[.spec] { claim[.spec] = spec }
    }

    private static func isClaimOrSnapshot(_ source: Value) -> Bool {
        switch source.text(.kind) {
        case "PersistentVolumeClaim": source.text(.apiGroup).isEmpty
        case "VolumeSnapshot": source[.apiGroup] == "snapshot.storage.k8s.io"
        default: false
        }
    }
}
