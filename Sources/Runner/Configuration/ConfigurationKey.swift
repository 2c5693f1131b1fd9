import Language
import Support
import Value

/// A key of `drydock.yaml`: how its value is read.
package struct ConfigurationKey: Sendable {
    package let name: String
    /// What it sets; a phrase for documentation.
    package let summary: String
    let read: @Sendable (ConfigurationField, inout Configuration) throws(ConfigurationError) -> Void

    /// All of them, in the order of the documentation.
    package static let all: [ConfigurationKey] = [
        ConfigurationKey(
            name: "allow-read", summary: "folders that scripts may read beside their own"
        ) { field, result throws(ConfigurationError) in
            result.allowRead = try field.texts().map(field.resolved)
        },
        ConfigurationKey(name: "seed", summary: "the seed of all randomness") {
            field, result throws(ConfigurationError) in
            result.seed = UInt64(try field.integer(from: 0))
        },
        ConfigurationKey(
            name: "tags", summary: "the tags that `drydock test` selects, `!tag` for all others"
        ) { field, result throws(ConfigurationError) in result.tags = try field.texts() },
        ConfigurationKey(name: "jobs", summary: "how many files `drydock test` runs at a time") {
            field, result throws(ConfigurationError) in
            result.jobs = Int(try field.integer(from: 1))
        },
        ConfigurationKey(
            name: "reports", summary: "the reports of `drydock test`, as `--report` takes them"
        ) { field, result throws(ConfigurationError) in
            result.reports = try field.texts().map { report in
                guard let cut = report.firstIndex(of: "=") else { return report }
                let file = String(report[report.index(after: cut)...])
                return report[...cut] + field.resolved(file)
            }
        },
        ConfigurationKey(name: "version", summary: "the version of Kubernetes; only 1.36 is there")
        {
            field, _ throws(ConfigurationError) in
            let version = try field.text()
            let wanted = version.hasPrefix("v") ? String(version.dropFirst()) : version
            guard wanted == Configuration.version || wanted.hasPrefix(Configuration.version + ".")
            else {
                throw field.error(
                    "drydock has the rules and texts of Kubernetes \(Configuration.version), and none "
                        + "of \(version)")
            }
        },
        ConfigurationKey(name: "node", summary: "`cpu`, `memory` and `pods` of machines") {
            field, result throws(ConfigurationError) in
            for part in try field.fields(among: ["cpu", "memory", "pods"]) {
                switch part.name {
                case "cpu": result.node.cpu = try part.quantity()
                case "memory": result.node.memory = try part.quantity()
                default: result.node.pods = Int(try part.integer(from: 1))
                }
            }
        },
        ConfigurationKey(name: "set", summary: "values of the scripts' parameters") {
            field, result throws(ConfigurationError) in
            for part in try field.fields(among: nil) {
                result.parameters.given[part.name] = try part.given()
            }
        },
        ConfigurationKey(name: "strict", summary: "whether warnings are failures") {
            field, result throws(ConfigurationError) in result.isStrict = try field.truth()
        },
        ConfigurationKey(
            name: "timeout", summary: "how long a scenario may take by the clock on the wall"
        ) { field, result throws(ConfigurationError) in result.timeout = try field.duration() },
        ConfigurationKey(
            name: "max-virtual", summary: "how much virtual time may pass in a scenario"
        ) { field, result throws(ConfigurationError) in result.maxVirtual = try field.duration() },
    ]
}
