import Support
import Value

extension DescriptionWriter {
    /// The volumes of a pod or of a template.
    mutating func volumes(_ volumes: Value, space: String) {
        let list = volumes.elements
        guard !list.isEmpty else { return line(0, "\(space)Volumes:\t<none>") }
        line(0, "\(space)Volumes:")
        for volume in list {
            line(1, "\(space.isEmpty ? "" : " ")\(volume[.name].cellText):")
            volumeSource(of: volume, isPersistent: false)
        }
    }

    /// Where the content of a volume comes from: the one source that `holder` has. Of a
    /// PersistentVolume some sources show other fields.
    mutating func volumeSource(of holder: Value, isPersistent: Bool) {
        for source in VolumeSource.all {
            let value = holder[source.field]
            guard !value.isNull else { continue }
            line(2, "Type:\t\(source.type)")
            for row in source.rows where row.scope.fits(isPersistent: isPersistent) {
                line(2, "\(row.title)\t\(row.text(value))")
            }
            switch source.field {
            case .projected: projectedSources(value)
            case .downwardAPI: downwardItems(value)
            case .ephemeral: claimTemplate(value[.volumeClaimTemplate])
            case .csi: volumeAttributes(value["volumeAttributes"])
            default: break
            }
            return
        }
        line(1, "<unknown>")
    }

    /// The sources of a projected volume; of the newer ones 1.36 shows nothing.
    private mutating func projectedSources(_ projected: Value) {
        for source in projected[.sources].elements {
            if !source[.secret].isNull {
                line(2, "SecretName:\t\(source[.secret][.name].cellText)")
                line(2, "Optional:\t\(source[.secret][.optional].cellText(or: "false"))")
            } else if !source[.downwardAPI].isNull {
                line(2, "DownwardAPI:\ttrue")
            } else if !source[.configMap].isNull {
                line(2, "ConfigMapName:\t\(source[.configMap][.name].cellText)")
                line(2, "Optional:\t\(source[.configMap][.optional].cellText(or: "false"))")
            } else if !source[.serviceAccountToken].isNull {
                let seconds = source[.serviceAccountToken][.expirationSeconds].cellInt
                line(2, "TokenExpirationSeconds:\t\(seconds)")
            }
        }
    }

    private mutating func downwardItems(_ volume: Value) {
        line(2, "Items:")
        for item in volume[.items].elements {
            let path = item[.path].cellText
            if !item[.fieldRef].isNull {
                line(3, "\(item[.fieldRef][.fieldPath].cellText) -> \(path)")
            }
            if !item[.resourceFieldRef].isNull {
                line(3, "\(item[.resourceFieldRef][.resource].cellText) -> \(path)")
            }
        }
    }

    private mutating func claimTemplate(_ template: Value) {
        guard !template.isNull else { return }
        nesting += 2
        claim(template, isTemplate: true)
        nesting -= 2
    }

    private mutating func volumeAttributes(_ attributes: Value) {
        let limit = 140
        write(2, "VolumeAttributes:\t")
        let list = attributes.fields.sortedByName
        guard !list.isEmpty else { return end("<none>") }
        for (index, field) in list.enumerated() {
            if index > 0 {
                write(2, "")
                write(2, "\t")
            }
            line(2, shortened("\(field.key.name)=\(field.value.cellText)", limit))
        }
    }
}

/// One kind of volume source and the lines that show it. Source: kubectl 1.36, pkg/describe.
struct VolumeSource: Sendable {
    /// Which volumes show a line.
    enum Scope: Sendable {
        case any
        case podVolume
        case persistentVolume

        func fits(isPersistent: Bool) -> Bool {
            switch self {
            case .any: true
            case .podVolume: !isPersistent
            case .persistentVolume: isPersistent
            }
        }
    }

    /// One line.
    struct Row: Sendable {
        let title: String
        let scope: Scope
        let text: @Sendable (Value) -> String

        /// A line with `title` and, but for one oversight of kubectl's, a colon.
        init(
            _ title: String, colon: String = ":", scope: Scope = .any,
            text: @escaping @Sendable (Value) -> String
        ) {
            self.title = title + colon
            self.scope = scope
            self.text = text
        }
    }

    let field: Key
    let type: String
    let rows: [Row]

    init(_ field: Key, _ type: String, _ rows: Row...) {
        self.field = field
        self.type = type
        self.rows = rows
    }
}

extension VolumeSource.Row {
    /// A line of one text field.
    static func text(
        _ title: String, _ field: Key, or placeholder: String = "",
        scope: VolumeSource.Scope = .any
    ) -> Self {
        Self(title, scope: scope) { $0[field].cellText(or: placeholder) }
    }

    /// A line of a boolean that reads false where it is absent.
    static func flag(_ title: String, _ field: Key) -> Self {
        text(title, field, or: "false")
    }
}
