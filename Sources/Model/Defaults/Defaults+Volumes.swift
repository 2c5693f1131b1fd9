import Support
import Value

extension Defaults {
    /// 0644, the mode of files from ConfigMaps, Secrets and the like.
    private static let fileMode: Value = 420

    /// SetDefaults_Volume and the defaults of each source. A volume without a source is an emptyDir.
    static func volume(_ volume: inout Value) {
        if volume.fields.allSatisfy({ $0.key == .name }) { volume[.emptyDir] = .emptyObject }
        for source in [Key.configMap, .secret, .downwardAPI, .projected] {
            volume.ifPresent(source) { $0.fill(.defaultMode, fileMode) }
        }
        volume.ifPresent(.downwardAPI) { files(&$0) }
        volume.ifPresent(.projected) { projected in
            projected.forEach(.sources) { source in
                source.ifPresent(.serviceAccountToken) { $0.fill(.expirationSeconds, 3600) }
                source.ifPresent(.downwardAPI) { files(&$0) }
            }
        }
        volume.ifPresent(.hostPath) { $0.fill(.type, "") }
        volume.ifPresent(.ephemeral) { ephemeral in
            ephemeral.ifPresent(.volumeClaimTemplate) { template in
                template.ifPresent(.spec) { $0.fill(.volumeMode, "Filesystem") }
            }
        }
        volume.ifPresent(.image) { image in
            image.fill("pullPolicy", Value(pullPolicy(image: image.text("reference"))))
        }
        remoteSources(&volume)
    }

    /// SetDefaults_ObjectFieldSelector and the quantity that Go cannot omit.
    private static func files(_ source: inout Value) {
        source.forEach(.items) { file in
            file.ifPresent(.fieldRef) { $0.fill(.apiVersion, "v1") }
            file.ifPresent(.resourceFieldRef) { $0.fill(.divisor, "0") }
        }
    }

    /// SetDefaults_ISCSIVolumeSource, SetDefaults_RBDVolumeSource, SetDefaults_AzureDiskVolumeSource,
    /// SetDefaults_ScaleIOVolumeSource; the sources of PersistentVolumes have the same.
    static func remoteSources(_ volume: inout Value) {
        volume.ifPresent(.iscsi) { $0.fill("iscsiInterface", "default") }
        volume.ifPresent(.rbd) { rbd in
            rbd.fill("pool", "rbd")
            rbd.fill(.user, "admin")
            rbd.fill("keyring", "/etc/ceph/keyring")
        }
        volume.ifPresent(.azureDisk) { disk in
            disk.fill("cachingMode", "ReadWrite")
            disk.fill(.kind, "Shared")
            disk.fill(.fsType, "ext4")
            disk.fill(.readOnly, false)
        }
        volume.ifPresent(.scaleIO) { source in
            source.fill("storageMode", "ThinProvisioned")
            source.fill(.fsType, "xfs")
        }
    }
}
